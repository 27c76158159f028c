"""The accounts on which something is owed, by its age: the list, and the sums of that very list."""

from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Any

from sqlalchemy import ColumnElement, ScalarSelect, Select, Subquery, case, func, select

from billing.arrears import AGES, Aged, first_days
from billing.ledger import OF_CHARGES
from billing.models import ArrearsPlan, BillingAccount, ChasePause, JournalEntry, LedgerLine
from billing.queries.figures import DEBIT_LESS_CREDIT
from billing.queries.pauses import runs_on
from billing.queries.plans import PlanLine, line_of
from mobility.clock import today
from mobility.db import db, total_of
from mobility.models import Beneficiary


@dataclass(frozen=True, kw_only=True)
class ArrearLine:
    """An account on which something is owed: whose, how much in all, how long it has been, the latest plan for it, the running pause."""

    account: BillingAccount
    person: Beneficiary
    owed_cents: int
    aged: Aged
    plan: PlanLine | None
    pause: ChasePause | None


def arrears(today: date) -> Select[*tuple[Any, ...]]:
    """The accounts, what is owed on each, and its parts by age (the columns are named as AGES): what lists narrow, order and add up."""
    owed = _owed(today)
    parts = [part.label(age) for age, part in zip(AGES, _parts(owed), strict=True)]
    lines = select(BillingAccount, Beneficiary, ArrearsPlan, ChasePause, owed.c.cents, owed.c.settled, *parts)
    lines = lines.join(owed, owed.c.account_id == BillingAccount.id).join(Beneficiary, Beneficiary.id == BillingAccount.beneficiary_id)
    lines = lines.outerjoin(ChasePause, (ChasePause.account_id == BillingAccount.id) & runs_on(today))
    return lines.outerjoin(ArrearsPlan, ArrearsPlan.id == _latest_plan()).filter(owed.c.cents > 0)


def sum_arrears(today: date) -> Aged:
    """What the lines of `arrears` come to, by age."""
    lines = arrears(today)
    parts = lines.with_only_columns(*(lines.selected_columns[age] for age in AGES)).subquery()
    return Aged(**db.session.execute(select(*(total_of(parts.c[age]).label(age) for age in AGES))).one()._asdict())


def of_age(query: Any, age: str) -> Any:
    """The lines of which a part has this age."""
    return query.filter(query.selected_columns[age] > 0)


def paused(query: Any, is_paused: str) -> Any:
    """The lines that a pause runs on, or those that none does."""
    return query.filter(ChasePause.id.is_not(None) if is_paused == "yes" else ChasePause.id.is_(None))


def read_arrear(row: Any) -> ArrearLine:
    """A line as lists show it."""
    account, person, plan, pause, cents, settled, *parts = row
    stands = line_of(plan, settled_cents=settled, owed_cents=cents, on=today()) if plan else None
    return ArrearLine(
        account=account, person=person, owed_cents=cents, aged=Aged(**dict(zip(AGES, parts, strict=True))), plan=stands, pause=pause
    )


def _latest_plan() -> ScalarSelect[int]:
    """The id of an account's last plan."""
    latest = select(func.max(ArrearsPlan.id)).filter(ArrearsPlan.account_id == BillingAccount.id)
    return latest.correlate(BillingAccount).scalar_subquery()


def _owed(today: date) -> Subquery:
    """What each account owes, and what was charged on it since each of the days that bound an age."""
    since = [
        total_of(case((JournalEntry.on >= day, LedgerLine.debit_cents), else_=0)).label(f"since_{place}")
        for place, day in enumerate(first_days(today))
    ]
    settled = total_of(case((JournalEntry.journal.not_in(OF_CHARGES), -DEBIT_LESS_CREDIT), else_=0)).label("settled")
    sums = select(LedgerLine.account_id, total_of(DEBIT_LESS_CREDIT).label("cents"), settled, *since)
    of_people = sums.join(JournalEntry, JournalEntry.number == LedgerLine.entry_number).filter(LedgerLine.ledger_code == "411")
    return of_people.group_by(LedgerLine.account_id).subquery()


def _parts(owed: Subquery) -> list[ColumnElement[int]]:
    """What is left of the charges of each age, the youngest first: those are the last that payments come to."""
    bounds = [column for name, column in owed.c.items() if name.startswith("since_")]
    older = [owed.c.cents, *(case((owed.c.cents > younger, owed.c.cents - younger), else_=0) for younger in bounds)]
    return [one - next_one for one, next_one in pairwise(older)] + [older[-1]]
