"""A month's review kept, and its feedback sent to the referent in the same transaction, or why not (domain.md §3.6)."""

from collections.abc import Sequence
from datetime import date, datetime

from fleet.actions.opening import open_booking
from fleet.errors import StalePage
from fleet.follow_up import check_code, check_note
from fleet.models import MonthlyReview
from fleet.queries.rentals import get_rental
from fleet.queries.reviews import get_month, latest_reviews
from fleet.reviews import AGREED, BUDGETS, HELD_HOW, JOBS, STEPS_TAKEN, Told, check_held_on, review_mail, say_review, why_untold
from mobility import audit, outbox
from mobility.db import db
from mobility.errors import RuleBroken
from mobility.models import Beneficiary
from mobility.news import facts_of, referent_address, referent_of
from mobility.periods import paris_day
from mobility.queries.liaison import Sent
from mobility.rights import Viewer

MOST_TOLD = 254  # letters kept of where it went


def hold_review(
    booking_id: int,
    month: int,
    *,
    held_on: date,
    held_how: str,
    job: str,
    steps: Sequence[str],
    budget: str,
    agreed: Sequence[str],
    note: str | None = None,
    opposed: bool = False,
    version: int = 0,
    by: Viewer,
    now: datetime,
) -> MonthlyReview:
    """Keep a month's review, or correct it by a further version; `version` is the one it corrects, 0 for none.

    The same form sent twice is one review and one mail. Raises NotFound, StalePage, RuleBroken beside the field.
    """
    booking, person, _ = open_booking(booking_id, version=None, now=now)
    months = get_month(get_rental(booking_id, by), month, paris_day(now))
    check_held_on(held_on, months, paris_day(now))
    row = MonthlyReview(
        booking_id=booking.id,
        month=month,
        version=version + 1,
        held_on=held_on,
        held_how=check_code(held_how, HELD_HOW, field="held_how"),
        job=check_code(job, JOBS, field="job"),
        steps=[code for code in STEPS_TAKEN if code in steps],
        budget=check_code(budget, BUDGETS, field="budget"),
        agreed=_check_agreed(agreed),
        note=check_note(note),
        opposed=opposed,
        recorded_at=now,
        recorded_by=by.account_id,
    )
    last = latest_reviews(booking_id).get(month)
    if last is not None and _is_same(last, row):
        return last
    if (last.version if last else 0) != version:
        raise StalePage
    return _keep(row, person, by=by, now=now)


def _keep(row: MonthlyReview, person: Beneficiary, *, by: Viewer, now: datetime) -> MonthlyReview:
    row.said = say_review(told_of(row))
    _tell(row, person.id, now=now)
    db.session.add(row)
    audit.record("hold_review" if row.version == 1 else "correct_review", row, by=by, now=now, subject=person)
    return row


def told_of(row: MonthlyReview) -> Told:
    """What of a review may leave the house."""
    return Told(month=row.month, held_on=row.held_on, held_how=row.held_how, job=row.job, steps=row.steps, agreed=row.agreed)


def mail_of(sent: Sent, month: int, sentence: str) -> tuple[str, str]:
    """Subject and body of the feedback to whoever sent a form: the page shows them before they leave."""
    facts = facts_of(sent)
    signed = facts.platform, facts.phone
    return review_mail(sentence, person=facts.person, month=month, number=facts.number, address=facts.address, signed=signed)


def why_not(sent: Sent | None, *, opposed: bool) -> str | None:
    """The code of why the feedback would not leave, None when it would."""
    has_consent, has_address = bool(sent and sent.consent_on), bool(sent and sent.address)
    is_withdrawn = sent is not None and sent.withdrawn_at is not None
    return why_untold(
        opposed=opposed, has_referent=sent is not None, is_withdrawn=is_withdrawn, has_consent=has_consent, has_address=has_address
    )


def _tell(row: MonthlyReview, beneficiary_id: int, *, now: datetime) -> None:
    sent = referent_of(beneficiary_id)
    row.untold = why_not(sent, opposed=row.opposed)
    if row.untold is None:
        assert sent is not None and sent.address
        subject, body = mail_of(sent, row.month, row.said)
        addresses = list(dict.fromkeys(filter(None, (sent.address, referent_address(sent)))))
        for address in addresses:
            outbox.post("mail", address, subject=subject, body=body, now=now, beneficiary_id=beneficiary_id)
        row.told_to = " et ".join(addresses)[:MOST_TOLD]


def _check_agreed(agreed: Sequence[str]) -> list[str]:
    found = [code for code in AGREED if code in agreed]
    if not found:
        raise RuleBroken("Choisissez au moins une suite convenue avec la personne.", field="agreed")
    return found


_TYPED = ("held_on", "held_how", "job", "steps", "budget", "agreed", "note", "opposed")


def _is_same(last: MonthlyReview, row: MonthlyReview) -> bool:
    return all(getattr(last, name) == getattr(row, name) for name in _TYPED)
