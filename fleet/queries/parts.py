"""A booking on two vehicles: cut in two until they are exchanged (docs/adr/0011), and the looks at the vehicles of an exchange."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import ColumnElement, Row, ScalarSelect, and_, bindparam, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute

from fleet.checks import CHECK_IN, CHECK_OUT
from fleet.lifecycle import CONFIRMED, LATE, OUT, RELEASED
from fleet.models import Booking, ConditionReport, Occupancy, Vehicle
from mobility.db import Kept, db, look_once
from mobility.models import Beneficiary
from mobility.periods import ONE_DAY, instant_of


def is_second(booking: Booking) -> tuple[ColumnElement[bool], ...]:
    """A stretch on a vehicle that the booking does not hold yet: those it gave back stay out, or late, in their past."""
    return Occupancy.booking_id == booking.id, Occupancy.vehicle_id != booking.vehicle_id, Occupancy.status == CONFIRMED


def second_part(booking: Booking) -> Occupancy | None:
    """Where the booking goes on after the vehicle that it holds now; None when it stays on it."""
    asked = select(Occupancy).filter(*is_second(booking)).execution_options(populate_existing=True)
    return look_once(Occupancy, ("second", booking.id), lambda: db.session.scalar(asked))


def part_let_go(booking: Booking) -> Occupancy | None:
    """The second part that a cancelled booking let go of with the first: the latest stretch to its end that begins where the first ended.

    Parts given up before, by a swap, begin elsewhere: the vehicle held since was held whole.
    """
    mine = select(Occupancy).filter(Occupancy.booking_id == booking.id, Occupancy.status == RELEASED).order_by(Occupancy.id)
    rows = db.session.scalars(mine.execution_options(populate_existing=True)).all()
    first = next((row for row in reversed(rows) if row.vehicle_id == booking.vehicle_id), None)
    others = [row for row in rows if row.vehicle_id != booking.vehicle_id and row.use_ends_at == booking.ends_at]
    return next((row for row in reversed(others) if first is not None and row.starts_at == first.use_ends_at), None)


def next_vehicle_of(booking: Booking) -> list[int]:
    """The vehicle that a cut booking is to go on with, if there is one."""
    second = second_part(booking)
    return [second.vehicle_id] if second else []


def counts_on(vehicle_id: int) -> ColumnElement[bool]:
    """Of bookings: those that hold a vehicle, and those that are to go on with it."""
    later = select(Occupancy.booking_id).filter(Occupancy.vehicle_id == vehicle_id, Occupancy.status == CONFIRMED)
    return or_(Booking.vehicle_id == vehicle_id, Booking.id.in_(later))


def need_begins_at(booking: Booking, vehicle_id: int) -> datetime | None:
    """From when a booking counts on one of its vehicles; None once the person has it."""
    if booking.vehicle_id != vehicle_id:
        return part_ends_at(booking)
    return None if booking.status in (OUT, LATE) else booking.starts_at


def part_ends_at(booking: Booking) -> datetime:
    """Until when the booking has the vehicle that it holds now."""
    second = second_part(booking)
    return second.starts_at if second else booking.ends_at


def last_vehicle(booking: Booking, vehicle: Vehicle) -> Vehicle:
    """The vehicle on which the booking ends, `vehicle` being the one it holds now."""
    second = second_part(booking)
    return db.session.get_one(Vehicle, second.vehicle_id) if second else vehicle


_EXCHANGES = Kept(
    select(Booking, Vehicle, Beneficiary, Occupancy.starts_at)
    .join(Occupancy, Occupancy.booking_id == Booking.id)
    .join(Vehicle, Vehicle.id == Occupancy.vehicle_id)
    .join(Beneficiary, Beneficiary.id == Booking.beneficiary_id)
    .filter(Booking.status.in_((OUT, LATE)), Occupancy.vehicle_id != Booking.vehicle_id, Occupancy.status == CONFIRMED)
    .filter(Occupancy.starts_at < bindparam("until"))
    .order_by(Occupancy.starts_at, Booking.id)
)


def list_exchanges(today: date) -> Sequence[Row[Booking, Vehicle, Beneficiary, datetime]]:
    """Rentals under way that go on with another vehicle from today on, or since: each with that vehicle, the longest waiting first."""
    return _EXCHANGES(until=instant_of(today + ONE_DAY)).all()


def _given_back() -> tuple[ColumnElement[bool], ...]:
    """Of stretches: those of a booking on a vehicle that it gave back in exchange, in their past."""
    return Occupancy.booking_id == Booking.id, Occupancy.vehicle_id != Booking.vehicle_id, Occupancy.status.in_((OUT, LATE))


def _is_looked_over(vehicle_id: InstrumentedAttribute[int], moment: str) -> ColumnElement[bool]:
    """Of stretches: a vehicle was looked over for their booking since they began."""
    since = select(ConditionReport.id).filter(ConditionReport.booking_id == Booking.id, ConditionReport.vehicle_id == vehicle_id)
    return since.filter(ConditionReport.moment == moment, ConditionReport.at >= Occupancy.starts_at).correlate(Booking, Occupancy).exists()


def is_unseen() -> ColumnElement[bool]:
    """Of bookings: the keys of another vehicle were taken in exchange, and nobody has looked it over as it left."""
    unseen = select(Occupancy.id).filter(*_given_back(), ~_is_looked_over(Booking.vehicle_id, CHECK_OUT))
    return and_(Booking.status.in_((OUT, LATE)), unseen.exists())


def left_unseen() -> ScalarSelect[int | None]:
    """Of bookings: a vehicle given back in exchange, where it broke down perhaps, that nobody has looked over yet; NULL where all were."""
    left = select(func.max(Occupancy.vehicle_id)).filter(*_given_back(), ~_is_looked_over(Occupancy.vehicle_id, CHECK_IN))
    return left.correlate(Booking).scalar_subquery()


def looks_due(booking: Booking) -> tuple[bool, int | None]:
    """Whether the vehicle that somebody has in exchange is still to be looked over, and which one given back is."""
    is_due, left_id = db.session.execute(select(is_unseen(), left_unseen()).filter(Booking.id == booking.id)).one()
    return bool(is_due), left_id
