"""Orders to hirers: where each stands, its invoices, who bears them, and what is owed to whom (domain.md §3.5)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, exists, func, select
from sqlalchemy.orm import aliased

from billing import hires
from billing.hires import WARN_DAYS, Bill, Ordered, Parts, Step, bill_of, party_of
from billing.ledger import HIRED, HIRERS, OF_PAYERS, SHARES_BORNE
from billing.models import BillingAccount, HireOrder, Hirer, HireStep, LedgerLine
from billing.queries.figures import DEBIT_LESS_CREDIT
from mobility import practice
from mobility.db import db, total_of
from mobility.errors import NotFound
from mobility.models import Beneficiary
from mobility.periods import paris_day

_Undo = aliased(HireStep)
STANDS = ~exists().where(_Undo.about_id == HireStep.id, _Undo.act == hires.UNDONE)


def _sum(*acts: str) -> ColumnElement[int]:
    return total_of(case((HireStep.act.in_(acts), HireStep.cents), else_=0))


_TOTALS = (
    select(
        HireStep.hire_id,
        _sum(hires.BILLED).label("invoiced"),
        (_sum(hires.BILLED, hires.CALLED) - _sum(hires.CREDITED, hires.PAID)).label("owed"),
        (_sum(hires.GUARANTEED) - _sum(hires.RELEASED, hires.CALLED)).label("guaranteed"),
    )
    .filter(STANDS)
    .group_by(HireStep.hire_id)
    .subquery()
)
INVOICED_CENTS = func.coalesce(_TOTALS.c.invoiced, 0)
LEFT_CENTS = func.coalesce(_TOTALS.c.owed, 0)
GUARANTEED_CENTS = func.coalesce(_TOTALS.c.guaranteed, 0)
STATE: ColumnElement[str] = case(
    (HireOrder.cancelled_at.is_not(None), hires.CANCELLED),
    (LEFT_CENTS > 0, hires.INVOICED),
    (and_(INVOICED_CENTS > 0, BillingAccount.ended_at.is_not(None)), hires.SETTLED),
    (HireOrder.contract_number.is_(None), hires.ORDERED),
    (BillingAccount.started_at.is_not(None), hires.RUNNING),
    else_=hires.CONTRACT,
)
_ABOUT = (
    select(HireStep.about_id, _sum(hires.CREDITED, hires.PAID).label("settled"))
    .filter(STANDS, HireStep.about_id.is_not(None))
    .group_by(HireStep.about_id)
    .subquery()
)
BILL_LEFT = HireStep.cents - func.coalesce(_ABOUT.c.settled, 0)


@dataclass(frozen=True, kw_only=True)
class HireRow:
    """An order with its hirer, its rental's account and person, where it stands, and cents owed to the hirer and guaranteed."""

    order: HireOrder
    hirer: Hirer
    account: BillingAccount
    person: Beneficiary
    state: str
    left_cents: int
    guaranteed_cents: int

    @property
    def number(self) -> str:
        """As it is printed."""
        return hires.number_of(self.order.number)


@dataclass(frozen=True, kw_only=True)
class BillRow:
    """A hirer's invoice in a list: of which order and person, and what is left to pay."""

    step: HireStep
    order: HireOrder
    hirer: Hirer
    person: Beneficiary
    left_cents: int


@dataclass(frozen=True, kw_only=True)
class HirerLine:
    """A hirer, and what it is owed in cents by the ledger."""

    hirer: Hirer
    owed_cents: int


def all_hires() -> Select[*tuple[Any, ...]]:
    """Every order with all that lists narrow and order by."""
    what = select(HireOrder, Hirer, BillingAccount, Beneficiary, STATE, LEFT_CENTS, GUARANTEED_CENTS)
    joined = what.join(Hirer, Hirer.id == HireOrder.hirer_id).join(BillingAccount, BillingAccount.id == HireOrder.account_id)
    return joined.join(Beneficiary, Beneficiary.id == BillingAccount.beneficiary_id).outerjoin(_TOTALS, _TOTALS.c.hire_id == HireOrder.id)


def read_hire(row: Any) -> HireRow:
    """An order as lists show it."""
    order, hirer, account, person, state, left, guaranteed = row
    told = {"state": state, "left_cents": int(left), "guaranteed_cents": int(guaranteed)}
    return HireRow(order=order, hirer=hirer, account=account, person=person, **told)


def get_hire(hire_id: int) -> HireRow:
    """One order. Raises NotFound."""
    row = db.session.execute(all_hires().filter(HireOrder.id == hire_id)).first()
    if row is None:
        raise NotFound
    return read_hire(row)


def hires_of(account_id: int) -> list[HireRow]:
    """A rental's orders, the latest first."""
    query = all_hires().filter(HireOrder.account_id == account_id).order_by(HireOrder.id.desc())
    return [read_hire(row) for row in db.session.execute(query)]


def find_live_order(account_id: int) -> HireOrder | None:
    """The order that a rental goes by now, if it goes by one."""
    query = select(HireOrder).filter(HireOrder.account_id == account_id, HireOrder.cancelled_at.is_(None))
    return db.session.scalar(query.order_by(HireOrder.id.desc()).limit(1))


def list_hire_steps(hire_id: int) -> list[HireStep]:
    """All that happened to an order, in order."""
    return list(db.session.scalars(select(HireStep).filter(HireStep.hire_id == hire_id).order_by(HireStep.id)))


def get_step(hire_id: int, step_id: int, *acts: str) -> HireStep:
    """One of them, of these acts when some are named. Raises NotFound."""
    found = db.session.scalar(select(HireStep).filter(HireStep.id == step_id, HireStep.hire_id == hire_id))
    if found is None or (acts and found.act not in acts):
        raise NotFound
    return found


def as_steps(rows: Iterable[HireStep]) -> list[Step]:
    """Rows as the rules read them."""
    return [Step(id=row.id, act=row.act, cents=row.cents, about_id=row.about_id) for row in rows]


def bill_in(invoice: HireStep, rows: Iterable[HireStep]) -> Bill:
    """How an invoice of an order fares."""
    found = as_steps([invoice])[0]
    return bill_of(found, as_steps(rows), differs=bool((invoice.content or {}).get("differences")))


def ordered_of(order: HireOrder) -> Ordered:
    """What was ordered, as the rules read it."""
    return Ordered(first_on=order.first_on, last_on=order.last_on, unit=order.unit, unit_cents=order.unit_cents)


def parts_of(account_id: int) -> Parts:
    """Who bears what the hirer invoiced for a rental, by the ledger."""
    codes = (HIRED, "706", OF_PAYERS, SHARES_BORNE)
    query = select(LedgerLine.ledger_code, total_of(DEBIT_LESS_CREDIT)).filter(
        LedgerLine.account_id == account_id, LedgerLine.ledger_code.in_(codes)
    )
    return hires.parts_from({code: int(cents) for code, cents in db.session.execute(query.group_by(LedgerLine.ledger_code))})


def all_bills() -> Select[*tuple[Any, ...]]:
    """Every invoice of a hirer that stands, with what is left to pay."""
    joined = select(HireStep, HireOrder, Hirer, Beneficiary, BILL_LEFT).join(HireOrder, HireOrder.id == HireStep.hire_id)
    joined = joined.join(Hirer, Hirer.id == HireOrder.hirer_id).join(BillingAccount, BillingAccount.id == HireOrder.account_id)
    joined = joined.join(Beneficiary, Beneficiary.id == BillingAccount.beneficiary_id)
    return joined.outerjoin(_ABOUT, _ABOUT.c.about_id == HireStep.id).filter(HireStep.act == hires.BILLED, STANDS)


def read_bill(row: Any) -> BillRow:
    """An invoice as lists show it."""
    step, order, hirer, person, left = row
    return BillRow(step=step, order=order, hirer=hirer, person=person, left_cents=int(left))


def is_taken(hirer_id: int, reference: str) -> bool:
    """Whether an invoice of this hirer stands under this number, in capitals or not: as the database folds both."""
    found = all_bills().filter(Hirer.id == hirer_id, func.lower(HireStep.reference) == func.lower(reference))
    return db.session.execute(found.limit(1)).first() is not None


def list_hirers() -> list[HirerLine]:
    """The platform's hirers by name, each with what it is owed."""
    owed = select(LedgerLine.subject_number, total_of(-DEBIT_LESS_CREDIT)).filter(LedgerLine.ledger_code == HIRERS)
    by_party = {party: int(cents) for party, cents in db.session.execute(owed.group_by(LedgerLine.subject_number))}
    found = db.session.scalars(select(Hirer).order_by(Hirer.name))
    return [HirerLine(hirer=hirer, owed_cents=by_party.get(party_of(hirer.id), 0)) for hirer in found]


def get_hirer(hirer_id: int) -> Hirer:
    """A hirer. Raises NotFound."""
    found = db.session.get(Hirer, hirer_id)
    if found is None:
        raise NotFound
    return found


def due_back(query: Any, today: date) -> Any:
    """The orders whose vehicle the hirer wants back by now or within the days of warning, and does not have."""
    by_on = today + timedelta(days=practice.value_on(WARN_DAYS, today))
    return query.filter(HireOrder.cancelled_at.is_(None), BillingAccount.ended_at.is_(None), HireOrder.last_on <= by_on)


def said_return(row: HireRow, today: date) -> tuple[str, str] | None:
    """What there is to say of the day the hirer wants the vehicle back; nothing of an order that was cancelled."""
    if row.order.cancelled_at is not None:
        return None
    ended_on = paris_day(row.account.ended_at) if row.account.ended_at else None
    return hires.say_return(row.order.last_on, ended_on=ended_on, today=today, warn_days=practice.value_on(WARN_DAYS, today))
