"""A booking's vehicle is ordered of its hirer (domain.md §3.5); what follows is billing's."""

from datetime import date, datetime
from typing import Any

from billing.actions.hirers import place_order
from billing.models import HireOrder
from fleet.hired import goes_by_hirer, say_way
from fleet.lifecycle import STATUS_NAMES
from fleet.models import Booking
from fleet.queries.bookings import get_booking
from fleet.queries.vehicles import get_vehicle
from mobility.errors import Conflict, RuleBroken
from mobility.periods import paris_day, say_day
from mobility.rights import Viewer


def order_vehicle(booking_id: int, *, by: Viewer, now: datetime, **asked: Any) -> HireOrder:
    """Order the vehicle of a booking: it must be a company's, and the order must cover the rental's days.

    Raises NotFound, Conflict for a vehicle that goes the short way or a booking without its account, RuleBroken beside a day.
    """
    booking = get_booking(booking_id, by)
    vehicle = get_vehicle(booking.vehicle_id)
    if not goes_by_hirer(vehicle.ownership):
        raise Conflict(say_way(vehicle.ownership))
    if booking.account_id is None:
        raise Conflict(f"Cette réservation est {STATUS_NAMES[booking.status]} : confirmez-la d’abord.")
    _check_covered(booking, **asked)
    return place_order(booking.account_id, **asked, by=by, now=now)


def _check_covered(booking: Booking, *, first_on: date, last_on: date, **_: Any) -> None:
    taken_on, back_on = paris_day(booking.handed_over_at or booking.starts_at), paris_day(booking.ends_at)
    if first_on > taken_on:
        raise RuleBroken(f"La personne prend le véhicule le {say_day(taken_on)} : commandez-le depuis ce jour au moins.", field="first_on")
    if last_on < back_on:
        raise RuleBroken(f"La personne le rend le {say_day(back_on)} : commandez-le jusqu’à ce jour au moins.", field="last_on")
