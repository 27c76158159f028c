"""One deposit over a chain of contracts: it follows to the rental that goes on, and goes back once none of them runs (domain.md §9)."""

from datetime import datetime

from sqlalchemy import select

from billing import deposits as rules
from billing.actions import refunds
from billing.actions.deposit_steps import lock_following, pure, sums_of, take_step, value_of
from billing.actions.deposits import set_release_date, written
from billing.deposits import SOLIDARITY_KEY
from billing.models import BillingAccount, CarriedDeposit, Deposit, DepositStep
from billing.queries.deposits import deposit_of, list_secured, plan_of
from mobility import audit, practice
from mobility.db import db
from mobility.models import Beneficiary
from mobility.periods import paris_day
from mobility.rights import Viewer


def carry_on(earlier_id: int, account: BillingAccount, *, usual_cents: int, by: Viewer, now: datetime) -> Deposit | None:
    """The deposit of an account secures the one that goes on with it too; None without one, when it is being given back, or nothing is
    left of it.

    For a vehicle of another kind that usually asks more, `usual_cents`, the difference is asked; where it asks less, nothing moves.
    """
    locked = lock_following(earlier_id)
    if locked is None:
        return None
    deposit, _ = locked
    sums = sums_of(deposit)
    value = value_of(deposit, sums)
    if not (value.held_cents or value.missing_cents > 0):
        return None
    if value.received_cents and refunds.are_under_way(deposit):  # what never came cannot be on its way back
        return None
    row = CarriedDeposit(account_id=account.id, deposit_id=deposit.id)
    db.session.add(row)
    deposit.release_on = None
    audit.record("deposit_carried", row, by=by, now=now, subject=_person(account))
    take_step(deposit, "carried", 0, reason=account.label, sums=sums, by=by, now=now)
    _raise(deposit, value, account, usual_cents, by=by, now=now)
    return deposit


def come_back(account_id: int, *, by: Viewer, now: datetime) -> None:
    """The vehicle of an account is back: its deposit has its day, unless a rental that goes on with this one needs it."""
    if (deposit := deposit_of(account_id)) and not _is_needed(deposit):
        set_release_date(deposit.id, returned_on=paris_day(now), by=by, now=now)


def let_go(account_id: int, *, by: Viewer, now: datetime) -> None:
    """A booking was cancelled before the keys: its deposit is asked no more, or goes back as the rental it came from had it.

    A vehicle that never left leaves no fine to wait for.
    """
    deposit = deposit_of(account_id)
    if deposit is None:
        return
    _uncarry(deposit, account_id, by=by, now=now)
    if _is_needed(deposit):
        return
    returns = [account.ended_at for account in list_secured(deposit.id) if account.ended_at is not None]
    on = paris_day(max(returns, default=now))
    set_release_date(deposit.id, returned_on=on, release_on=None if returns else on, by=by, now=now)


def _uncarry(deposit: Deposit, account_id: int, *, by: Viewer, now: datetime) -> None:
    row = db.session.scalar(select(CarriedDeposit).filter(CarriedDeposit.account_id == account_id, CarriedDeposit.deposit_id == deposit.id))
    if row is None:
        return
    account = db.session.get_one(BillingAccount, account_id)
    audit.record("deposit_left", row, by=by, now=now, subject=_person(account))
    db.session.delete(row)
    take_step(deposit, "left", 0, reason=account.label, by=by, now=now)
    _lower(deposit, account, by=by, now=now)


def _raise(deposit: Deposit, value: rules.Deposit, account: BillingAccount, usual_cents: int, *, by: Viewer, now: datetime) -> None:
    """Ask the difference by the day of the keys: they wait for it, or for its deferral, as for any deposit."""
    today = paris_day(now)
    percent = practice.value_on(SOLIDARITY_KEY, today) if deposit.reduced_reason else 100
    cents = rules.lacking(value, usual_cents, percent=percent)
    if not cents or _is_of_its_kind(deposit, account):
        return
    if value.missing_cents <= 0:
        deposit.deferred_reason = None  # what was put off came since: of the difference nobody spoke yet
    said = rules.say_raised(account.label, due_cents=deposit.due_cents, cents=cents)
    deposit.plan = [*deposit.plan, {"due_on": max(today, account.first_on).isoformat(), "cents": cents}]
    deposit.due_cents += cents
    take_step(deposit, "raised", cents, reason=said, owing=account, by=by, now=now)


def _lower(deposit: Deposit, account: BillingAccount, *, by: Viewer, now: datetime) -> None:
    """A rental whose kind asked the difference does not take place, nor another of that kind: what was not received is asked no more."""
    if _is_of_its_kind(deposit, account):
        return
    steps = select(DepositStep).join(BillingAccount, BillingAccount.id == DepositStep.owing_id)
    mine = steps.filter(DepositStep.deposit_id == deposit.id, BillingAccount.kind == account.kind)
    last = db.session.scalar(mine.filter(DepositStep.act.in_(("raised", "lowered"))).order_by(DepositStep.id.desc()).limit(1))
    cents = min(last.cents, pure(deposit).missing_cents) if last is not None and last.act == "raised" else 0
    if cents > 0:
        deposit.plan = written(rules.shortened(plan_of(deposit), cents))
        deposit.due_cents -= cents
        take_step(deposit, "lowered", cents, reason=account.label, owing=account, by=by, now=now)


def _is_of_its_kind(deposit: Deposit, account: BillingAccount) -> bool:
    """Whether the deposit secures another rental of the same kind: that one asked, or asks, as much."""
    return any(one.kind == account.kind for one in list_secured(deposit.id) if one.id != account.id)


def _is_needed(deposit: Deposit) -> bool:
    return any(account.closed_at is None for account in list_secured(deposit.id))


def _person(account: BillingAccount) -> Beneficiary:
    return db.session.get_one(Beneficiary, account.beneficiary_id)
