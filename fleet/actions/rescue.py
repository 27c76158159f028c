"""A vehicle breaks down: each person hit gets another one, another way to work, or the end of their booking; each decision is kept."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select

from fleet.actions import blocks
from fleet.actions.bookings import cancel
from fleet.actions.changes import shorten, swap, swap_next
from fleet.actions.occupancy import keep_until, lock_vehicle, release_expired, release_second, stop
from fleet.actions.opening import changed, open_booking
from fleet.actions.terms import go_out_of_service
from fleet.actions.vehicles import step_vehicle
from fleet.actions.wishes import is_away
from fleet.lifecycle import CONFIRMED, HELD, LATE, OUT, NotNow
from fleet.models import Block, Booking, Rescue, Vehicle
from fleet.queries.parts import counts_on, need_begins_at, next_vehicle_of, part_ends_at
from fleet.queries.vehicles import get_vehicle
from fleet.rescue import STOP, SWAP, say_other_way, say_stop, say_stop_before, say_swap
from fleet.vehicle_life import OUT as OUT_OF_FLEET
from mobility import audit
from mobility.actions.people import lock_beneficiary
from mobility.actions.telling import tell_person
from mobility.db import db
from mobility.errors import Conflict, RuleBroken
from mobility.models import Beneficiary, Site
from mobility.periods import Period, paris_day, say_day
from mobility.rights import Viewer
from mobility.tongues import say

_LIVE = (HELD, CONFIRMED, OUT, LATE)


def give_other(
    vehicle_id: int,
    booking_id: int,
    *,
    other_vehicle_id: int,
    returned_km: int | None = None,
    handed_km: int | None = None,
    version: int | None = None,
    by: Viewer,
    now: datetime,
) -> Rescue:
    """Another vehicle on the guarded path, and the person is told. Raises what `changes.swap` raises, Conflict once it was done."""
    booking, person, broken = _open(vehicle_id, booking_id, version=version, now=now, also=other_vehicle_id)
    needed_at = need_begins_at(booking, vehicle_id)
    if booking.vehicle_id == vehicle_id:
        swap(booking_id, vehicle_id=other_vehicle_id, returned_km=returned_km, handed_km=handed_km, by=by, now=now)
    else:
        swap_next(booking_id, vehicle_id=other_vehicle_id, by=by, now=now)
    other = get_vehicle(other_vehicle_id)
    starts = say_day(paris_day(needed_at)) if needed_at else None
    sentence = say_swap(broken.label, other.label, db.session.get_one(Site, other.site_id).name, starts=starts)
    return _decide(SWAP, booking, person, broken, sentence, other_vehicle_id=other.id, by=by, now=now)


def send_another_way(
    vehicle_id: int, booking_id: int, *, way: str, note: str | None = None, version: int | None = None, by: Viewer, now: datetime
) -> Rescue:
    """The bus or another way, and the person is told; the booking stays as it is. Raises NotNow, Conflict, RuleBroken on `note`."""
    booking, person, broken = _open(vehicle_id, booking_id, version=version, now=now)
    if way == "other" and not note:
        raise RuleBroken("Dites en quelques mots quelle est cette solution : la personne le lira.", field="note")
    return _decide(way, booking, person, broken, say_other_way(broken.label, way, note), by=by, now=now)


def write_off(vehicle_id: int, *, agreed: bool, note: str | None = None, by: Viewer, now: datetime) -> list[Rescue]:
    """It runs no more: it leaves the fleet, what is booked to come is cancelled, who has it is charged no more; each is told.

    Raises RuleBroken without a yes, Conflict when somebody booked it meanwhile.
    """
    if not agreed:
        raise RuleBroken("Cochez la case pour confirmer : les réservations à venir seront annulées.", field="agreed")
    found = _live_bookings(vehicle_id)
    people = {id: lock_beneficiary(id) for id in sorted({booking.beneficiary_id for booking in found})}
    locked = {id: lock_vehicle(id) for id in sorted({vehicle_id, *(booking.vehicle_id for booking in found)})}
    vehicle = locked[vehicle_id]
    release_expired(vehicle, now=now)
    if {booking.id for booking in _live_bookings(vehicle_id)} - {booking.id for booking in found}:
        raise Conflict("Quelqu’un vient de réserver ce véhicule : relisez la page, puis recommencez.")
    for block in db.session.scalars(select(Block).filter(Block.vehicle_id == vehicle.id, Block.lifted_at.is_(None), Block.ends_at > now)):
        blocks.lift(block.id, by=by, now=now)
    lines = [_stop(booking, people[booking.beneficiary_id], vehicle, by=by, now=now) for booking in _live_bookings(vehicle_id)]
    step_vehicle(vehicle.id, to=OUT_OF_FLEET, on=paris_day(now), note=note, by=by, now=now)
    return lines


def _stop(booking: Booking, person: Beneficiary, vehicle: Vehicle, *, by: Viewer, now: datetime) -> Rescue:
    needed_at = need_begins_at(booking, vehicle.id)
    sentence = say_stop(vehicle.label, is_away=needed_at is None)
    if booking.vehicle_id != vehicle.id:
        sentence = _stop_before(booking, person, vehicle, by=by, now=now)
    elif is_away(booking):
        stop(booking, now)
        if now < booking.ends_at:
            go_out_of_service(booking, Period(starts_at=now, ends_at=booking.ends_at), by=by, now=now)
        changed("stop", booking, person, by=by, now=now)
    else:
        cancel(booking.id, reason="vehicle_unavailable", by=by, now=now)
    return _decide(STOP, booking, person, vehicle, sentence, by=by, now=now)


def _stop_before(booking: Booking, person: Beneficiary, vehicle: Vehicle, *, by: Viewer, now: datetime) -> str:
    """A booking that was to go on with this vehicle ends where it was cut; whoever is past that keeps the first one meanwhile."""
    cut_at = part_ends_at(booking)
    if now < cut_at:
        shorten(booking.id, ends_at=cut_at, by=by, now=now)
        return say_stop_before(vehicle.label, say_day(paris_day(cut_at)))
    release_second(booking)
    keep_until(booking, booking.ends_at)
    changed("stop", booking, person, by=by, now=now)
    return say_stop_before(vehicle.label, None)


def _open(
    vehicle_id: int, booking_id: int, *, version: int | None, now: datetime, also: int | None = None
) -> tuple[Booking, Beneficiary, Vehicle]:
    booking, person, _ = open_booking(booking_id, version=version, now=now, also=also)
    if vehicle_id not in (booking.vehicle_id, *next_vehicle_of(booking)):
        raise Conflict("Cette personne n’a plus ce véhicule : quelqu’un vient d’y répondre.")
    if booking.status not in _LIVE:
        raise NotNow("Cette réservation est terminée : il n’y a plus rien à décider.")
    return booking, person, get_vehicle(vehicle_id)


def _decide(
    way: str,
    booking: Booking,
    person: Beneficiary,
    vehicle: Vehicle,
    sentence: str,
    *,
    other_vehicle_id: int | None = None,
    by: Viewer,
    now: datetime,
) -> Rescue:
    line = Rescue(vehicle_id=vehicle.id, booking_id=booking.id, way=way, other_vehicle_id=other_vehicle_id, told=sentence)
    line.channel = tell_person(person, sentence, subject=say("%(vehicle)s est en panne", vehicle=vehicle.label), now=now)
    line.decided_at, line.decided_by = now, by.account_id
    db.session.add(line)
    audit.record("decide", line, by=by, now=now, subject=person)
    return line


def _live_bookings(vehicle_id: int) -> Sequence[Booking]:
    live = select(Booking).filter(counts_on(vehicle_id), Booking.status.in_(_LIVE)).order_by(Booking.id)
    return db.session.scalars(live.execution_options(populate_existing=True)).all()
