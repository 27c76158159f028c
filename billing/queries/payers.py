"""Who pays a part of rentals, what each owes, and what they agreed to."""

from dataclasses import dataclass

from sqlalchemy import select

from billing.ledger import OF_PAYERS
from billing.models import BillingAccount, LedgerLine, Payer, PayerAgreement
from billing.queries.figures import DEBIT_LESS_CREDIT
from billing.shares import party_of
from mobility.db import db, total_of
from mobility.errors import NotFound
from mobility.models import Beneficiary


@dataclass(frozen=True, kw_only=True)
class PayerLine:
    """A payer, and what it owes in cents by the ledger."""

    payer: Payer
    owed_cents: int

    @property
    def party(self) -> str:
        """The payer as the ledger names it."""
        return party_of(self.payer.id)


@dataclass(frozen=True, kw_only=True)
class AgreementLine:
    """An agreement, the rental it is for, and whose."""

    agreement: PayerAgreement
    account: BillingAccount
    person: Beneficiary


def list_payers() -> list[PayerLine]:
    """The platform's payers by name, each with what it owes."""
    owed = select(LedgerLine.subject_number, total_of(DEBIT_LESS_CREDIT)).filter(LedgerLine.ledger_code == OF_PAYERS)
    by_party = {party: cents for party, cents in db.session.execute(owed.group_by(LedgerLine.subject_number))}
    payers = db.session.scalars(select(Payer).order_by(Payer.name))
    return [PayerLine(payer=payer, owed_cents=by_party.get(party_of(payer.id), 0)) for payer in payers]


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
