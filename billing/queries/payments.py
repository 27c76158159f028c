"""Payments, receipts and what the gateway told: found, listed, and locked in the house's order."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, func, select

from billing.models import BillingAccount, GatewayDifference, GatewayEventRecord, LedgerLine, Payment, PaymentRefund, Receipt
from billing.payments import OPEN_CARD, WAITING
from billing.queries.tariffs import may_read
from mobility.db import Kept, db, total_of
from mobility.errors import NotFound
from mobility.models import Beneficiary
from mobility.rights import Viewer


@dataclass(frozen=True, kw_only=True)
class PaymentLine:
    """A payment as lists show it."""

    payment: Payment
    person: Beneficiary
    account: BillingAccount
    receipt_number: int | None


SHOWN = 10
WAITING_STATUS = "waiting"
_IS_TO_CLOSE = (Payment.status == "cancelled") & Payment.checkout_url.is_not(None)
_LINES = (
    select(Payment, Beneficiary, BillingAccount, Receipt.number)
    .join(BillingAccount, BillingAccount.id == Payment.account_id)
    .join(Beneficiary, Beneficiary.id == BillingAccount.beneficiary_id)
    .outerjoin(Receipt, Receipt.payment_id == Payment.id)
)
_LATEST_FIRST = _LINES.order_by(Payment.created_at.desc(), Payment.id.desc())
_OWED_AGAIN = (  # a cheque returned matters as long as its account owes
    select(total_of(LedgerLine.debit_cents - LedgerLine.credit_cents))
    .filter(LedgerLine.platform_id == Payment.platform_id, LedgerLine.account_id == Payment.account_id, LedgerLine.ledger_code == "411")
    .correlate(Payment)
    .scalar_subquery()
)
_TROUBLED = Payment.status.in_(("failed", "disputed")) | ((Payment.status == "returned") & (_OWED_AGAIN > 0))
_IN_TROUBLE = Kept(_LATEST_FIRST.filter(_TROUBLED).limit(SHOWN))
_DISPUTED = Kept(
    select(GatewayEventRecord)
    .filter(GatewayEventRecord.outcome == "disputed", GatewayEventRecord.handled_at.is_(None))
    .order_by(GatewayEventRecord.id)
)
_STANDING = select(func.count(GatewayDifference.id).label("standing")).filter(GatewayDifference.mended_at.is_(None)).subquery()
_TO_CHECK = Kept(
    select(_STANDING.c.standing, GatewayEventRecord)
    .select_from(_STANDING)
    .outerjoin(GatewayEventRecord, (GatewayEventRecord.outcome == "disputed") & GatewayEventRecord.handled_at.is_(None))
    .order_by(GatewayEventRecord.id)
)


def lock_payment(payment_id: int) -> tuple[Payment, BillingAccount]:
    """The payment and its account, locked account first. Raises NotFound."""
    account_id = db.session.scalar(select(Payment.account_id).filter(Payment.id == payment_id))
    if account_id is None:
        raise NotFound
    accounts = select(BillingAccount).filter(BillingAccount.id == account_id)
    account = db.session.scalars(accounts.with_for_update().execution_options(populate_existing=True)).one()
    payments = select(Payment).filter(Payment.id == payment_id)
    return db.session.scalars(payments.with_for_update().execution_options(populate_existing=True)).one(), account


def find_by_key(key: str) -> Payment | None:
    """The payment made under a key."""
    return db.session.scalar(select(Payment).filter(Payment.key == key))


def list_open_card_payments(account_id: int, deposit_id: int | None, cents: int) -> list[Payment]:
    """The card payments of a sum that somebody may still pay: of a rent, or of a deposit; the oldest first."""
    purpose = Payment.purpose == "rental" if deposit_id is None else Payment.deposit_id == deposit_id
    query = select(Payment).filter(Payment.account_id == account_id, Payment.means == "card", purpose, Payment.cents == cents)
    return list(db.session.scalars(query.filter(Payment.status.in_(OPEN_CARD)).order_by(Payment.id)))


def list_pages_beside(payment: Payment) -> list[Payment]:
    """The other card pages of a payment's debt, of its deposit or of all else its account owes, that may be open at the gateway."""
    same_debt = Payment.account_id == payment.account_id, Payment.deposit_id.is_not_distinct_from(payment.deposit_id)
    query = select(Payment).filter(*same_debt, Payment.id != payment.id, Payment.means == "card")
    return list(db.session.scalars(query.filter(Payment.status.in_(OPEN_CARD) | _IS_TO_CLOSE).order_by(Payment.id)))


def list_pages_to_close() -> list[Payment]:
    """Card pages set aside that the gateway has not closed yet."""
    return list(db.session.scalars(select(Payment).filter(_IS_TO_CLOSE).order_by(Payment.id)))


def find_by_reference(reference: str | None) -> Payment | None:
    """The payment that carries our reference."""
    return db.session.scalar(select(Payment).filter(Payment.reference == reference)) if reference else None


def get_payment(payment_id: int, viewer: Viewer) -> PaymentLine:
    """A payment with its person and account, for staff and for its own person. Raises NotFound."""
    payment = db.session.get(Payment, payment_id)
    if payment is None:
        raise NotFound
    account = db.session.get_one(BillingAccount, payment.account_id)
    person = may_read(account.beneficiary_id, viewer)
    return PaymentLine(payment=payment, person=person, account=account, receipt_number=find_receipt_number(payment_id))


def all_payments() -> Select[Payment, Beneficiary, BillingAccount, int]:
    """Every payment with its person, account and receipt: what lists narrow and order."""
    return _LINES


def read_line(row: Any) -> PaymentLine:
    """A payment as lists show it."""
    payment, person, account, number = row
    return PaymentLine(payment=payment, person=person, account=account, receipt_number=number)


def list_announced() -> list[PaymentLine]:
    """Transfers announced and not seen yet, the latest first."""
    return _lines(_LATEST_FIRST.filter(Payment.status == "announced"))


def list_payments_of(beneficiary_id: int, *, most: int | None = None) -> list[PaymentLine]:
    """A person's payments, the latest first."""
    return _lines(_LATEST_FIRST.filter(BillingAccount.beneficiary_id == beneficiary_id).limit(most))


def sum_waiting() -> int:
    """Cents asked or announced that nothing has settled yet."""
    return db.session.scalar(of_status(select(total_of(Payment.cents)), WAITING_STATUS)) or 0


def of_status(query: Any, status: str) -> Any:
    """Narrow to payments in a state; "waiting" takes all that is asked or announced."""
    return query.filter(Payment.status.in_(WAITING if status == WAITING_STATUS else (status,)))


def list_in_trouble() -> list[PaymentLine]:
    """Card payments that the bank refused or that do not match, cheques returned unpaid and still owed; the latest first."""
    return [read_line(row) for row in _IN_TROUBLE()]


def find_by_receipt_number(number: int) -> list[PaymentLine]:
    """The payment of a receipt, for the search box."""
    return _lines(_LATEST_FIRST.filter(Receipt.number == number))


def search_references(words: str) -> list[PaymentLine]:
    """Payments whose reference begins as typed, or whose voucher is what was typed; the latest first."""
    typed = words.strip().upper()
    if len(typed) < 4:
        return []
    found = Payment.reference.startswith(typed, autoescape=True) | (Payment.voucher == words.strip())
    return _lines(_LATEST_FIRST.filter(found).limit(SHOWN))


def _lines(query: Select[Payment, Beneficiary, BillingAccount, int]) -> list[PaymentLine]:
    return [read_line(row) for row in db.session.execute(query)]


def list_card_payments_of(deposit_id: int) -> list[Payment]:
    """Charges of a card deposit that came in, the oldest first."""
    query = select(Payment).filter(Payment.deposit_id == deposit_id, Payment.status == "settled")
    return list(db.session.scalars(query.order_by(Payment.id)))


def list_refunds(payment_id: int) -> list[PaymentRefund]:
    """What was given back of a payment, in the order it was asked."""
    return list(db.session.scalars(select(PaymentRefund).filter(PaymentRefund.payment_id == payment_id).order_by(PaymentRefund.id)))


def get_refund(refund_id: int) -> PaymentRefund:
    """A refund just made. Raises NotFound."""
    found = db.session.get(PaymentRefund, refund_id)
    if found is None:
        raise NotFound
    return found


def list_refunds_of_deposit(deposit_id: int) -> list[PaymentRefund]:
    """Refunds of a card deposit's charges, in the order they were asked."""
    query = select(PaymentRefund).join(Payment, Payment.id == PaymentRefund.payment_id)
    return list(db.session.scalars(query.filter(Payment.deposit_id == deposit_id).order_by(PaymentRefund.id)))


def list_unanswered_refunds() -> list[PaymentRefund]:
    """Refunds that the gateway has not yet taken, or refused while there is still something to give back."""
    query = select(PaymentRefund).join(Payment, Payment.id == PaymentRefund.payment_id)
    waits = (PaymentRefund.status == "asked") | ((PaymentRefund.status == "refused") & (Payment.refunded_cents < Payment.cents))
    return list(db.session.scalars(query.filter(waits).order_by(PaymentRefund.id)))


def list_unsettled_card_payments(*, before: datetime, after: datetime) -> list[Payment]:
    """Card payments between two instants that no proof has settled, the oldest first: what the reconciliation asks about."""
    query = select(Payment).filter(Payment.means == "card", Payment.status.notin_(("settled", "cancelled")))
    return list(db.session.scalars(query.filter(Payment.created_at < before, Payment.created_at > after).order_by(Payment.id)))


def list_to_check() -> tuple[list[GatewayEventRecord], int]:
    """What `list_disputed` gives and how many differences with the gateway stand open, in one question: for the desk."""
    rows = _TO_CHECK().all()
    return [record for _, record in rows if record is not None], rows[0][0] if rows else 0


def list_disputed() -> list[GatewayEventRecord]:
    """What the gateway told and did not match, until somebody has handled it; the oldest first."""
    return list(_DISPUTED().scalars())


def find_receipt_number(payment_id: int) -> int | None:
    """The number of a payment's receipt."""
    return db.session.scalar(select(Receipt.number).filter(Receipt.payment_id == payment_id))


def get_receipt(number: int, viewer: Viewer) -> tuple[Receipt, PaymentLine]:
    """A receipt by its number, for staff and for its own person. Raises NotFound."""
    receipt = db.session.scalar(select(Receipt).filter(Receipt.number == number))
    if receipt is None:
        raise NotFound
    return receipt, get_payment(receipt.payment_id, viewer)


def received_by_means(since: datetime) -> dict[str, int]:
    """Cents received since an instant, by means, deposits apart."""
    query = select(Payment.means, total_of(Payment.cents - Payment.refunded_cents)).filter(Payment.status == "settled")
    rows = db.session.execute(query.filter(Payment.settled_at >= since, Payment.purpose != "deposit").group_by(Payment.means))
    return {means: cents for means, cents in rows}
