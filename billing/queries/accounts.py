"""One rental's money: its account, what was charged and paid, what is left, from the ledger itself."""

from sqlalchemy import select

from billing.ledger import OF_CHARGES
from billing.models import BillingAccount, Charge, JournalEntry, LedgerLine, Payment
from billing.queries.tariffs import may_read
from mobility.db import db, look_once, total_of
from mobility.errors import NotFound
from mobility.rights import Viewer

_OWED = LedgerLine.debit_cents - LedgerLine.credit_cents


def get_account(account_id: int, viewer: Viewer) -> BillingAccount:
    """An account, for staff and for its own person. Raises NotFound."""
    found = db.session.get(BillingAccount, account_id)
    if found is None:
        raise NotFound
    may_read(found.beneficiary_id, viewer)
    return found


def list_accounts(beneficiary_id: int, viewer: Viewer) -> list[BillingAccount]:
    """A person's accounts, the latest first. Raises NotFound when not for this viewer."""
    may_read(beneficiary_id, viewer)
    query = select(BillingAccount).filter(BillingAccount.beneficiary_id == beneficiary_id)
    newest_first = query.order_by(BillingAccount.opened_at.desc(), BillingAccount.id.desc())
    return look_once(BillingAccount, beneficiary_id, lambda: list(db.session.scalars(newest_first)))


def list_charges(account_id: int) -> list[Charge]:
    """An account's charges and credits, in the order they were posted."""
    return list(db.session.scalars(select(Charge).filter(Charge.account_id == account_id).order_by(Charge.id)))


def balance_cents(account_id: int) -> int:
    """What the person owes on this account today: charges less payments; below zero when they paid ahead."""
    query = select(total_of(_OWED)).filter(LedgerLine.account_id == account_id, LedgerLine.ledger_code == "411")
    return db.session.scalar(query) or 0


def charged_cents(account_id: int) -> int:
    """Everything charged so far, credits taken off."""
    return _moved(account_id, charged=True)


def rent_cents(account_id: int) -> int:
    """The rent charged so far, its credits taken off, without repairs and memberships."""
    query = select(total_of(Charge.cents)).filter(Charge.account_id == account_id, Charge.kind.in_(("rental", "credit")))
    return db.session.scalar(query) or 0


def paid_cents(account_id: int) -> int:
    """Everything received so far, refunds taken off; a deposit kept counts, because it settled a debt."""
    return -_moved(account_id, charged=False)


def owed_of(account_id: int, kind: str) -> int:
    """What is left to pay of one kind of debt beside the rent, never more than the account owes in all."""
    charged = db.session.scalar(select(total_of(Charge.cents)).filter(Charge.account_id == account_id, Charge.kind == kind))
    paid = db.session.scalar(
        select(total_of(Payment.cents - Payment.refunded_cents)).filter(
            Payment.account_id == account_id, Payment.purpose == kind, Payment.status == "settled"
        )
    )
    return max(min((charged or 0) - (paid or 0), balance_cents(account_id)), 0)


def _moved(account_id: int, *, charged: bool) -> int:
    """The person's account as sales and what was owed before moved it, or as all else did."""
    sales = JournalEntry.journal.in_(OF_CHARGES) if charged else JournalEntry.journal.not_in(OF_CHARGES)
    query = (
        select(total_of(_OWED))
        .join(JournalEntry, JournalEntry.number == LedgerLine.entry_number)
        .filter(LedgerLine.account_id == account_id, LedgerLine.ledger_code == "411", sales)
    )
    return db.session.scalar(query) or 0
