"""News to the prescriber, put in the outbox of the transaction that makes them true (domain.md §3.6)."""

from dataclasses import replace
from datetime import datetime

from mobility import outbox
from mobility.addresses import page_address
from mobility.codes import THROUGH_THEM
from mobility.db import db
from mobility.liaison import ACCEPTED, CLOSED
from mobility.models import Account, Beneficiary, LiaisonForm, Message, Structure
from mobility.names import say_name
from mobility.queries.letterhead import SIGNED
from mobility.queries.liaison import FORMS, Sent
from mobility.steps import Facts, Step, mail, referent_mail


def tell_prescriber(beneficiary_id: int, step: Step, *, now: datetime, outcome: str | None = None) -> Message | None:
    """Mail the prescriber of the person's form, an accepted one first, else the latest; None when there is nobody to tell.

    A form closed meanwhile counts: its prescriber waits for the outcome. One imported closed is history, told in its time.
    """
    first = referent_of(beneficiary_id)
    return _mail(first, first.address, step, now=now, outcome=outcome) if first else None


def referent_of(beneficiary_id: int) -> Sent | None:
    """The form whose sender is told what becomes of the person: an accepted one first, else the latest; None when there is none."""
    told = [sent for sent in FORMS(beneficiary_id) if sent.status != CLOSED or sent.import_key is None]
    return min(told, key=lambda sent: sent.status != ACCEPTED) if told else None


def tell(form: LiaisonForm, step: Step, *, now: datetime, outcome: str | None = None) -> Message | None:
    """Mail the prescriber of this form; None when it gives no address, or the person took their agreement back."""
    return _mail(form, address_of(form), step, now=now, outcome=outcome)


def _mail(form: LiaisonForm | Sent, recipient: str | None, step: Step, *, now: datetime, outcome: str | None) -> Message | None:
    """The prescriber's mail, and the referent's in a voice of their own."""
    if form.withdrawn_at is not None:
        return None
    facts, referent = replace(facts_of(form), outcome=outcome), referent_address(form)
    if referent is not None and referent != recipient:
        _post(form, referent, referent_mail(step, facts), now=now)
    return _post(form, recipient, mail(step, facts), now=now) if recipient else None


def _post(form: LiaisonForm | Sent, recipient: str, told: tuple[str, str], *, now: datetime) -> Message:
    subject, body = told
    return outbox.post("mail", recipient, subject=subject, body=body, now=now, beneficiary_id=form.beneficiary_id)


def referent_address(form: LiaisonForm | Sent) -> str | None:
    """Where the news go to whoever follows the person without having prescribed; None while the person does not agree to it."""
    agreed = form.referent_consent_on is not None and form.referent_withdrawn_at is None and form.withdrawn_at is None
    return form.referent_email if agreed else None


def address_of(form: LiaisonForm) -> str | None:
    """Where the news of a form go: the prescriber's own address, else their structure's."""
    if form.prescriber_email:
        return form.prescriber_email
    account = db.session.get(Account, form.prescriber_account_id) if form.prescriber_account_id else None
    structure = db.session.get(Structure, form.structure_id)
    return (account.email if account else None) or (structure.email if structure else None)


def facts_of(form: LiaisonForm | Sent) -> Facts:
    """What a piece of news about a form may say."""
    person = db.session.get_one(Beneficiary, form.beneficiary_id)
    (platform,) = SIGNED()
    return Facts(
        number=form.number,
        person=say_name(person.first_name, person.last_name),
        platform=platform.name,
        phone=platform.phone,
        address=page_address(platform.slug, f"liaison-forms/{form.id}"),
        met_on=form.met_on,
        reason=form.reason,
        other_offer=form.other_offer,
        passes_on=form.contact_given == person.contact_by == THROUGH_THEM,
    )
