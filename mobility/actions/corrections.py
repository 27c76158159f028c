"""A person asks to have something put right; an adviser answers within a month, and the person is told (GDPR art. 12 and 16)."""

from datetime import datetime

from mobility import audit, outbox
from mobility.actions.people import lock_beneficiary
from mobility.actions.telling import tell_person
from mobility.addresses import page_address
from mobility.corrections import ERASURE, MOST_OPEN, answer_due_on, check_answer, say_answer
from mobility.db import db
from mobility.errors import Conflict, RuleBroken
from mobility.models import Beneficiary, CorrectionRequest
from mobility.periods import paris_day, say_day
from mobility.queries.corrections import get_correction, list_open_corrections
from mobility.queries.letterhead import platform_here
from mobility.rights import Viewer
from mobility.signature import signature
from mobility.tongues import say


def ask_correction(beneficiary_id: int, *, subject: str, words: str, by: Viewer, now: datetime) -> CorrectionRequest:
    """Keep what the person says is wrong and tell the platform; the same words still waiting are asked once. Raises RuleBroken."""
    person = lock_beneficiary(beneficiary_id)
    waiting = list_open_corrections(person.id)
    if same := next((one for one in waiting if (one.subject, one.words) == (subject, words)), None):
        return same
    if len(waiting) >= MOST_OPEN:
        raise RuleBroken("Plusieurs demandes attendent déjà une réponse : appelez la plateforme.", field="words")
    row = CorrectionRequest(beneficiary_id=person.id, subject=subject, words=words, asked_at=now)
    db.session.add(row)
    audit.record("ask_correction", row, by=by, now=now, subject=person)
    _tell_platform(person, "Un effacement est demandé" if subject == ERASURE else "Une correction est demandée", now=now)
    return row


def answer_correction(
    correction_id: int, *, outcome: str, reason: str | None = None, by: Viewer, now: datetime
) -> tuple[CorrectionRequest, str]:
    """Answer, and tell the person: the row, and the channel taken, `CALL` when somebody has to say it.

    Raises NotFound, Conflict once it is answered, RuleBroken on `reason`.
    """
    row = get_correction(correction_id)
    person = lock_beneficiary(row.beneficiary_id)
    db.session.refresh(row)
    if row.outcome is not None:
        raise Conflict("Cette demande a déjà sa réponse : rechargez la page pour la lire.")
    check_answer(row.subject, outcome, reason)
    row.outcome, row.reason, row.answered_at, row.answered_by = outcome, reason, now, by.account_id
    audit.record("answer_correction", row, by=by, now=now, subject=person)
    sentence = say_answer(row.subject, outcome, reason)
    return row, tell_person(person, sentence, subject=say("Votre demande"), now=now)


def _tell_platform(person: Beneficiary, what: str, *, now: datetime) -> None:
    """A mail to the platform's own address: by the file's number, without a name and without what is wrong."""
    platform = platform_here()
    if not platform.email:
        return
    due = say_day(answer_due_on(paris_day(now)))
    there = page_address(platform.slug, f"people/{person.id}/corrections")
    body = f"Bonjour,\n\n{what} dans le dossier {person.number}. Répondez avant le {due} :\n{there}\n\n"
    signed = f"{signature(platform.name, platform.phone)}\n"
    outbox.post("mail", platform.email, subject=what, body=body + signed, now=now, beneficiary_id=person.id)
