"""Who pays a part of rentals, and what they agreed to."""

from dataclasses import dataclass

from sqlalchemy import select

from billing.models import BillingAccount, Payer, PayerAgreement
from mobility.db import db
from mobility.errors import NotFound
from mobility.models import Beneficiary


@dataclass(frozen=True, kw_only=True)
class AgreementLine:
    """An agreement, the rental it is for, and whose."""

    agreement: PayerAgreement
    account: BillingAccount
    person: Beneficiary


def get_payer(payer_id: int) -> Payer:
    """A payer. Raises NotFound."""
    found = db.session.get(Payer, payer_id)
    if found is None:
        raise NotFound
    return found


def get_agreement(agreement_id: int) -> PayerAgreement:
    """An agreement. Raises NotFound."""
    found = db.session.get(PayerAgreement, agreement_id)
    if found is None:
        raise NotFound
    return found


def list_agreements(account_id: int) -> list[PayerAgreement]:
    """A rental's agreements, in the order they were recorded: the first is served first."""
    return list(db.session.scalars(select(PayerAgreement).filter(PayerAgreement.account_id == account_id).order_by(PayerAgreement.id)))


def agreements_with(payer_id: int) -> list[AgreementLine]:
    """A payer's agreements, the latest first."""
    query = (
        select(PayerAgreement, BillingAccount, Beneficiary)
        .join(BillingAccount, BillingAccount.id == PayerAgreement.account_id)
        .join(Beneficiary, Beneficiary.id == BillingAccount.beneficiary_id)
        .filter(PayerAgreement.payer_id == payer_id)
        .order_by(PayerAgreement.from_on.desc(), PayerAgreement.id.desc())
    )
    return [AgreementLine(agreement=one, account=account, person=person) for one, account, person in db.session.execute(query)]
