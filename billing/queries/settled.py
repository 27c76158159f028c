"""Since when nothing of a rental's money is open any more."""

from datetime import date

from sqlalchemy import func, select

from billing.models import BillingAccount, Deposit, DepositPhoto, DepositStep
from billing.queries.accounts import balance_cents
from billing.queries.deposits import deposit_of
from mobility.db import db
from mobility.periods import paris_day


def settled_on(account_id: int) -> date | None:
    """The day its deposit was settled, or its end where none was held; None while the rental runs, owes, or its deposit is held.

    One deposit for a chain of rentals is settled for all of them at once.
    """
    account = db.session.get_one(BillingAccount, account_id)
    deposit = deposit_of(account_id)
    if account.ended_at is None or (deposit is not None and deposit.held_cents > 0) or balance_cents(account_id) > 0:
        return None
    ended_on = paris_day(account.ended_at)
    return max(ended_on, _last_step_on(deposit) or ended_on) if deposit is not None else ended_on


def proofs_of(account_id: int) -> list[DepositPhoto]:
    """The pictures and bills that show why parts of its deposit were kept."""
    asked = (
        select(DepositPhoto).join(DepositStep, DepositStep.id == DepositPhoto.step_id).join(Deposit, Deposit.id == DepositStep.deposit_id)
    )
    return list(db.session.scalars(asked.filter(Deposit.account_id == account_id).order_by(DepositPhoto.id)))


def _last_step_on(deposit: Deposit) -> date | None:
    at = db.session.scalar(select(func.max(DepositStep.at)).filter(DepositStep.deposit_id == deposit.id))
    return paris_day(at) if at else None
