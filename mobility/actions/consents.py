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
from mobility.liaison import LINES, REFERENT, STRUCTURE
from mobility.models import Beneficiary, LiaisonForm, Message, Outbox
from mobility.news import address_of, referent_address
from mobility.periods import paris_day
from mobility.queries.consents import may_decide
from mobility.rights import Viewer


def withdraw_consent(form_id: int, *, line: str = STRUCTURE, by: Viewer, now: datetime) -> LiaisonForm:
    """From now on this line's side learns nothing more of the person; said twice, it was said the first time. Raises NotFound.

    The structure's line taken back silences the referent too: they follow the person by its form.
    """
    form, person = _locked(form_id, line, by)
    _, withdrawn = LINES[line]
    if getattr(form, withdrawn) is None:
        told = _addresses(form)
        setattr(form, withdrawn, now)
        audit.record("withdraw_consent", form, by=by, now=now, subject=person)
        _stop_mails(told - _addresses(form), form, person, now=now)
    return form


def give_consent(form_id: int, *, line: str = STRUCTURE, by: Viewer, now: datetime) -> LiaisonForm:
    """The person agrees, anew or for the first time: news go again from now on, none of those missed. Raises NotFound."""
    form, person = _locked(form_id, line, by)
    given, withdrawn = LINES[line]
    if getattr(form, withdrawn) is not None or getattr(form, given) is None:
        setattr(form, withdrawn, None)
        setattr(form, given, paris_day(now))
        audit.record("give_consent", form, by=by, now=now, subject=person)
    return form


def _locked(form_id: int, line: str, by: Viewer) -> tuple[LiaisonForm, Beneficiary]:
    form = db.session.scalar(select(LiaisonForm).filter(LiaisonForm.id == form_id))
    if form is None or not may_decide(form, by) or (line == REFERENT and form.referent_name is None):
        raise NotFound
    person = lock_beneficiary(form.beneficiary_id)
    db.session.refresh(form)
    return form, person


def _addresses(form: LiaisonForm) -> set[str]:
    """Where news of the form may go as its agreements stand."""
    told = {referent_address(form)} | ({address_of(form)} if form.withdrawn_at is None else set())
    return {address for address in told if address}


def _stop_mails(told: set[str], form: LiaisonForm, person: Beneficiary, *, now: datetime) -> None:
    """Mails about the person to those that wait to leave; not those that another form of theirs still agrees to."""
    others = db.session.scalars(select(LiaisonForm).filter(LiaisonForm.beneficiary_id == person.id, LiaisonForm.id != form.id))
    stopped = told.difference({person.email}, *(_addresses(other) for other in others))
    if not stopped:
        return
    theirs = select(Message.outbox_id).filter(Message.beneficiary_id == person.id, Message.recipient.in_(stopped))
    waiting = update(Outbox).where(Outbox.id.in_(theirs), Outbox.done_at.is_(None), Outbox.gave_up_at.is_(None))
    db.session.execute(waiting.values(gave_up_at=now, last_error="consent withdrawn"), execution_options={"synchronize_session": False})
