"""News to the prescriber, put in the outbox of the transaction that makes them true (domain.md §3.6)."""

from dataclasses import replace
from datetime import datetime

from flask import current_app
from sqlalchemy import case, or_, select

from mobility import outbox
from mobility.db import db, platform_id
from mobility.liaison import ACCEPTED, CLOSED
from mobility.models import Account, Beneficiary, LiaisonForm, Message, Platform, Structure
from mobility.names import say_name
from mobility.steps import Facts, Step, mail


def tell_prescriber(beneficiary_id: int, step: Step, *, now: datetime, outcome: str | None = None) -> Message | None:
    """Mail the prescriber of the person's form, an accepted one first, else the latest; None when there is nobody to tell.

    A form closed meanwhile counts: its prescriber waits for the outcome. One imported closed is history, told in its time.
    """
    form = db.session.scalar(
        select(LiaisonForm)
        .filter(LiaisonForm.beneficiary_id == beneficiary_id, or_(LiaisonForm.status != CLOSED, LiaisonForm.import_key.is_(None)))
        .order_by(case((LiaisonForm.status == ACCEPTED, 0), else_=1), LiaisonForm.received_on.desc(), LiaisonForm.id.desc())
        .limit(1)
    )
    return tell(form, step, now=now, outcome=outcome) if form else None


def tell(form: LiaisonForm, step: Step, *, now: datetime, outcome: str | None = None) -> Message | None:
    """Mail the prescriber of this form; None when it gives no address."""
    recipient = address_of(form)
    if recipient is None:
        return None
    subject, body = mail(step, replace(facts_of(form), outcome=outcome))
    return outbox.post("mail", recipient, subject=subject, body=body, now=now, beneficiary_id=form.beneficiary_id)


def address_of(form: LiaisonForm) -> str | None:
    """Where the news of a form go: the prescriber's own address, else their structure's."""
    if form.prescriber_email:
        return form.prescriber_email
    account = db.session.get(Account, form.prescriber_account_id) if form.prescriber_account_id else None
    structure = db.session.get(Structure, form.structure_id)
    return (account.email if account else None) or (structure.email if structure else None)


def facts_of(form: LiaisonForm) -> Facts:
    """What a piece of news about a form may say."""
    person = db.session.get_one(Beneficiary, form.beneficiary_id)
    platform = db.session.get_one(Platform, platform_id())
    public_url = current_app.extensions["settings"].public_url.rstrip("/")
    return Facts(
        number=form.number,
        person=say_name(person.first_name, person.last_name),
        platform=platform.name,
        phone=platform.phone,
        # Written by hand: jobs and the command line tell news too, outside any request.
        address=f"{public_url}/p/{platform.slug}/liaison-forms/{form.id}",
        met_on=form.met_on,
        reason=form.reason,
        other_offer=form.other_offer,
    )
