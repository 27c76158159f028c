"""Deposits: what is asked, held, deferred, and when it goes back."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import Row, Select, select

from billing.deposits import Instalment, is_on_plan
from billing.models import BillingAccount, Deposit, DepositStep
from billing.queries.tariffs import may_read
from mobility import clock
from mobility.db import db, look_once
from mobility.errors import NotFound
from mobility.models import Beneficiary
from mobility.rights import Viewer

READY = ("held", "deferred")
DepositLine = Row[Deposit, BillingAccount, Beneficiary]
_LINES = (
    select(Deposit, BillingAccount, Beneficiary)
    .join(BillingAccount, BillingAccount.id == Deposit.account_id)
    .join(Beneficiary, Beneficiary.id == BillingAccount.beneficiary_id)
)


def deposit_of(account_id: int) -> Deposit | None:
    """An account's latest deposit, None when none was asked."""
    query = select(Deposit).filter(Deposit.account_id == account_id).order_by(Deposit.id.desc()).limit(1)
    return look_once(Deposit, account_id, lambda: db.session.scalar(query))


def may_hand_over(account_id: int, today: date | None = None) -> bool:
    """Whether the deposit lets the keys go: held, coming in as planned, deferred so that no job start is blocked, or none asked."""
    return find_awaited(account_id, today) is None


def find_awaited(account_id: int, today: date | None = None) -> Deposit | None:
    """The deposit that keeps the keys back until it is received or deferred, None when nothing does."""
    deposit = deposit_of(account_id)
    if deposit is None or deposit.status in READY:
        return None
    comes = deposit.release_on is None and is_on_plan(deposit.held_cents, plan_of(deposit), today or clock.today())
    return None if comes else deposit


def plan_of(deposit: Deposit) -> tuple[Instalment, ...]:
    """The parts promised, in the order of their days."""
    return tuple(Instalment(due_on=date.fromisoformat(part["due_on"]), cents=part["cents"]) for part in deposit.plan)


def get_deposit(deposit_id: int, viewer: Viewer) -> Deposit:
    """A deposit, for staff and for its own person. Raises NotFound."""
    found = db.session.get(Deposit, deposit_id)
    if found is None:
        raise NotFound
    may_read(db.session.get_one(BillingAccount, found.account_id).beneficiary_id, viewer)
    return found


def list_steps(deposit_id: int) -> list[DepositStep]:
    """A deposit's steps, in the order they were taken."""
    return list(db.session.scalars(select(DepositStep).filter(DepositStep.deposit_id == deposit_id).order_by(DepositStep.id)))


def all_deposits() -> Select[Deposit, BillingAccount, Beneficiary]:
    """The deposits with their accounts and people, to be narrowed and put in order."""
    return _LINES


def list_deposits_of(beneficiary_id: int) -> Sequence[DepositLine]:
    """A person's deposits with their accounts, the latest first."""
    return db.session.execute(_LINES.filter(BillingAccount.beneficiary_id == beneficiary_id).order_by(Deposit.id.desc())).all()


def list_to_release(today: date) -> Sequence[DepositLine]:
    """Deposits still held whose day to go back has come, the longest waiting first."""
    query = _LINES.filter(Deposit.held_cents > 0, Deposit.release_on <= today)
    return db.session.execute(query.order_by(Deposit.release_on, Deposit.id)).all()
