"""Noting what was said with a person, taking a mistake back, and emptying words that are old."""

from datetime import datetime

from sqlalchemy import select

from mobility import audit, practice
from mobility.actions.people import lock_beneficiary
from mobility.contact_notes import KEPT_MONTHS, check_moment
from mobility.db import db, platform_id
from mobility.errors import Conflict, RuleBroken
from mobility.models import ContactNote
from mobility.periods import instant_of, months_after, paris_day
from mobility.queries.contact_notes import get_contact_note
from mobility.rights import Viewer, house
from mobility.social_security import holds_social_security_number


def note_contact(
    beneficiary_id: int,
    *,
    subject: str,
    way: str,
    side: str,
    note: str | None = None,
    at: datetime | None = None,
    by: Viewer,
    now: datetime,
) -> ContactNote:
    """Note an exchange of now unless said. Raises NotFound, RuleBroken beside its field."""
    person = lock_beneficiary(beneficiary_id)
    at = at or now
    check_moment(at, now)
    if note and holds_social_security_number(note):
        raise RuleBroken("Ces mots contiennent un numéro de sécurité sociale : retirez-le, nous ne devons pas le garder.", field="note")
    kept = note if practice.value_on(KEPT_MONTHS.key, paris_day(now)) else None
    row = ContactNote(beneficiary_id=person.id, at=at, subject=subject, way=way, side=side, note=kept, noted_at=now, noted_by=by.account_id)
    db.session.add(row)
    person.last_contact_at = max(person.last_contact_at, at)
    audit.record("note_contact", row, by=by, now=now, subject=person)
    return row


def withdraw_contact(note_id: int, *, by: Viewer, now: datetime) -> ContactNote:
    """Take back what was noted by mistake, words and all. Raises NotFound, Conflict when it was."""
    person = lock_beneficiary(get_contact_note(note_id).beneficiary_id)
    row = db.session.get_one(ContactNote, note_id, populate_existing=True)
    if row.withdrawn_at is not None:
        raise Conflict("Cet échange est déjà retiré.")
    row.withdrawn_at, row.withdrawn_by, row.note = now, by.account_id, None
    audit.record("withdraw_contact", row, by=by, now=now, subject=person)
    return row


def forget_old(*, now: datetime) -> int:
    """The daily job: words older than the platform keeps them are emptied; how many. What, how and when stay with the file."""
    today = paris_day(now)
    before = instant_of(months_after(today, -practice.value_on(KEPT_MONTHS.key, today)))
    old = db.session.scalars(
        select(ContactNote).filter(ContactNote.at < before, ContactNote.note.is_not(None)).order_by(ContactNote.id)
    ).all()
    for row in old:
        row.note = None
        audit.record("forget_contact_words", row, by=house(platform_id()), now=now)
    return len(old)
