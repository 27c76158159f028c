"""The point-étape: each part stands alone and may come by itself; one button does them all (domain.md §2.5)."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from billing.actions import till
from billing.actions.notices import note_rise_said
from billing.actions.payments import take_payment
from billing.models import Payment, Receipt
from fleet.actions.conditions import note_condition
from fleet.actions.opening import check_opened, lock_booking
from fleet.actions.readings import record_reading
from fleet.checks import POINT_ETAPE
from fleet.follow_up import JOB_STATES, MODES, NEXT_STEPS, check_code, next_at
from fleet.hours import is_by_the_hour
from fleet.lifecycle import NotNow
from fleet.marks import Pin
from fleet.models import Booking, ConditionReport, OdometerReading, PointEtape, Vehicle
from fleet.queries.mileage import TRIPS, snapshot
from fleet.queries.readings import READINGS, ReadingRow
from fleet.queries.rentals import RUNNING, find_open_point_etape, read_with_open_point_etape
from mobility import audit, practice
from mobility.actions.meetings import cancel_meeting, hold_if_open, plan_at_pole
from mobility.actions.people import lock_beneficiary
from mobility.db import db, read_together
from mobility.errors import Conflict, RuleBroken
from mobility.models import Beneficiary, Meeting
from mobility.periods import paris_day
from mobility.rights import Viewer


class Opened(NamedTuple):
    """A rental whose keys are out, locked, with its open point-étape and the appointment of it; its odometers so far, oldest first."""

    booking: Booking
    person: Beneficiary
    vehicle: Vehicle
    step: PointEtape
    meeting: Meeting | None
    readings: Sequence[ReadingRow]


def plan(booking: Booking, *, starts_at: datetime, site_id: int | None, by: Viewer, now: datetime) -> PointEtape:
    """Plan the next point-étape, at its vehicle's pole, with its appointment in the person's diary. Raises RuleBroken in the past."""
    person = lock_beneficiary(booking.beneficiary_id)
    meeting = plan_at_pole(person, kind="point_etape", starts_at=starts_at, site_id=site_id, by=by, now=now)
    step = PointEtape(booking_id=booking.id, meeting_id=meeting.id, planned_at=starts_at)
    db.session.add(step)
    audit.record("plan_point_etape", step, by=by, now=now)
    return step


def cancel_planned(booking: Booking, *, by: Viewer, now: datetime) -> None:
    """The vehicle is back: an appointment still to come has no object any more."""
    step = find_open_point_etape(booking.id)
    if step is not None and (meeting := _open_meeting(step)):
        cancel_meeting(meeting.id, by=by, now=now)


def note_reading(
    booking_id: int,
    *,
    odometer_km: int,
    odometer_photo: int | None = None,
    mode: str = "pole",
    step_id: int | None = None,
    by: Viewer,
    now: datetime,
) -> OdometerReading:
    """The odometer alone; a doubtful reading stands aside and holds up nothing.

    Raises NotNow, Conflict when the point-étape `step_id` is held, RuleBroken on `odometer_km`.
    """
    opened = _open(booking_id, step_id, by=by, now=now)
    reading = _read(opened, odometer_km, check_code(mode, MODES, field="mode"), odometer_photo, by=by, now=now)
    _link(opened.step, reading, None)
    return reading


def note_state(
    booking_id: int,
    *,
    zones: Mapping[str, str],
    note: str | None = None,
    marks: Sequence[Pin] = (),
    photos: Sequence[int] = (),
    step_id: int | None = None,
    by: Viewer,
    now: datetime,
) -> ConditionReport:
    """What changed on the vehicle since last time, alone. Raises NotNow, Conflict, RuleBroken."""
    opened = _open(booking_id, step_id, by=by, now=now)
    report = _look(opened, zones, note, marks, photos, by=by, now=now)
    _link(opened.step, None, report)
    return report


def note_job(booking_id: int, *, job_state: str, next_step: str, step_id: int | None = None, by: Viewer, now: datetime) -> PointEtape:
    """Where the job stands and the next step of the way out, alone. Raises NotNow, Conflict, RuleBroken."""
    _, person, _, step, *_ = _open(booking_id, step_id, by=by, now=now)
    step.job_state = check_code(job_state, JOB_STATES, field="job_state")
    step.next_step = check_code(next_step, NEXT_STEPS, field="next_step")
    audit.record("note_job", step, by=by, now=now, subject=person)
    return step


def take_money(
    booking_id: int, *, means: str, cents: int, reference: str | None = None, note_given: bool = False, by: Viewer, now: datetime
) -> Receipt:
    """Money in hand, with its receipt, alone: it waits for nothing but its detailed note, where one is due.

    Raises RuleBroken for a means the rules refuse, or a transfer.
    """
    opened = _open(booking_id, by=by, now=now)
    receipt = _receive(opened, means, cents, reference, note_given, by=by, now=now)
    opened.step.payment_id = receipt.payment_id
    db.session.flush()
    return receipt


def ask_payment(
    booking_id: int,
    *,
    how: str = "show",
    cents: int | None = None,
    again: bool = False,
    note_given: bool = False,
    by: Viewer,
    now: datetime,
) -> Payment:
    """A payment that the person makes themselves, by card or by transfer, alone; for the same sum it is the same one while it waits.

    Without `cents` it is all that is due; `again` is the one that stands, whatever its sum. Raises RuleBroken, NotNow.
    """
    booking, person, _, step, *_ = _open(booking_id, by=by, now=now)
    assert booking.account_id is not None
    payment = till.ask_payment(
        booking.account_id,
        means="transfer" if how == "transfer" else "card",
        cents=cents,
        earlier_id=step.payment_id,
        again=again,
        note_given=note_given,
        by=by,
        now=now,
    )
    step.payment_id = payment.id
    audit.record("ask_payment", step, by=by, now=now, subject=person)
    return payment


def hold_point_etape(
    booking_id: int,
    *,
    mode: str,
    odometer_km: int | None = None,
    odometer_photo: int | None = None,
    zones: Mapping[str, str] | None = None,
    note: str | None = None,
    marks: Sequence[Pin] = (),
    photos: Sequence[int] = (),
    job_state: str | None = None,
    next_step: str | None = None,
    means: str | None = None,
    cents: int | None = None,
    reference: str | None = None,
    note_given: bool = False,
    rise_said: bool = False,
    next_meeting_at: datetime | None = None,
    step_id: int | None = None,
    by: Viewer,
    now: datetime,
) -> PointEtape:
    """The one button: whatever parts were filled in, the meeting held, the next one planned; the money comes last.

    `rise_said`: the adviser told the person that their price rises.
    Raises NotNow, Conflict, RuleBroken beside the field. A doubtful odometer is no refusal.
    """
    opened = _open(booking_id, step_id, by=by, now=now)
    booking, person, vehicle, step, meeting, readings = opened
    check_code(mode, MODES, field="mode")
    reading = _read(opened, odometer_km, mode, odometer_photo, by=by, now=now) if odometer_km is not None else None
    report = _look(opened, zones or {}, note, marks, photos, by=by, now=now) if zones or note or marks or photos else None
    cap = snapshot(booking, [*readings, reading] if reading else readings)
    if meeting is not None:
        hold_if_open(meeting, person, by=by, now=now)
    _plan_next(booking, vehicle, next_meeting_at, by=by, now=now)
    if rise_said and booking.account_id is not None:
        note_rise_said(booking.account_id, by=by, now=now)
    if means is not None or cents is not None:
        step.payment_id = _receive(opened, *_whole_payment(means, cents), reference, note_given, by=by, now=now).payment_id
    _link(step, reading, report)  # only now, that the row be written once
    _say_job(step, job_state, next_step)
    step.mode, step.held_at, step.held_by, step.cap = mode, now, by.account_id, cap
    audit.record("hold_point_etape", step, by=by, now=now, subject=person)
    return step


def _open(booking_id: int, step_id: int | None = None, *, by: Viewer, now: datetime) -> Opened:
    """The rental with its open point-étape, one begun now when none was planned.

    Raises NotNow unless the keys are out, Conflict when the one meant is no longer open: it was held on another page or device.
    """
    locked = lock_booking(booking_id)
    booking, step, meeting = read_with_open_point_etape(booking_id)
    person, vehicle = locked.person, check_opened(booking, locked, version=None, now=now)
    if booking.status not in RUNNING:
        raise NotNow("Le point-étape se tient tant que le véhicule est remis : il ne l’est pas, ou plus.")
    if is_by_the_hour(booking.programme):
        raise NotNow("Un prêt de quelques heures n’a pas de point-étape : tout se voit au retour du véhicule.")
    if step_id is not None and (step is None or step.id != step_id):
        raise Conflict("Ce point-étape a été tenu entre-temps. La page montre le suivant : n’y notez que ce qui manque.")
    if step is None:
        step = PointEtape(booking_id=booking.id, planned_at=now)
        db.session.add(step)
        audit.record("plan_point_etape", step, by=by, now=now, subject=person)
    read_together(booking.id, practice.SETTINGS, READINGS, TRIPS)
    return Opened(booking, person, vehicle, step, meeting, READINGS(booking.id)[::-1])


def _read(opened: Opened, odometer_km: int, source: str, photo: int | None, *, by: Viewer, now: datetime) -> OdometerReading:
    booking, person, vehicle, *_, readings = opened
    before = [reading for reading in readings if reading.vehicle_id == vehicle.id]
    return record_reading(booking, person, vehicle, odometer_km=odometer_km, source=source, photo=photo, before=before, by=by, now=now)


def _look(
    opened: Opened,
    zones: Mapping[str, str],
    note: str | None,
    marks: Sequence[Pin],
    photos: Sequence[int],
    *,
    by: Viewer,
    now: datetime,
) -> ConditionReport:
    booking, person, vehicle, *_ = opened
    return note_condition(booking, person, vehicle, POINT_ETAPE, zones=zones, note=note, marks=marks, photos=photos, by=by, now=now)


def _link(step: PointEtape, reading: OdometerReading | None, report: ConditionReport | None) -> None:
    """What was seen, on the step at once: it is written once."""
    if reading is not None:
        step.reading_id = reading.id
    if report is not None:
        step.condition_id = report.id


def _receive(opened: Opened, means: str, cents: int, reference: str | None, note_given: bool, *, by: Viewer, now: datetime) -> Receipt:
    assert opened.booking.account_id is not None
    if means == "transfer":
        raise RuleBroken("Un virement s’annonce d’abord, par son propre bouton : il compte quand il apparaît au relevé.", field="means")
    till.check_note(cents, note_given=note_given, now=now)
    return take_payment(opened.booking.account_id, means=means, cents=cents, reference=reference, by=by, now=now)


def _whole_payment(means: str | None, cents: int | None) -> tuple[str, int]:
    if means is None:
        raise RuleBroken("Choisissez comment la personne paie, ou laissez le montant vide.", field="means")
    if cents is None:
        raise RuleBroken("Indiquez le montant reçu.", field="cents")
    return means, cents


def _say_job(step: PointEtape, job_state: str | None, next_step: str | None) -> None:
    if job_state is not None:
        step.job_state = check_code(job_state, JOB_STATES, field="job_state")
    if next_step is not None:
        step.next_step = check_code(next_step, NEXT_STEPS, field="next_step")


def _plan_next(booking: Booking, vehicle: Vehicle, at: datetime | None, *, by: Viewer, now: datetime) -> None:
    """The platform's interval unless another day was agreed; the person who just came is not asked to come twice the same day."""
    days = practice.value_on("fleet.point_etape_days", paris_day(now))
    if at is not None and at <= now:
        raise RuleBroken("Le prochain rendez-vous est à venir : choisissez une date plus tardive.", field="next_meeting_at")
    plan(booking, starts_at=at or next_at(now, days), site_id=vehicle.site_id, by=by, now=now)


def _open_meeting(step: PointEtape) -> Meeting | None:
    meeting = db.session.get(Meeting, step.meeting_id) if step.meeting_id is not None else None
    return meeting if meeting and meeting.held_at is None and meeting.cancelled_at is None else None
