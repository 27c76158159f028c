"""Vehicles, bookings, rentals, point-étapes, mileage: the top floor, which calls the others."""
