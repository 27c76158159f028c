"""A vehicle is kept back, and given back: workshop, breakdown, inspection (architecture.md "What holds a vehicle")."""

from datetime import datetime

from sqlalchemy import select

from fleet.actions.carving import join_up, split_around
from fleet.actions.occupancy import lock_vehicle, release_expired, running_on, take
from fleet.actions.terms import come_back_into_service, go_out_of_service
from fleet.blocks import check_block, counts_again_on
from fleet.lifecycle import CONFIRMED, HELD, LATE, OUT, RELEASED, WORKSHOP
from fleet.models import Block, Booking, Occupancy, Vehicle
from fleet.queries.loans import is_lent_out
from fleet.queries.parts import part_ends_at
from mobility import audit
from mobility.db import db
from mobility.errors import Conflict, NotFound
from mobility.periods import Period, paris_day
from mobility.rights import Viewer


def block(
    vehicle_id: int, *, reason: str, starts_at: datetime, ends_at: datetime, note: str | None = None, by: Viewer, now: datetime
) -> Block:
    """Keep a vehicle back; days a running rental loses are not charged. Raises RuleBroken, VehicleTaken for what is booked."""
    check_block(reason, starts_at, ends_at, now=now)
    vehicle = lock_vehicle(vehicle_id)
    period = Period(starts_at=starts_at, ends_at=ends_at)
    made = Block(vehicle_id=vehicle.id, reason=reason, note=note, starts_at=starts_at, ends_at=ends_at)
    made.created_at, made.created_by = now, by.account_id
    db.session.add(made)
    db.session.flush()
    running = running_on(vehicle, period)
    for row in running:
        split_around(row, period)
    take(vehicle, period, WORKSHOP, holder=made, now=now)
    for booking_id in dict.fromkeys(row.booking_id for row in running):
        go_out_of_service(db.session.get_one(Booking, booking_id), period, by=by, now=now)
    audit.record("block", made, by=by, now=now)
    return made


def until_next(vehicle: Vehicle, ends_at: datetime, *, now: datetime) -> datetime:
    """Until when a locked vehicle can be kept back from now on: an instant, or before it the start of whoever has booked it next."""
    release_expired(vehicle, now=now)
    waiting = (
        select(Occupancy.starts_at)
        .filter(Occupancy.vehicle_id == vehicle.id, Occupancy.status.in_((HELD, CONFIRMED)))
        .filter(Occupancy.starts_at < ends_at, Occupancy.ends_at > now)
        .order_by(Occupancy.starts_at)
        .limit(1)
    )
    return min([ends_at, *db.session.scalars(waiting)])


def lift(block_id: int, *, by: Viewer, now: datetime) -> Block:
    """The vehicle can be used again, from now on; a rental under way has it back. Raises NotFound, Conflict when it was lifted before."""
    made = db.session.get(Block, block_id)
    if made is None:
        raise NotFound("Cette immobilisation n’existe pas ici.")
    vehicle = lock_vehicle(made.vehicle_id)
    db.session.refresh(made)
    if made.lifted_at is not None or made.ends_at <= now:
        raise Conflict("Cette immobilisation est déjà terminée : le véhicule est libre.")
    if is_lent_out(made.id):
        raise Conflict("Ce véhicule est prêté à une autre plateforme : terminez d’abord le prêt.")
    made.lifted_at = now
    _let_go(made, now)
    _give_back(vehicle, made, by=by, now=now)
    audit.record("lift", made, by=by, now=now)
    return made


def _let_go(made: Block, now: datetime) -> None:
    row = db.session.scalars(select(Occupancy).filter(Occupancy.block_id == made.id)).one()
    if row.starts_at >= now:
        row.status = RELEASED
    else:
        row.ends_at = now
    db.session.flush()


def _give_back(vehicle: Vehicle, made: Block, *, by: Viewer, now: datetime) -> None:
    """The rental whose time the block had taken holds the vehicle again."""
    began_on = paris_day(made.starts_at)
    running = select(Booking).filter(Booking.vehicle_id == vehicle.id, Booking.status.in_((OUT, LATE)))
    for booking in db.session.scalars(running.filter(Booking.ends_at > made.starts_at).order_by(Booking.id)):
        starts_at, ends_at = max(now, made.starts_at), min(made.ends_at, part_ends_at(booking))
        if starts_at < ends_at:
            take(vehicle, Period(starts_at=starts_at, ends_at=ends_at), booking.status, holder=booking, now=now)
            join_up(booking)
            back_on = counts_again_on(made.starts_at, starts_at)
            come_back_into_service(booking, back_on=back_on, began_on=began_on, by=by, now=now)
