"""Reminders of appointments: sent by the hour's job, said or handed over by somebody, taken back with what they remind of."""

from datetime import datetime

from sqlalchemy import select, update

from mobility import audit, practice
from mobility.actions.people import lock_beneficiary
from mobility.actions.telling import send_to
from mobility.db import db, platform_id
from mobility.errors import Conflict, NotFound
from mobility.meeting_reminders import (
    AHEAD,
    BY_SOMEBODY,
    DAYS_BEFORE,
    LETTER_DAYS,
    is_due,
    leaves_at,
    meeting_channel,
    say_cancelled,
)
from mobility.models import Beneficiary, Meeting, Outbox
from mobility.periods import paris_day
from mobility.queries.paths import reminder_of
from mobility.rights import Viewer, house
from mobility.tongues import say


def remind(*, now: datetime) -> int:
    """Every reminder due now, in one transaction; how many. Run again, or by two workers, none leaves twice."""
    ahead = Meeting.starts_at.between(now, now + AHEAD)
    open_ones = select(Meeting.beneficiary_id, Meeting.id).filter(
        ahead, Meeting.reminded_at.is_(None), Meeting.held_at.is_(None), Meeting.cancelled_at.is_(None)
    )
    open_ones = open_ones.join(Beneficiary, Beneficiary.id == Meeting.beneficiary_id).filter(Beneficiary.erased_at.is_(None))
    rows = db.session.execute(open_ones.order_by(Meeting.beneficiary_id, Meeting.id)).all()  # people are locked in one order
    return sum(_remind(beneficiary_id, meeting_id, now=now) for beneficiary_id, meeting_id in rows)


def _remind(beneficiary_id: int, meeting_id: int, *, now: datetime) -> bool:
    person = lock_beneficiary(beneficiary_id)
    meeting = db.session.get_one(Meeting, meeting_id, populate_existing=True)
    channel = meeting_channel(person.contact_by, phone=person.phone, email=person.email)
    if meeting.reminded_at or meeting.cancelled_at or meeting.held_at or not _is_due(meeting, channel, now):
        return False
    meeting.reminded_at, meeting.reminder_channel = now, channel
    meeting.reminder_outbox_id = send_to(person, channel, reminder_of(meeting), subject=say("Votre rendez-vous"), now=now)
    audit.record("remind_meeting", meeting, by=house(platform_id()), now=now, subject=person)
    return True


def _is_due(meeting: Meeting, channel: str, now: datetime) -> bool:
    day = paris_day(now)
    days_before, letter_days = practice.value_on(DAYS_BEFORE.key, day), practice.value_on(LETTER_DAYS.key, day)
    leaves = leaves_at(meeting.starts_at, channel, days_before=days_before, letter_days=letter_days)
    return leaves is not None and is_due(leaves, starts_at=meeting.starts_at, planned_at=meeting.planned_at, channel=channel, now=now)


def note_reminder_said(meeting_id: int, *, by: Viewer, now: datetime) -> Meeting:
    """The call was made, or the letter is on its way. Raises NotFound, Conflict for one that was said, left by itself, or is not due."""
    found = db.session.get(Meeting, meeting_id)
    if found is None:
        raise NotFound
    person = lock_beneficiary(found.beneficiary_id)
    meeting = db.session.get_one(Meeting, meeting_id, populate_existing=True)
    if meeting.reminder_channel not in BY_SOMEBODY or meeting.told_at is not None:
        raise Conflict("Ce rendez-vous n’attend pas de rappel à dire.")
    meeting.told_at, meeting.told_by = now, by.account_id
    audit.record("meeting_reminder_said", meeting, by=by, now=now, subject=person)
    return meeting


def take_back(meeting: Meeting, person: Beneficiary, *, now: datetime) -> None:
    """Of an appointment that was just cancelled (its person locked): a reminder that waits does not leave; one that left is followed."""
    if meeting.reminded_at is None or meeting.starts_at <= now:
        return
    waits = Outbox.done_at.is_(None) & Outbox.gave_up_at.is_(None) & (Outbox.tries == 0)
    stopped = update(Outbox).where(Outbox.id == meeting.reminder_outbox_id, waits).values(gave_up_at=now, last_error="cancelled")
    if db.session.execute(stopped, execution_options={"synchronize_session": False}).rowcount:  # type: ignore[attr-defined]
        return
    send_to(person, meeting.reminder_channel or "", say_cancelled(meeting.starts_at), subject=say("Votre rendez-vous est annulé"), now=now)
