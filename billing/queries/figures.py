"""The treasurer's figures, from the sums of each month that the ledger keeps, and the lists they are made of."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Select, bindparam, case, exists, func, select

from billing.entries import COMMITMENT_OF
from billing.ledger import CHART, OF_CHARGES, OF_LOSSES
from billing.models import BillingAccount, ChasePause, JournalEntry, LedgerLine, LedgerMonth
from billing.queries.pauses import runs_on
from mobility.db import Kept, db, total_of
from mobility.models import Beneficiary

SALES = "VE"
SIDES = {"charged": "Facturé", "paid": "Payé", "lost": "Passé en perte"}  # of the people's account
STATES = {"due": "à recevoir", "ahead": "payé d’avance", "running": "en cours"}
DEBIT_LESS_CREDIT = LedgerLine.debit_cents - LedgerLine.credit_cents
_MONTHS_MOVE = LedgerMonth.debit_cents - LedgerMonth.credit_cents
_OWED = (
    select(LedgerLine.account_id, total_of(DEBIT_LESS_CREDIT).label("cents"))
    .filter(LedgerLine.ledger_code == "411")
    .group_by(LedgerLine.account_id)
    .subquery()
)
OWED_CENTS = func.coalesce(_OWED.c.cents, 0)


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
        """Uncashed cheques, guarantees and cards on file, off the balance sheet."""
        return sum(self.by_code.get(code, 0) for code in COMMITMENT_OF.values())


def figures() -> Figures:
    """The books of the platform in force, now."""
    owed = total_of(case((_OWED.c.cents > 0, _OWED.c.cents), else_=0))
    ahead = total_of(case((_OWED.c.cents < 0, -_OWED.c.cents), else_=0))
    due_cents, ahead_cents = db.session.execute(select(owed, ahead)).one()
    rows = db.session.execute(select(LedgerMonth.ledger_code, total_of(_MONTHS_MOVE)).group_by(LedgerMonth.ledger_code))
    by_code = {code: cents for code, cents in rows}
    return Figures(due_cents=due_cents, ahead_cents=ahead_cents, by_code={code: by_code.get(code, 0) for code in CHART})


def balance_of(code: str) -> int:
    """What stands on one ledger account, in cents: debit less credit."""
    return db.session.scalar(select(total_of(_MONTHS_MOVE)).filter(LedgerMonth.ledger_code == code)) or 0


def moved_in(year: int) -> tuple[int, int]:
    """Cents charged and cents paid in a year, by the day they were entered; credits and refunds taken off, nothing written off counted."""
    charged = total_of(case((LedgerMonth.journal == SALES, _MONTHS_MOVE), else_=0))
    paid = total_of(case((LedgerMonth.journal.not_in(OF_CHARGES), -_MONTHS_MOVE), else_=0))
    of_people = LedgerMonth.ledger_code.in_(("411", *OF_LOSSES))  # a loss stands on both sides: it is no payment
    of_the_year = LedgerMonth.month_on.between(date(year, 1, 1), date(year, 12, 31))
    charged_cents, paid_cents = db.session.execute(select(charged, paid).filter(of_people, of_the_year)).one()
    return charged_cents, paid_cents


def all_accounts() -> Select[BillingAccount, Beneficiary, int]:
    """Every account with its person and what is owed on it: what lists narrow and order."""
    return (
        select(BillingAccount, Beneficiary, OWED_CENTS)
        .join(Beneficiary, Beneficiary.id == BillingAccount.beneficiary_id)
        .outerjoin(_OWED, _OWED.c.account_id == BillingAccount.id)
    )


def read_account_line(row: Any) -> AccountLine:
    """An account as lists show it."""
    account, person, owed = row
    return AccountLine(account=account, person=person, balance_cents=int(owed))


_MOST_OWED = Kept(
    all_accounts()
    .add_columns(func.count().over())
    .filter(OWED_CENTS > 0, ~exists().where(ChasePause.account_id == BillingAccount.id, runs_on(bindparam("today"))))
    .order_by(OWED_CENTS.desc(), BillingAccount.id.desc())
    .limit(bindparam("most"))
)


def list_most_owed(most: int, today: date) -> tuple[list[AccountLine], int]:
    """The accounts on which most is owed, the most first, and on how many something is; those that are paused stand aside."""
    rows = _MOST_OWED(most=most, today=today).all()
    return [read_account_line(row[:3]) for row in rows], rows[0][3] if rows else 0


def lines_of(code: str) -> Select[*tuple[Any, ...]]:
    """The lines of one ledger account: what lists narrow and order."""
    return (
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
        .filter(LedgerLine.ledger_code == code)
    )


def sum_ledger_lines(code: str, *, side: str | None = None, year: int | None = None) -> int:
    """What these lines come to, in cents: debit less credit, or the other way round for what was paid or lost."""
    query = select(total_of(DEBIT_LESS_CREDIT)).join(JournalEntry, JournalEntry.number == LedgerLine.entry_number)
    query = query.filter(LedgerLine.ledger_code == code)
    if side is not None:
        query = on_side(query, side)
    cents = db.session.scalar(query if year is None else in_year(query, year)) or 0
    return -cents if side in ("paid", "lost") else cents


def on_side(query: Any, side: str) -> Any:
    """Of the people's lines, those charged, those paid, or those written off and recovered."""
    if side == "charged":
        return query.filter(JournalEntry.journal == SALES)
    lost = JournalEntry.number.in_(select(LedgerLine.entry_number).filter(LedgerLine.ledger_code.in_(OF_LOSSES)).scalar_subquery())
    return query.filter(JournalEntry.journal.not_in(OF_CHARGES), lost if side == "lost" else ~lost)


def in_year(query: Any, year: int) -> Any:
    """The lines entered in a year."""
    return query.filter(JournalEntry.on.between(date(year, 1, 1), date(year, 12, 31)))


def in_state(query: Any, state: str) -> Any:
    """The accounts on which something is owed, those paid ahead, or those that still run."""
    match state:
        case "due":
            return query.filter(OWED_CENTS > 0)
        case "ahead":
            return query.filter(OWED_CENTS < 0)
        case _:
            return query.filter(BillingAccount.closed_at.is_(None))
