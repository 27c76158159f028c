"""What the books hold of the card gateway: its moves, its payouts, the payments claimed back."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Select, func, select

from billing.gateway_balance import DisputeStatus, MoveKind, PayoutStatus
from billing.ledger import CARD_FEES
from billing.models import BankLine, BillingAccount, CardDispute, GatewayMove, GatewayPayout, LedgerMonth, Payment
from mobility.db import db, total_of
from mobility.errors import NotFound
from mobility.models import Beneficiary

MANY = 500  # references a statement


@dataclass(frozen=True, kw_only=True)
class DisputeLine:
    """A dispute with its payment, its rental and its person."""

    dispute: CardDispute
    payment: Payment
    account: BillingAccount
    person: Beneficiary


def moves_among(references: Collection[str]) -> set[str]:
    """Which of these moves are in the books already."""
    query = select(GatewayMove.reference)
    return {found for some in _parts(references) for found in db.session.scalars(query.filter(GatewayMove.reference.in_(some)))}


def charges_elsewhere(charges: Collection[str]) -> set[str]:
    """Which of these charges were made elsewhere than here."""
    query = select(GatewayMove.charge_reference).filter(GatewayMove.kind == MoveKind.CHARGE, GatewayMove.is_elsewhere)
    parts = (query.filter(GatewayMove.charge_reference.in_(some)) for some in _parts(charges))
    return {charge for part in parts for charge in db.session.scalars(part) if charge}


def payments_of_charges(charges: Collection[str]) -> dict[str, tuple[Payment, BillingAccount, Beneficiary]]:
    """The payments received by these charges, with their rental and person."""
    query = (
        select(Payment, BillingAccount, Beneficiary)
        .join(BillingAccount, BillingAccount.id == Payment.account_id)
        .join(Beneficiary, Beneficiary.id == BillingAccount.beneficiary_id)
        .filter(Payment.status == "settled")
    )
    parts = (query.filter(Payment.charge_reference.in_(some)) for some in _parts(charges))
    found = (row for part in parts for row in db.session.execute(part))
    return {payment.charge_reference or "": (payment, account, person) for payment, account, person in found}


def has_moves() -> bool:
    """Whether any move was read before."""
    return db.session.scalar(select(GatewayMove.id).limit(1)) is not None


def list_payouts() -> dict[str, GatewayPayout]:
    """Every payout in the books, by the gateway's reference."""
    query = select(GatewayPayout).execution_options(populate_existing=True)
    return {payout.reference: payout for payout in db.session.scalars(query)}


def list_disputes_by_reference() -> dict[str, CardDispute]:
    """Every dispute in the books, by the gateway's reference."""
    query = select(CardDispute).execution_options(populate_existing=True)
    return {dispute.reference: dispute for dispute in db.session.scalars(query)}


def all_payouts() -> Select[*tuple[Any, ...]]:
    """Every payout with the bank's line that shows it: what lists narrow and order."""
    return select(GatewayPayout, BankLine.label).outerjoin(BankLine, BankLine.id == GatewayPayout.bank_line_id)


def list_to_bank() -> list[GatewayPayout]:
    """What the bank's statement has not shown yet, the oldest first."""
    waits = GatewayPayout.banked_on.is_(None) & (GatewayPayout.status != PayoutStatus.FAILED)
    return list(db.session.scalars(select(GatewayPayout).filter(waits).order_by(GatewayPayout.made_at, GatewayPayout.id)))


def lock_payout(payout_id: int) -> GatewayPayout:
    """As it stands now. Raises NotFound."""
    query = select(GatewayPayout).filter(GatewayPayout.id == payout_id).with_for_update()
    found = db.session.scalar(query.execution_options(populate_existing=True))
    if found is None:
        raise NotFound
    return found


def all_disputes() -> Select[*tuple[Any, ...]]:
    """Every dispute with its payment, rental and person: what lists narrow and order."""
    return (
        select(CardDispute, Payment, BillingAccount, Beneficiary)
        .join(Payment, Payment.id == CardDispute.payment_id)
        .join(BillingAccount, BillingAccount.id == Payment.account_id)
        .join(Beneficiary, Beneficiary.id == BillingAccount.beneficiary_id)
    )


def read_dispute(row: Any) -> DisputeLine:
    """A dispute as lists show it."""
    dispute, payment, account, person = row
    return DisputeLine(dispute=dispute, payment=payment, account=account, person=person)


def get_dispute(dispute_id: int) -> DisputeLine:
    """One of them. Raises NotFound."""
    row = db.session.execute(all_disputes().filter(CardDispute.id == dispute_id)).first()
    if row is None:
        raise NotFound
    return read_dispute(row)


def find_dispute_of(payment_id: int) -> CardDispute | None:
    """The latest dispute about a payment."""
    query = select(CardDispute).filter(CardDispute.payment_id == payment_id).order_by(CardDispute.id.desc())
    return db.session.scalar(query.limit(1))


def in_state(query: Any, state: str) -> Any:
    """Narrow to the disputes that are open, won, lost and decided, or lost and waiting for a decision."""
    if state == "to_decide":
        return query.filter(CardDispute.status == DisputeStatus.LOST, CardDispute.decided.is_(None))
    if state == "decided":
        return query.filter(CardDispute.decided.is_not(None))
    return query.filter(CardDispute.status == state)


def contested_charges() -> set[str]:
    """The charges whose dispute is in the books."""
    query = select(Payment.charge_reference).join(CardDispute, CardDispute.payment_id == Payment.id)
    return {reference for reference in db.session.scalars(query) if reference}


def contested_cents(payment_id: int) -> int:
    """What a bank took back of a payment and did not return."""
    query = select(total_of(CardDispute.cents)).filter(CardDispute.payment_id == payment_id, CardDispute.status != DisputeStatus.WON)
    return db.session.scalar(query) or 0


def fees_of_month(day: date) -> int:
    """What the month of a day cost in card and bank fees so far, in cents."""
    query = select(func.coalesce(total_of(LedgerMonth.debit_cents - LedgerMonth.credit_cents), 0))
    return db.session.scalar(query.filter(LedgerMonth.ledger_code == CARD_FEES, LedgerMonth.month_on == day.replace(day=1))) or 0


def _parts(references: Collection[str]) -> Iterator[list[str]]:
    """So many at a time: an engine takes only so many values a statement."""
    ordered = sorted(references)
    return (ordered[start : start + MANY] for start in range(0, len(ordered), MANY))
