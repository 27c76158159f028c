"""Appointments: planned, held, cancelled."""

from datetime import datetime

from sqlalchemy import select

from mobility import audit
from mobility.actions.people import lock_beneficiary
from mobility.codes import MEETING_KINDS
from mobility.db import db
from mobility.errors import Conflict, NotFound, RuleBroken
from mobility.models import Beneficiary, Meeting, Site
from mobility.rights import Viewer


def plan_meeting(beneficiary_id: int, *, kind: str, starts_at: datetime, site_id: int | None = None, by: Viewer, now: datetime) -> Meeting:
    """Plan an appointment with whoever plans it; no site means elsewhere or by phone. Raises NotFound, RuleBroken."""
    person = lock_beneficiary(beneficiary_id)
    if kind not in MEETING_KINDS:
        raise RuleBroken("Choisissez un type de rendez-vous de la liste.", field="kind")
    if starts_at < now:
        raise RuleBroken("Ce rendez-vous est dans le passé.", field="starts_at")
    if site_id is not None and db.session.scalar(select(Site.id).filter(Site.id == site_id)) is None:
        raise NotFound
    meeting = Meeting(beneficiary_id=person.id, site_id=site_id, kind=kind, starts_at=starts_at, adviser_id=by.account_id)
    db.session.add(meeting)
    audit.record("plan_meeting", meeting, by=by, now=now, subject=person)
    return meeting


def hold_meeting(meeting_id: int, *, by: Viewer, now: datetime) -> Meeting:
    """Note that the person came. Raises NotFound, Conflict when it was held or cancelled."""
    meeting, person = _open(meeting_id)
    meeting.held_at = person.last_contact_at = now
    audit.record("hold_meeting", meeting, by=by, now=now, subject=person)
    return meeting


def cancel_meeting(meeting_id: int, *, by: Viewer, now: datetime) -> Meeting:
    """Cancel an appointment. Raises NotFound, Conflict when it was held or cancelled."""
    meeting, person = _open(meeting_id)
    meeting.cancelled_at = now
    audit.record("cancel_meeting", meeting, by=by, now=now, subject=person)
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
