"""How long a vehicle stays held after a use, and where the workshop cuts that short."""

from datetime import datetime, timedelta

from sqlalchemy import false, func, or_, select

from fleet.lifecycle import WORKSHOP
from fleet.models import Booking, Occupancy, Vehicle, is_holding
from fleet.patterns import uses_of
from fleet.turnaround import key_of
from mobility import practice
from mobility.db import db
from mobility.periods import Period, paris_day


def turnaround_of(kind: str, returns_at: datetime) -> timedelta:
    """What is kept after a return on that day."""
    return timedelta(minutes=practice.value_on(key_of(kind), paris_day(returns_at)))


def held_over(vehicle: Vehicle, use: Period, booking: Booking | None = None) -> Period:
    """What a use holds: its period and the turnaround after it."""
    return Period(starts_at=use.starts_at, ends_at=held_until(vehicle, use.ends_at, booking))


def held_for(vehicle: Vehicle, use: Period, *, pattern: str | None, booking: Booking | None = None) -> list[Period]:
    """What must be free for a use: all of it with its turnaround, or the stretches of a shared vehicle, passed on by hand without one."""
    return [held_over(vehicle, use, booking)] if pattern is None else uses_of(pattern, use)


def held_until(vehicle: Vehicle, returns_at: datetime, booking: Booking | None = None) -> datetime:
    """Until when a vehicle is held that comes back at an instant: sooner where the workshop takes it over, or the same booking goes on."""
    if booking is not None and booking.pattern is not None:
        return returns_at
    kept = turnaround_of(vehicle.kind, returns_at)
    if not kept:
        return returns_at
    own = Occupancy.booking_id == booking.id if booking else false()
    held = select(func.min(Occupancy.starts_at)).filter(Occupancy.vehicle_id == vehicle.id, is_holding())
    taken_over = held.filter(or_(Occupancy.status == WORKSHOP, own))
    first = db.session.scalar(taken_over.filter(Occupancy.starts_at >= returns_at, Occupancy.starts_at < returns_at + kept))
    return first or returns_at + kept
