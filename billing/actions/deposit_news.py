"""Telling a person what becomes of their deposit, in the transaction that makes it true."""

from datetime import datetime

from billing.deposit_words import KEPT_SUBJECT, LAPSED_SUBJECT, RELEASED_SUBJECT, say_kept, say_lapsed, say_released
from billing.models import BillingAccount, Deposit, DepositStep
from mobility.actions.telling import tell_person
from mobility.db import db
from mobility.models import Beneficiary
from mobility.queries.contacts import last_contact_of


def tell_kept(step: DepositStep, deposit: Deposit, account: BillingAccount, *, now: datetime) -> None:
    """What was kept, why, and whom to tell that one does not agree; who cannot be written to is told by the desk."""
    assert step.why is not None
    contact = last_contact_of(account.beneficiary_id)
    sentence = say_kept(
        cents=step.cents,
        held_cents=deposit.held_cents,
        why=step.why,
        reason=step.reason or "",
        label=account.label,
        whom=contact.name,
        phone=contact.phone,
    )
    tell_person(_person(account), sentence, subject=KEPT_SUBJECT, now=now)


def tell_released(deposit: Deposit, cents: int, account: BillingAccount, *, now: datetime) -> None:
    """How much goes back, and how."""
    tell_person(_person(account), say_released(cents=cents, kind=deposit.kind, label=account.label), subject=RELEASED_SUBJECT, now=now)


def tell_lapsed(cents: int, account: BillingAccount, *, now: datetime) -> None:
    """A hold is over while its vehicle is out; who cannot be written to is told by the desk."""
    sentence = say_lapsed(cents=cents, label=account.label, phone=last_contact_of(account.beneficiary_id).phone)
    tell_person(_person(account), sentence, subject=LAPSED_SUBJECT, now=now)


def _person(account: BillingAccount) -> Beneficiary:
    return db.session.get_one(Beneficiary, account.beneficiary_id)
