"""The treasurer's figures, straight from the ledger, and the lists they are made of."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Row, case, func, select

from billing.ledger import CHART
from billing.models import BillingAccount, JournalEntry, LedgerLine
from mobility.db import db
from mobility.models import Beneficiary

PAGE = 50
SALES = "VE"
SIDES = {"charged": "Facturé", "paid": "Payé"}  # of the people's account
STATES = ("due", "ahead", "running", "all")
_DEBIT_LESS_CREDIT = LedgerLine.debit_cents - LedgerLine.credit_cents


@dataclass(frozen=True, kw_only=True)
class AccountLine:
    """An account in a list: whose, and what is owed on it (below zero: paid ahead)."""

    account: BillingAccount
    person: Beneficiary
    balance_cents: int


@dataclass(frozen=True, kw_only=True)
class Figures:
    """What stands in the books: owed by people, paid ahead by them, and each ledger account's balance in cents (debit less credit)."""

    due_cents: int
    ahead_cents: int
    by_code: dict[str, int]

    @property
    def deposits_cents(self) -> int:
        """Deposits in hand: a liability, so it stands on the credit side."""
        return -self.by_code.get("165", 0)

    @property
    def commitments_cents(self) -> int:
        """Uncashed cheques and guarantees held, off the balance sheet."""
        return self.by_code.get("8021", 0) + self.by_code.get("8028", 0)


def figures() -> Figures:
    """The books of the platform in force, now."""
    balances = _balances().subquery()
    owed = func.coalesce(func.sum(case((balances.c.cents > 0, balances.c.cents), else_=0)), 0)
    ahead = func.coalesce(func.sum(case((balances.c.cents < 0, -balances.c.cents), else_=0)), 0)
    due_cents, ahead_cents = db.session.execute(select(owed, ahead)).one()
    rows = db.session.execute(select(LedgerLine.ledger_code, func.sum(_DEBIT_LESS_CREDIT)).group_by(LedgerLine.ledger_code))
    by_code = {code: int(cents) for code, cents in rows}
    return Figures(due_cents=int(due_cents), ahead_cents=int(ahead_cents), by_code={code: by_code.get(code, 0) for code in CHART})


def moved_in(year: int) -> tuple[int, int]:
    """Cents charged and cents paid in a year, by the day they were entered; credits and refunds taken off."""
    return sum_ledger_lines("411", side="charged", year=year), sum_ledger_lines("411", side="paid", year=year)


def list_account_lines(state: str = "all", *, page: int | None = 1) -> list[AccountLine]:
    """Accounts in a state ("due", "ahead", "running", "all"), most owed first; one row more than a page when there are more.

    Without a page, all of them.
    """
    balances = _balances().subquery()
    cents = func.coalesce(balances.c.cents, 0)
    query = (
        select(BillingAccount, Beneficiary, cents)
        .join(Beneficiary, Beneficiary.id == BillingAccount.beneficiary_id)
        .outerjoin(balances, balances.c.account_id == BillingAccount.id)
    )
    if state == "due":
        query = query.filter(cents > 0)
    elif state == "ahead":
        query = query.filter(cents < 0)
    elif state == "running":
        query = query.filter(BillingAccount.closed_at.is_(None))
    rows = db.session.execute(_page(query.order_by(cents.desc(), BillingAccount.id.desc()), page))
    return [AccountLine(account=account, person=person, balance_cents=int(owed)) for account, person, owed in rows]


def list_ledger_lines(code: str, *, side: str | None = None, year: int | None = None, page: int | None = 1) -> list[Row[Any]]:
    """The lines of one ledger account, the latest first: number, on, label, reference, subject_number, debit_cents, credit_cents.

    Of the people's account `side` takes what was charged or what was paid; `year` the entries of a year; without a page, all of them.
    """
    query = (
        select(
            JournalEntry.number,
            JournalEntry.on,
            JournalEntry.journal,
            JournalEntry.label,
            JournalEntry.reference,
            LedgerLine.account_id,
            LedgerLine.subject_number,
            LedgerLine.debit_cents,
            LedgerLine.credit_cents,
        )
        .join(LedgerLine, LedgerLine.entry_number == JournalEntry.number)
        .filter(*_chosen(code, side, year))
    )
    return list(db.session.execute(_page(query.order_by(JournalEntry.number.desc(), LedgerLine.position), page)))


def sum_ledger_lines(code: str, *, side: str | None = None, year: int | None = None) -> int:
    """What these lines come to, in cents: debit less credit, or the other way round for what was paid."""
    query = select(func.sum(_DEBIT_LESS_CREDIT)).join(JournalEntry, JournalEntry.number == LedgerLine.entry_number)
    cents = int(db.session.scalar(query.filter(*_chosen(code, side, year))) or 0)
    return -cents if side == "paid" else cents


def _chosen(code: str, side: str | None, year: int | None) -> list[Any]:
    chosen = [LedgerLine.ledger_code == code]
    if side is not None:
        chosen.append(JournalEntry.journal == SALES if side == "charged" else JournalEntry.journal != SALES)
    if year is not None:
        chosen.append(JournalEntry.on.between(date(year, 1, 1), date(year, 12, 31)))
    return chosen


def _balances() -> Any:
    query = select(LedgerLine.account_id, func.sum(_DEBIT_LESS_CREDIT).label("cents"))
    return query.filter(LedgerLine.ledger_code == "411").group_by(LedgerLine.account_id)


def _page(query: Any, page: int | None) -> Any:
    return query if page is None else query.limit(PAGE + 1).offset((page - 1) * PAGE)
