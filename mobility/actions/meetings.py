"""Appointments: planned, held, missed, cancelled."""

from datetime import datetime

from sqlalchemy import select

from mobility import audit
from mobility.actions.meeting_reminders import take_back
from mobility.actions.people import lock_beneficiary
from mobility.codes import MEETING_KINDS
from mobility.db import db
from mobility.errors import Conflict, NotFound, RuleBroken
from mobility.models import Beneficiary, Meeting, Site
from mobility.rights import Viewer


def plan_meeting(beneficiary_id: int, *, kind: str, starts_at: datetime, site_id: int | None = None, by: Viewer, now: datetime) -> Meeting:
    """Plan an appointment with whoever plans it; no site means elsewhere or by phone. Raises NotFound, RuleBroken."""
    person = lock_beneficiary(beneficiary_id)
    if site_id is not None and db.session.scalar(select(Site.id).filter(Site.id == site_id)) is None:
        raise NotFound
    return plan_at_pole(person, kind=kind, starts_at=starts_at, site_id=site_id, by=by, now=now)


def plan_at_pole(person: Beneficiary, *, kind: str, starts_at: datetime, site_id: int | None, by: Viewer, now: datetime) -> Meeting:
    """The same for a person locked by the caller, at a pole known to be here: that of a vehicle, which its own row answers for."""
    if kind not in MEETING_KINDS:
        raise RuleBroken("Choisissez un type de rendez-vous de la liste.", field="kind")
    if starts_at < now:
        raise RuleBroken("Ce rendez-vous est dans le passé.", field="starts_at")
    meeting = Meeting(beneficiary_id=person.id, site_id=site_id, kind=kind, starts_at=starts_at, adviser_id=by.account_id, planned_at=now)
    db.session.add(meeting)
    audit.record("plan_meeting", meeting, by=by, now=now, subject=person)
    return meeting


def hold_meeting(meeting_id: int, *, late: bool = False, by: Viewer, now: datetime) -> Meeting:
    """Note that the person came, perhaps late, or after all. Raises NotFound, Conflict when it was held or cancelled."""
    meeting, person = _open(meeting_id)
    meeting.came_late = late
    return _hold(meeting, person, by=by, now=now)


def miss_meeting(meeting_id: int, *, by: Viewer, now: datetime) -> Meeting:
    """Note that the person did not come. Raises NotFound, Conflict before its hour, or when it was held, missed or cancelled."""
    meeting, person = _open(meeting_id)
    if meeting.starts_at > now:
        raise Conflict("Ce rendez-vous n’a pas encore commencé : une absence se note après son heure.")
    if meeting.missed_at is not None:
        raise Conflict("Cette absence est déjà notée.")
    meeting.missed_at = now
    audit.record("miss_meeting", meeting, by=by, now=now, subject=person)
    return meeting


def hold_if_open(meeting: Meeting, person: Beneficiary, *, by: Viewer, now: datetime) -> Meeting | None:
    """The same for a person locked by the caller, who has read it under that lock; None when it was held or cancelled before."""
    if meeting.held_at is not None or meeting.cancelled_at is not None:
        return None
    return _hold(meeting, person, by=by, now=now)


def cancel_meeting(meeting_id: int, *, by: Viewer, now: datetime) -> Meeting:
    """Cancel an appointment; whoever was reminded of it is told. Raises NotFound, Conflict when it was held or cancelled."""
    meeting, person = _open(meeting_id)
    meeting.cancelled_at = now
    audit.record("cancel_meeting", meeting, by=by, now=now, subject=person)
    take_back(meeting, person, now=now)
    return meeting


def _hold(meeting: Meeting, person: Beneficiary, *, by: Viewer, now: datetime) -> Meeting:
    meeting.held_at = person.last_contact_at = now
    meeting.missed_at = None  # they came after all
    audit.record("hold_meeting", meeting, by=by, now=now, subject=person)
    return meeting


def _open(meeting_id: int) -> tuple[Meeting, Beneficiary]:
    meeting = db.session.get(Meeting, meeting_id)
    if meeting is None:
        raise NotFound
    person = lock_beneficiary(meeting.beneficiary_id)
    db.session.refresh(meeting)
    if meeting.held_at is not None or meeting.cancelled_at is not None:
        raise Conflict("Ce rendez-vous est déjà tenu ou annulé.")
    return meeting, person
