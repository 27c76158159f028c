"""The one guarded path to holding a vehicle: lock its row, release holds that ran out, look again inside, then write.

Everything that makes a vehicle held comes through here; the database's own guard stands behind (architecture.md "What holds a vehicle").
A booking may have several stretches, those of a shared vehicle from the first day on (docs/adr/0016); a stretch that was driven keeps
its place in the past, so that a fine finds its driver.
"""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, bindparam, or_, select, update

from fleet.availability import Occupied, clashes
from fleet.errors import VehicleTaken
from fleet.lifecycle import EXPIRE, HELD, RELEASED, WORKSHOP, after
from fleet.models import Block, Booking, Occupancy, Vehicle, is_holding
from fleet.patterns import uses_of
from fleet.queries.free import Holding, list_holdings
from fleet.queries.parts import is_second, part_ends_at, second_part
from fleet.queries.turnarounds import held_for, held_until, turnaround_of
from mobility import audit
from mobility.db import Kept, db, platform_id
from mobility.errors import NotFound
from mobility.periods import Period
from mobility.rights import house

_LOCKED = Kept(select(Vehicle).filter(Vehicle.id == bindparam("vehicle_id")).with_for_update().execution_options(populate_existing=True))


def lock_vehicle(vehicle_id: int) -> Vehicle:
    """The vehicle, its row locked until the commit. Raises NotFound."""
    found = _LOCKED(vehicle_id=vehicle_id).scalar()
    if found is None:
        raise NotFound("Ce véhicule n’existe pas ici.", field="vehicle_id")
    return found


def check_clear(vehicle: Vehicle, wanted: Sequence[Period], *, now: datetime, apart_from: Booking | None = None) -> None:
    """Look again under the vehicle's lock, over stretches in order. Raises VehicleTaken naming what is in the way, never whose it is."""
    rows = list_holdings(vehicle.id, wanted[0].starts_at, wanted[-1].ends_at)
    if any(row.status == HELD for row in rows):
        release_expired(vehicle, now=now)
        rows = list_holdings(vehicle.id, wanted[0].starts_at, wanted[-1].ends_at)
    others = [occupied(row) for row in rows if apart_from is None or row.booking_id != apart_from.id]
    for clash in (clash for period in wanted for clash in clashes(period, others)):
        raise VehicleTaken(clash, turnaround=turnaround_of(vehicle.kind, wanted[-1].ends_at))


def release_expired(vehicle: Vehicle, *, now: datetime) -> None:
    """Let go of the holds that ran out on a locked vehicle: the next booker does not wait for a job."""
    over = (
        select(Booking, Occupancy)
        .join(Occupancy, Occupancy.booking_id == Booking.id)
        .filter(Occupancy.vehicle_id == vehicle.id, is_holding(), Occupancy.status == HELD, Booking.hold_expires_at <= now)
        .order_by(Occupancy.id)
        .execution_options(populate_existing=True)
    )
    for booking, row in db.session.execute(over).all():
        row.status = RELEASED
        if booking.status == HELD:  # once, however many stretches it has
            booking.status = after(EXPIRE, booking.status)
            booking.version += 1
            audit.record("expire", booking, by=house(platform_id()), now=now)


def take(vehicle: Vehicle, period: Period, status: str, *, holder: Booking | Block, now: datetime) -> None:
    """Have a locked vehicle held over a period, and over the turnaround after it when somebody drives it. Raises VehicleTaken.

    Of a vehicle that is shared, only the booking's own hours of the period.
    """
    if isinstance(holder, Booking):
        if wanted := held_for(vehicle, period, pattern=holder.pattern, booking=holder):
            check_clear(vehicle, wanted, now=now, apart_from=holder)
    else:
        _cut_turnarounds(vehicle, period)
        check_clear(vehicle, [period], now=now)
    occupy(vehicle, period, status, holder=holder)
    db.session.flush()


def occupy(vehicle: Vehicle, period: Period, status: str, *, holder: Booking | Block) -> None:
    """`take`, where `check_clear` has already looked under this very lock; written with what is written next."""
    for use in uses_of(holder.pattern, period) if isinstance(holder, Booking) else [period]:
        row = Occupancy(
            vehicle_id=vehicle.id,
            booking_id=holder.id if isinstance(holder, Booking) else None,
            block_id=holder.id if isinstance(holder, Block) else None,
            starts_at=use.starts_at,
            status=status,
        )
        end_use(row, use.ends_at, held_until(vehicle, use.ends_at, holder) if isinstance(holder, Booking) else use.ends_at)
        db.session.add(row)


def end_use(row: Occupancy, used_until: datetime, ends_at: datetime) -> None:
    """Where the use ends, and until when the vehicle stays held after it."""
    row.ends_at, row.used_until = ends_at, used_until if used_until < ends_at else None


def _cut_turnarounds(vehicle: Vehicle, period: Period) -> None:
    """The workshop looks a vehicle over itself: what it meets of a turnaround gives way."""
    for row in _overlapping(vehicle.id, period):
        if row.use_ends_at <= period.starts_at:
            end_use(row, row.use_ends_at, period.starts_at)
    db.session.flush()


def restate(booking: Booking, status: str) -> None:
    """Give what a booking still holds its new status: no new instant is held."""
    db.session.execute(update(Occupancy).filter(*_holding(booking)).values(status=status))


def release(booking: Booking) -> None:
    """Let go of everything: nothing was driven."""
    restate(booking, RELEASED)
    release_second(booking)


def release_second(booking: Booking) -> None:
    """Let go of what the booking was to hold on another vehicle."""
    db.session.execute(update(Occupancy).filter(*is_second(booking)).values(status=RELEASED))


def trim(booking: Booking, at: datetime) -> None:
    """Let go of everything from an instant on; what lies before stays, as the vehicle's past."""
    for row in _parts_of(booking):
        if row.starts_at >= at:
            row.status = RELEASED
        elif row.use_ends_at > at:
            end_use(row, at, min(row.ends_at, at + turnaround_of(_kind_of(booking), at)))
    db.session.flush()


def stop(booking: Booking, at: datetime) -> None:
    """The vehicle runs no more: nothing is held from an instant on, not even to look it over."""
    for row in held_by(booking):
        if row.starts_at >= at:
            row.status = RELEASED
        elif row.ends_at > at:
            end_use(row, min(row.use_ends_at, at), at)
    db.session.flush()


def _kind_of(booking: Booking) -> str:
    return db.session.get_one(Vehicle, booking.vehicle_id).kind


def stretch(booking: Booking, vehicle: Vehicle, ends_at: datetime, *, now: datetime) -> None:
    """Hold longer the locked vehicle on which the booking ends. Raises VehicleTaken."""
    last, until = _parts_of(booking)[-1:], held_until(vehicle, ends_at, booking)
    already = max([booking.ends_at, *(row.ends_at for row in last)])
    if booking.pattern is not None:
        if until > already:
            _share_on(booking, vehicle, last[0] if last else None, Period(starts_at=already, ends_at=until), now=now)
        return
    if until > already:
        check_clear(vehicle, [Period(starts_at=already, ends_at=until)], now=now, apart_from=booking)
    if last and last[0].use_ends_at >= booking.ends_at:
        end_use(last[0], ends_at, until)
        db.session.flush()
    else:  # the end lay in the workshop: what comes after is a stretch of its own
        take(vehicle, Period(starts_at=booking.ends_at, ends_at=ends_at), booking.status, holder=booking, now=now)


def _share_on(booking: Booking, vehicle: Vehicle, last: Occupancy | None, more: Period, *, now: datetime) -> None:
    """The hours of a shared vehicle after those held; a stretch that the old end had cut in two goes on as the one it is."""
    begins_at = more.starts_at
    uses = uses_of(booking.pattern, Period(starts_at=last.starts_at, ends_at=more.ends_at)) if last and last.ends_at == begins_at else []
    cut = next((use for use in uses if use.starts_at < begins_at < use.ends_at), None)
    if last is not None and cut is not None:
        check_clear(vehicle, [Period(starts_at=begins_at, ends_at=cut.ends_at)], now=now, apart_from=booking)
        begins_at = last.ends_at = cut.ends_at
        db.session.flush()
    if begins_at < more.ends_at:
        take(vehicle, Period(starts_at=begins_at, ends_at=more.ends_at), booking.status, holder=booking, now=now)


def go_out(booking: Booking, vehicle: Vehicle, status: str, *, at: datetime, now: datetime) -> None:
    """The keys are handed over: held from that instant on, earlier than planned when it is free. Raises VehicleTaken.

    Stretches of a shared vehicle that nobody came for are let go of; none is handed over in the other person's hours.
    """
    rows = held_by(booking)
    for missed in (row for row in rows if row.ends_at <= at):
        missed.status = RELEASED
    first = next(row for row in rows if row.ends_at > at)
    if at < first.starts_at:
        check_clear(vehicle, [Period(starts_at=at, ends_at=first.starts_at)], now=now, apart_from=booking)
        first.starts_at = at
    restate(booking, status)


def come_back(booking: Booking, *, at: datetime) -> None:
    """The vehicle is back: truncated to the instant, or held until then when late, as far as nobody else holds it."""
    due_at = part_ends_at(booking)
    release_second(booking)
    trim(booking, at)
    for last in held_by(booking)[-1:]:
        if last.use_ends_at >= min(at, due_at):
            until = at + turnaround_of(_kind_of(booking), at)
            ends_at = min([max(until, at), *_next_starts(last)])
            end_use(last, min(at, ends_at), ends_at)
    db.session.flush()


def keep_until(holder: Booking | Block, until: datetime) -> None:
    """A late vehicle is still away: held until an instant ahead, as far as nobody else holds it. Its vehicle is locked."""
    for last in (held_by(holder) if isinstance(holder, Booking) else _kept_by(holder))[-1:]:
        ends_at = max(last.ends_at, min([until, *_next_starts(last)]))
        end_use(last, ends_at, ends_at)
        if isinstance(holder, Block):
            holder.ends_at = ends_at
    db.session.flush()


def held_by(booking: Booking) -> list[Occupancy]:
    """The stretches a booking holds on its present vehicle, earliest first."""
    return list(
        db.session.scalars(
            select(Occupancy).filter(*_holding(booking)).order_by(Occupancy.starts_at).execution_options(populate_existing=True)
        )
    )


def stretch_block(block: Block, vehicle: Vehicle, ends_at: datetime, *, now: datetime) -> None:
    """Keep a locked vehicle back for longer. Raises VehicleTaken."""
    (row,) = _kept_by(block)
    if ends_at > row.ends_at:
        check_clear(vehicle, [Period(starts_at=row.ends_at, ends_at=ends_at)], now=now)
    end_use(row, ends_at, ends_at)
    block.ends_at = ends_at
    db.session.flush()


def _kept_by(block: Block) -> list[Occupancy]:
    asked = select(Occupancy).filter(Occupancy.block_id == block.id, is_holding())
    return list(db.session.scalars(asked.execution_options(populate_existing=True)))


def _parts_of(booking: Booking) -> list[Occupancy]:
    """The stretches on the present vehicle, then the one on the next."""
    return [*held_by(booking), *filter(None, (second_part(booking),))]


def _holding(booking: Booking) -> tuple[ColumnElement[bool], ...]:
    return Occupancy.booking_id == booking.id, Occupancy.vehicle_id == booking.vehicle_id, is_holding()


def occupied(row: Occupancy | Holding) -> Occupied:
    """A stretch as the rules read it."""
    return Occupied(period=Period(starts_at=row.starts_at, ends_at=row.ends_at), status=row.status)


def running_on(vehicle: Vehicle, period: Period) -> list[Occupancy]:
    """The stretches of rentals under way that a period meets on a locked vehicle, earliest first; a turnaround is no rental."""
    return [row for row in _overlapping(vehicle.id, period) if row.status in ("out", "late") and row.use_ends_at > period.starts_at]


def _overlapping(vehicle_id: int, period: Period) -> list[Occupancy]:
    return list(
        db.session.scalars(
            select(Occupancy)
            .filter(Occupancy.vehicle_id == vehicle_id, is_holding())
            .filter(Occupancy.starts_at < period.ends_at, Occupancy.ends_at > period.starts_at)
            .order_by(Occupancy.starts_at)
            .execution_options(populate_existing=True)
        )
    )


def _next_starts(row: Occupancy) -> list[datetime]:
    return list(
        db.session.scalars(
            select(Occupancy.starts_at)
            .filter(Occupancy.vehicle_id == row.vehicle_id, is_holding(), Occupancy.starts_at >= row.ends_at)
            .filter(or_(Occupancy.booking_id.is_distinct_from(row.booking_id), Occupancy.status == WORKSHOP))
            .order_by(Occupancy.starts_at)
            .limit(1)
        )
    )
