"""What is read of a vehicle that several people share: the chain of its readings while one of them has it, and who held it when."""

from collections.abc import Collection, Sequence

from sqlalchemy import select

from fleet.models import Booking, Occupancy, OdometerReading, is_holding
from fleet.queries.readings import ReadingRow
from fleet.relays import Held
from mobility.db import db
from mobility.periods import Period


def chains_of(bookings: Sequence[Booking], own: dict[int, list[ReadingRow]]) -> dict[int, list[ReadingRow]]:
    """Of each booking that shares its vehicle, everybody's readings of it from its own first one to its return, or its exchange."""
    vehicles = {row.vehicle_id for booking in bookings for row in own[booking.id]}
    asked = select(OdometerReading).filter(OdometerReading.vehicle_id.in_(vehicles)).order_by(OdometerReading.read_at, OdometerReading.id)
    rows = db.session.scalars(asked).all()
    return {booking.id: _chain(booking, own[booking.id], rows) for booking in bookings}


def _chain(booking: Booking, own: list[ReadingRow], rows: Sequence[ReadingRow]) -> list[ReadingRow]:
    """By vehicle in the order in which it had them, each chain in the order of time."""
    chain: list[ReadingRow] = []
    for vehicle_id in dict.fromkeys(row.vehicle_id for row in own):
        mine = [row.read_at for row in own if row.vehicle_id == vehicle_id]
        until = booking.returned_at if vehicle_id == booking.vehicle_id else mine[-1]
        chain += [
            row for row in rows if row.vehicle_id == vehicle_id and mine[0] <= row.read_at and (until is None or row.read_at <= until)
        ]
    return chain


def held_on(vehicle_ids: Collection[int]) -> dict[int, list[Held]]:
    """Who held these vehicles when, a booking's stretch each."""
    asked = select(Occupancy).filter(Occupancy.vehicle_id.in_(vehicle_ids), is_holding(), Occupancy.booking_id.is_not(None))
    found: dict[int, list[Held]] = {id_: [] for id_ in vehicle_ids}
    for row in db.session.scalars(asked.order_by(Occupancy.starts_at)):
        assert row.booking_id is not None
        held = Held(booking_id=row.booking_id, period=Period(starts_at=row.starts_at, ends_at=row.use_ends_at))
        found[row.vehicle_id].append(held)
    return found
