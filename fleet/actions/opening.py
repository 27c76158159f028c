"""What every act on a booking begins with: the locks in their order, the row read again inside, and whether the wish is possible at all."""

from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy import bindparam, case, select, union_all

from billing.terms import DAILY
from fleet.actions.occupancy import lock_vehicle, release_expired
from fleet.availability import obstacles
from fleet.errors import StalePage
from fleet.hours import check_hours
from fleet.lifecycle import CANCELLED, CONFIRMED, HELD, RELEASED
from fleet.models import Booking, Occupancy, Vehicle
from fleet.patterns import check_shareable, hull_of
from fleet.queries.applicants import driver_of
from fleet.queries.chain import chain_from, check_within
from fleet.queries.free import check_untaken
from fleet.queries.parts import next_vehicle_of, part_let_go
from fleet.queries.vehicles import facts_of, to_be_known
from fleet.vehicle_life import STAGE_NAMES, stages_lent
from mobility import audit, practice
from mobility.actions.people import check_written_in, lock_beneficiary
from mobility.db import Kept, db, read_once
from mobility.errors import NotFound, RuleBroken
from mobility.models import Beneficiary
from mobility.periods import Period, paris_day
from mobility.rights import Viewer


class Locked(NamedTuple):
    """Who and what a change of a booking may touch, locked; and the booking's version as it was when they were asked for."""

    person: Beneficiary
    vehicles: dict[int, Vehicle]
    seen: int


def open_booking(booking_id: int, *, version: int | None, now: datetime, also: int | None = None) -> tuple[Booking, Beneficiary, Vehicle]:
    """A booking ready to be changed: person, then its vehicles (`also` another) locked, the row read inside. Raises NotFound, StalePage."""
    locked = lock_booking(booking_id, also=also)
    booking = db.session.get_one(Booking, booking_id, populate_existing=True)
    return booking, locked.person, check_opened(booking, locked, version=version, now=now, also=also)


def lock_booking(booking_id: int, *, also: int | None = None) -> Locked:
    """The locks alone, for who reads the booking with more of it; `check_opened` comes next. Raises NotFound."""
    found = _OF_BOOKING(booking_id=booking_id, also=also).all()
    if not found:
        raise NotFound("Cette réservation n’existe pas ici.")
    vehicles = {vehicle.id: vehicle for _, vehicle, _ in found}
    if also is not None and also not in vehicles:
        lock_vehicle(also)  # it is not here, and says so in its own words
    person = found[0][0]
    return Locked(read_once(None, ("locked", person.id), lambda: person), vehicles, found[0][2])


def check_opened(booking: Booking, locked: Locked, *, version: int | None, now: datetime, also: int | None = None) -> Vehicle:
    """The vehicle of a booking read again under its locks. Raises StalePage."""
    if booking.version != locked.seen and not _vehicles_of(booking, also) <= set(locked.vehicles):  # exchanged while they were waited for
        raise StalePage
    vehicle = locked.vehicles[booking.vehicle_id]
    if booking.status == HELD:  # it may have run out itself
        release_expired(vehicle, now=now)
    if version is not None and booking.version != version:
        raise StalePage
    return vehicle


def _vehicles_of(booking: Booking, also: int | None) -> set[int]:
    """What a change of a booking may touch: the vehicle it holds, the one it goes on with or let go of, and `also` another."""
    if booking.status != CANCELLED:
        return {booking.vehicle_id, also or booking.vehicle_id, *next_vehicle_of(booking)}
    second = part_let_go(booking)
    return {booking.vehicle_id, also or booking.vehicle_id, *([second.vehicle_id] if second else [])}


# The same and perhaps some more that a cancelled booking gave up, in the order of their ids: two swaps across each other do not wait in a
# circle. The booking itself is not locked here, and read again once these are.
_OF_BOOKING = Kept(
    select(Beneficiary, Vehicle, Booking.version)
    .join(Booking, Booking.beneficiary_id == Beneficiary.id)
    .join(
        Vehicle,
        Vehicle.id.in_(
            union_all(
                select(Booking.vehicle_id).filter(Booking.id == bindparam("booking_id")),
                select(Occupancy.vehicle_id)
                .join(Booking, Booking.id == Occupancy.booking_id)
                .filter(Booking.id == bindparam("booking_id"))
                .filter(Occupancy.status == case((Booking.status == CANCELLED, RELEASED), else_=CONFIRMED)),
                select(Vehicle.id).filter(Vehicle.id == bindparam("also")),
            )
        ),
    )
    .filter(Booking.id == bindparam("booking_id"))
    .order_by(Vehicle.id)
    .with_for_update(of=(Beneficiary, Vehicle))
    .execution_options(populate_existing=True)
)
_BOTH = Kept(
    select(Beneficiary, Vehicle)
    .join(Vehicle, Vehicle.id == bindparam("vehicle_id"))
    .filter(Beneficiary.id == bindparam("beneficiary_id"))
    .with_for_update()
    .execution_options(populate_existing=True)
)


def lock_both(beneficiary_id: int, vehicle_id: int) -> tuple[Beneficiary, Vehicle]:
    """Person and vehicle of a new booking, locked in their order by one statement: whoever lost the race asks little. Raises NotFound."""
    found = _BOTH(beneficiary_id=beneficiary_id, vehicle_id=vehicle_id).one_or_none()
    if found is None:  # one of them is not here: each says so in its own words
        return lock_beneficiary(beneficiary_id), lock_vehicle(vehicle_id)
    person, vehicle = found
    check_written_in(person)
    return read_once(None, ("locked", person.id), lambda: person), vehicle


def look_at(vehicle_id: int, starts_at: datetime, ends_at: datetime, *, pattern: str | None = None, now: datetime) -> None:
    """A new booking at first sight, before any lock: what is seen to be impossible is refused. Raises RuleBroken, VehicleTaken.

    Between the hours of a sharing a vehicle may well be taken: that is seen under the lock.
    """
    _check_ahead(starts_at, ends_at, now)
    if pattern is None:
        check_untaken(vehicle_id, starts_at, ends_at, now=now)


def check_period(
    starts_at: datetime,
    ends_at: datetime,
    *,
    programme: str = DAILY,
    pattern: str | None = None,
    beneficiary_id: int | None = None,
    apart_from: Booking | None = None,
    anew: bool = False,
    now: datetime,
) -> Period:
    """The period of a booking whose keys are still here, within the longest chain, from the first hour of a sharing to its last.

    The person's chain, what they returned just before counted unless it begins `anew`; the booking being moved is not before itself.

    Raises RuleBroken beside the field at fault.
    """
    _check_ahead(starts_at, ends_at, now)
    period = check_length(starts_at, ends_at, programme=programme, now=now)
    check_shareable(pattern, programme, period)
    chain = chain_from(paris_day(starts_at), programme, now, beneficiary_id=beneficiary_id, apart_from=apart_from, anew=anew)
    check_within(chain, paris_day(ends_at))
    return hull_of(pattern, period)


def _check_ahead(starts_at: datetime, ends_at: datetime, now: datetime) -> None:
    if paris_day(starts_at) < paris_day(now):
        raise RuleBroken("Le départ ne peut pas être dans le passé.", field="starts_at")
    _check_order(starts_at, ends_at)


def _check_order(starts_at: datetime, ends_at: datetime) -> None:
    if ends_at <= starts_at:
        raise RuleBroken("Le retour vient après le départ.", field="ends_at")


def check_length(starts_at: datetime, ends_at: datetime, *, programme: str = DAILY, now: datetime) -> Period:
    """Raises RuleBroken on field `ends_at` when it ends before it starts, or lasts longer than the platform or the programme lends."""
    _check_order(starts_at, ends_at)
    most = practice.value_on("fleet.longest_booking_days", paris_day(now))
    if ends_at - starts_at > timedelta(days=most):
        raise RuleBroken(f"Une réservation dure au plus {most} jours.", field="ends_at")
    period = Period(starts_at=starts_at, ends_at=ends_at)
    check_hours(programme, period)
    return period


def check_fits(
    vehicle: Vehicle, period: Period, person: Beneficiary, *, licence: bool = False, goes_on: bool = False, now: datetime
) -> None:
    """Raises RuleBroken with every reason not to give this vehicle to this person until then.

    Whoever has it already and `goes_on` with it is not stopped by a paper whose day nobody has noted.
    The licence has its own line in the list of conditions, with what to do; once that was settled, the law is asked here (`licence`).
    """
    if vehicle.stage not in stages_lent(first_on=paris_day(period.starts_at), today=paris_day(now)):
        raise RuleBroken(f"Ce véhicule est {STAGE_NAMES[vehicle.stage]} : choisissez-en un autre.", field="vehicle_id")
    if vehicle.out_of_service_on is not None and vehicle.out_of_service_on <= paris_day(period.ends_at):
        raise RuleBroken("Ce véhicule aura quitté le parc avant le retour.", field="vehicle_id")
    found = obstacles(facts_of(vehicle), period, driver=driver_of(person), unknown=() if goes_on else to_be_known(paris_day(now)))
    if sentences := [o.sentence for o in found if licence or o.code != "licence"]:
        raise RuleBroken(" ".join(sentences), field="vehicle_id")


def changed(verb: str, booking: Booking, person: Beneficiary, *, by: Viewer, now: datetime) -> Booking:
    """Count the change and note it; pages shown before are stale from here."""
    booking.version += 1
    audit.record(verb, booking, by=by, now=now, subject=person)
    return booking
