"""A person's agreement to news of them going to whoever prescribed: taken back or given again, form by form, and at once.

Taken back, the form is gone for its sender (mobility/queries/liaison.py), no news of it is written any more (mobility/news.py), and what
was written and has not left never leaves.
"""

from datetime import datetime

from sqlalchemy import select, update

from mobility import audit
from mobility.actions.people import lock_beneficiary
from mobility.db import db
from mobility.errors import NotFound
from mobility.models import Beneficiary, LiaisonForm, Message, Outbox
from mobility.news import address_of
from mobility.periods import paris_day
from mobility.queries.consents import may_decide
from mobility.rights import Viewer


def withdraw_consent(form_id: int, *, by: Viewer, now: datetime) -> LiaisonForm:
    """From now on the form's sender reads nothing more of the person; said twice, it was said the first time. Raises NotFound."""
    form, person = _locked(form_id, by)
    if form.withdrawn_at is None:
        form.withdrawn_at = now
        audit.record("withdraw_consent", form, by=by, now=now, subject=person)
        _stop_mails(form, person, now=now)
    return form


def give_consent(form_id: int, *, by: Viewer, now: datetime) -> LiaisonForm:
    """The person agrees, anew or for the first time: news go again from now on, none of those missed. Raises NotFound."""
    form, person = _locked(form_id, by)
    if form.withdrawn_at is not None or form.consent_on is None:
        form.withdrawn_at, form.consent_on = None, paris_day(now)
        audit.record("give_consent", form, by=by, now=now, subject=person)
    return form


def _locked(form_id: int, by: Viewer) -> tuple[LiaisonForm, Beneficiary]:
    form = db.session.scalar(select(LiaisonForm).filter(LiaisonForm.id == form_id))
    if form is None or not may_decide(form, by):
        raise NotFound
    person = lock_beneficiary(form.beneficiary_id)
    db.session.refresh(form)
    return form, person


def _stop_mails(form: LiaisonForm, person: Beneficiary, *, now: datetime) -> None:
    """Mails about the person to this form's sender that wait to leave; not those that another form of theirs still agrees to."""
    others = db.session.scalars(select(LiaisonForm).filter(LiaisonForm.beneficiary_id == person.id, LiaisonForm.withdrawn_at.is_(None)))
    address, kept = address_of(form), {person.email, *(address_of(other) for other in others if other.id != form.id)}
    if address is None or address in kept:
        return
    theirs = select(Message.outbox_id).filter(Message.beneficiary_id == person.id, Message.recipient == address)
    waiting = update(Outbox).where(Outbox.id.in_(theirs), Outbox.done_at.is_(None), Outbox.gave_up_at.is_(None))
    db.session.execute(waiting.values(gave_up_at=now, last_error="consent withdrawn"), execution_options={"synchronize_session": False})
