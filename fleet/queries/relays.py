"""What is read of a vehicle that several people share: the chain of its readings while one of them has it, and who held it when."""

from collections.abc import Collection, Sequence

from sqlalchemy import bindparam, func, select

from fleet.models import Booking, Occupancy, OdometerReading, is_holding
from fleet.queries.readings import ReadingRow
from fleet.relays import Held
from mobility.db import Kept
from mobility.periods import Period

_READ = Kept(
    select(OdometerReading)
    .filter(OdometerReading.vehicle_id.in_(bindparam("vehicle_ids", expanding=True)))
    .order_by(OdometerReading.read_at, OdometerReading.id)
)
_HELD = Kept(
    select(Occupancy.vehicle_id, Occupancy.booking_id, Occupancy.starts_at, func.coalesce(Occupancy.used_until, Occupancy.ends_at))
    .filter(Occupancy.vehicle_id.in_(bindparam("vehicle_ids", expanding=True)), is_holding(), Occupancy.booking_id.is_not(None))
    .order_by(Occupancy.starts_at)
)


def chains_of(bookings: Sequence[Booking], own: dict[int, list[ReadingRow]]) -> dict[int, list[ReadingRow]]:
    """Of each booking that shares its vehicle, everybody's readings of it from its own first one to its return, or its exchange."""
    vehicles = {row.vehicle_id for booking in bookings for row in own[booking.id]}
    rows = _READ(vehicle_ids=list(vehicles)).scalars().all()
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
    found: dict[int, list[Held]] = {id_: [] for id_ in vehicle_ids}
    for vehicle_id, booking_id, starts_at, ends_at in _HELD(vehicle_ids=list(found)):
        found[vehicle_id].append(Held(booking_id=booking_id, period=Period(starts_at=starts_at, ends_at=ends_at)))
    return found
