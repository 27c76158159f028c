"""A booking from the wish to the keys: hold, book, confirm, waive, cancel (domain.md §2.4)."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from billing.queries.tariffs import district_on
from billing.terms import DAILY
from fleet import eligibility
from fleet.actions.eligibility import conditions_of, settle_conditions
from fleet.actions.occupancy import check_clear, occupy, release, restate
from fleet.actions.opening import changed, check_fits, check_period, lock_both, open_booking
from fleet.actions.prescribers import tell_step
from fleet.actions.terms import drop_terms, open_terms
from fleet.lifecycle import CANCEL, CONFIRM, CONFIRMED, HELD, NO_SHOW, after, check_cancel_reason
from fleet.models import Booking, Vehicle
from fleet.queries.applicants import find_job, own_job
from fleet.queries.chain import chain_of
from fleet.queries.prices import say_booking_price
from fleet.queries.rules import hold_until
from fleet.queries.standing import KnownJob, know
from fleet.queries.turnarounds import held_for
from fleet.renewal import Stretch
from mobility import audit, numbers
from mobility.db import db
from mobility.errors import RuleBroken
from mobility.models import Beneficiary
from mobility.periods import paris_day
from mobility.rights import Viewer
from mobility.steps import Step


def hold(beneficiary_id: int, vehicle_id: int, *, by: Viewer, now: datetime, **wish: Any) -> Booking:
    """Keep a vehicle for somebody while a paper is brought; the hold ends by itself. Raises NotFound, RuleBroken, VehicleTaken."""
    booking, _ = _hold(*lock_both(beneficiary_id, vehicle_id), HELD, by=by, now=now, **wish)
    return booking


def _hold(
    person: Beneficiary,
    vehicle: Vehicle,
    state: str,
    *,
    starts_at: datetime,
    ends_at: datetime,
    programme: str = DAILY,
    qpv: bool = False,
    pattern: str | None = None,
    job_id: int | None = None,
    new_chain: str | None = None,
    waivers: Sequence[eligibility.Waiver] = (),
    by: Viewer,
    now: datetime,
) -> tuple[Booking, Sequence[Stretch]]:
    """A hold whose vehicle is held as `state`: for a booking made firm at once, that of the firm one; and the rentals it goes on with.

    With a `pattern` it begins and ends with its hours, and holds only these; `new_chain` says why it goes on with no rental before it.
    """
    period = check_period(
        starts_at, ends_at, programme=programme, pattern=pattern, beneficiary_id=person.id, anew=new_chain is not None, now=now
    )
    check_clear(vehicle, held_for(vehicle, period, pattern=pattern), now=now)  # first of all: whoever lost lets go of the lock at once
    check_fits(vehicle, period, person, now=now)
    booking = Booking(beneficiary_id=person.id, vehicle_id=vehicle.id, status=HELD, programme=programme)
    booking.pattern, booking.starts_at, booking.ends_at = pattern, period.starts_at, period.ends_at
    booking.qpv = qpv or district_on(person.id, paris_day(period.starts_at)) is not None
    booking.hold_expires_at, booking.new_chain_reason = hold_until(now), new_chain
    booking.created_at, booking.created_by = now, by.account_id
    _set_job(booking, _job_of(person, job_id, paris_day(booking.starts_at)))
    booking.cap_applies = programme == DAILY  # AMIE's use is not limited to work (domain.md §3.4), some hours have no week
    booking.waivers, booking.eligibility = [], []
    settle_conditions(booking, person, vehicle, waivers, by=by, now=now)
    booking.price_sentence = say_booking_price(booking, vehicle.kind)
    earlier = chain_of(booking, now).earlier  # the person's rentals are known: once this one is written they would be asked again
    number = numbers.take("booking", paris_day(now).year)
    booking.number = f"R-{paris_day(now).year}-{number:04d}"
    db.session.add(booking)
    db.session.flush()
    audit.record("hold", booking, by=by, now=now, subject=person)
    occupy(vehicle, period, state, holder=booking)
    return booking, earlier


def book(
    beneficiary_id: int,
    vehicle_id: int,
    *,
    hold_only: bool = False,
    deposit_kind: str | None = None,
    by: Viewer,
    now: datetime,
    **wish: Any,
) -> Booking:
    """Hold and confirm in one go, unless `hold_only`. Raises what they raise; NotCleared holds every missing condition."""
    person, vehicle = lock_both(beneficiary_id, vehicle_id)
    know(person.id)
    booking, earlier = _hold(person, vehicle, HELD if hold_only else CONFIRMED, by=by, now=now, **wish)
    return booking if hold_only else _firm(booking, person, vehicle, earlier, deposit_kind=deposit_kind, by=by, now=now)


def confirm(booking_id: int, *, deposit_kind: str | None = None, version: int | None = None, by: Viewer, now: datetime) -> Booking:
    """Make a hold firm: conditions all settled, account, deposit and action opened in the same transaction. Raises NotCleared."""
    booking, person, vehicle = open_booking(booking_id, version=version, now=now)
    after(CONFIRM, booking.status)
    settle_conditions(booking, person, vehicle, (), by=by, now=now)
    restate(booking, CONFIRMED)
    return _firm(booking, person, vehicle, deposit_kind=deposit_kind, by=by, now=now)


def _firm(
    booking: Booking,
    person: Beneficiary,
    vehicle: Vehicle,
    earlier: Sequence[Stretch] | None = None,
    *,
    deposit_kind: str | None,
    by: Viewer,
    now: datetime,
) -> Booking:
    """Confirm a hold whose conditions have just been settled under its locks."""
    eligibility.check(conditions_of(booking))
    open_terms(booking, vehicle, deposit_kind=deposit_kind, earlier=earlier, by=by, now=now)
    booking.status, booking.hold_expires_at = after(CONFIRM, booking.status), None
    changed("confirm", booking, person, by=by, now=now)
    tell_step(booking, Step.BOOKED, now=now)  # last: it reads, and the row is written once
    return booking


def waive(booking_id: int, waiver: eligibility.Waiver, *, version: int | None = None, by: Viewer, now: datetime) -> Booking:
    """Dispense with one condition of a booking, with its class, reason and reference. Raises RuleBroken when it cannot be."""
    booking, person, vehicle = open_booking(booking_id, version=version, now=now)
    after(CONFIRM, booking.status)
    settle_conditions(booking, person, vehicle, (waiver,), by=by, now=now)
    return changed("waive", booking, person, by=by, now=now)


def cancel(booking_id: int, *, reason: str, version: int | None = None, by: Viewer, now: datetime) -> Booking:
    """Give the vehicle back before the keys were handed over: its time is free at once. Raises RuleBroken without a coded reason."""
    booking, person, _ = open_booking(booking_id, version=version, now=now)
    after(CANCEL, booking.status)
    check_cancel_reason(reason)
    return give_up("cancel", booking, person, reason, by=by, now=now)


def give_up(verb: str, booking: Booking, person: Beneficiary, reason: str, *, by: Viewer, now: datetime) -> Booking:
    """Let go of the vehicle, the account and the action of a booking under its locks; the prescriber of a firm one learns it."""
    booking.status = after(CANCEL, booking.status)
    booking.cancel_reason, booking.cancelled_at = reason, now
    release(booking)
    drop_terms(booking, by=by, now=now)
    changed(verb, booking, person, by=by, now=now)
    if booking.account_id is not None:
        tell_step(booking, Step.NOT_FETCHED if reason == NO_SHOW else Step.CANCELLED, now=now)
    return booking


def _job_of(person: Beneficiary, job_id: int | None, day: date) -> KnownJob | None:
    if job_id is None:
        return find_job(person.id, day)
    found = own_job(person.id, job_id)
    if found is None:
        raise RuleBroken("Cet emploi n’est pas noté pour cette personne.", field="job_id")
    return found


def _set_job(booking: Booking, job: KnownJob | None) -> None:
    if job is not None:
        booking.job_id, booking.one_way_tenths, booking.weekdays = job.id, job.one_way_tenths, job.weekdays
