"""One rental's money: its account, what was charged and paid, what is left, from the ledger itself."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import bindparam, case, select

from billing.ledger import OF_CHARGES, OF_LOSSES
from billing.models import BillingAccount, Charge, JournalEntry, LedgerLine, Payment
from billing.queries.tariffs import may_read
from billing.terms import thaw
from mobility.db import Kept, db, look_once, total_of
from mobility.errors import NotFound
from mobility.periods import months_after
from mobility.rights import Viewer

_OWED = LedgerLine.debit_cents - LedgerLine.credit_cents
_ACCOUNTS = Kept(
    select(BillingAccount)
    .filter(BillingAccount.beneficiary_id == bindparam("beneficiary_id"))
    .order_by(BillingAccount.opened_at.desc(), BillingAccount.id.desc())
)
_CHARGES = Kept(select(Charge).filter(Charge.account_id == bindparam("account_id")).order_by(Charge.id))
_RENT = Kept(select(total_of(Charge.cents)).filter(Charge.account_id == bindparam("account_id"), Charge.kind.in_(("rental", "credit"))))
_OF_ACCOUNT = select(total_of(_OWED)).filter(LedgerLine.account_id == bindparam("account_id"), LedgerLine.ledger_code == "411")
_BALANCE = Kept(_OF_ACCOUNT)
# The person's account as sales and what was owed before moved it, and as all else did.
_ENTERED = _OF_ACCOUNT.join(JournalEntry, JournalEntry.number == LedgerLine.entry_number)
_CHARGED = Kept(_ENTERED.filter(JournalEntry.journal.in_(OF_CHARGES)))
_IS_DEBT, _IS_CHARGED = LedgerLine.ledger_code == "411", JournalEntry.journal.in_(OF_CHARGES)
_SUMS = (
    select(
        total_of(case((_IS_DEBT & ~_IS_CHARGED, -_OWED), else_=0)).label("cents"),
        total_of(case((~_IS_DEBT & ~_IS_CHARGED, _OWED), else_=0)).label("lost_cents"),
        total_of(case((_IS_DEBT, _OWED), else_=0)).label("balance_cents"),
    )
    .join(JournalEntry, JournalEntry.number == LedgerLine.entry_number)
    .filter(LedgerLine.account_id == bindparam("account_id"), LedgerLine.ledger_code.in_(("411", *OF_LOSSES)))
)
_SETTLED = Kept(_SUMS)
_STANDING = _SUMS.subquery()
_STANDS = Kept(
    select(*_STANDING.c, Charge).select_from(_STANDING).outerjoin(Charge, Charge.account_id == bindparam("account_id")).order_by(Charge.id)
)


@dataclass(frozen=True, kw_only=True)
class Settled:
    """What of an account's charges is no longer owed, in cents, the part of it that was written off and not recovered, and what is
    still owed today (below zero when paid ahead)."""

    cents: int
    lost_cents: int
    balance_cents: int

    @property
    def paid_cents(self) -> int:
        """What was received."""
        return self.cents - self.lost_cents


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
    return look_once(BillingAccount, beneficiary_id, lambda: list(_ACCOUNTS(beneficiary_id=beneficiary_id).scalars()))


def list_charges(account_id: int) -> list[Charge]:
    """An account's charges and credits, in the order they were posted."""
    return list(_CHARGES(account_id=account_id).scalars())


def balance_cents(account_id: int) -> int:
    """What the person owes on this account today: charges less payments; below zero when they paid ahead."""
    return _BALANCE(account_id=account_id).scalar() or 0


def charged_cents(account_id: int) -> int:
    """Everything charged so far, credits taken off."""
    return _CHARGED(account_id=account_id).scalar() or 0


def rent_cents(account_id: int) -> int:
    """The rent charged so far, its credits taken off, without repairs and memberships."""
    return _RENT(account_id=account_id).scalar() or 0


def paid_cents(account_id: int) -> int:
    """Everything received so far, refunds taken off; a deposit kept counts, because it settled a debt."""
    return settled(account_id).paid_cents


def settled(account_id: int) -> Settled:
    """What payments and losses have settled so far: the oldest charges first, whichever it was."""
    cents, lost_cents, left_cents = _SETTLED(account_id=account_id).one()
    return Settled(cents=cents, lost_cents=lost_cents, balance_cents=left_cents)


def stands(account_id: int) -> tuple[Settled, list[Charge]]:
    """The same beside the account's charges, in one statement: for a payment under the account's lock."""
    rows = _STANDS(account_id=account_id).all()
    cents, lost_cents, left_cents, _ = rows[0]
    return Settled(cents=cents, lost_cents=lost_cents, balance_cents=left_cents), [charge for *_, charge in rows if charge is not None]


def owed_of(account_id: int, kind: str) -> int:
    """What is left to pay of one kind of debt beside the rent, never more than the account owes in all."""
    charged = db.session.scalar(select(total_of(Charge.cents)).filter(Charge.account_id == account_id, Charge.kind == kind))
    paid = db.session.scalar(
        select(total_of(Payment.cents - Payment.refunded_cents)).filter(
            Payment.account_id == account_id, Payment.purpose == kind, Payment.status == "settled"
        )
    )
    return max(min((charged or 0) - (paid or 0), balance_cents(account_id)), 0)


def membership_due_cents(account: BillingAccount, today: date) -> int:
    """The year's membership by the account's tariff, while none was put on any account of the person for a year; 0 when it asks none."""
    cents = thaw(account.terms).tariff.membership_cents
    paid = select(Charge.id).join(BillingAccount, BillingAccount.id == Charge.account_id)
    paid = paid.filter(BillingAccount.beneficiary_id == account.beneficiary_id, Charge.kind == "membership")
    if cents and db.session.scalar(paid.filter(Charge.first_on > months_after(today, -12)).limit(1)) is not None:
        return 0
    return cents
