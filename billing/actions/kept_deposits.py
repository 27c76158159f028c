"""A part of a deposit kept for a debt: with its coded reason, its ceiling, what it cost on paper and the pictures that show it."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select

from billing import deposits as rules
from billing.actions.charging import lock_account
from billing.actions.deposit_news import tell_kept
from billing.actions.deposit_proofs import keep_proofs
from billing.actions.deposit_steps import lock_deposit, pure, take_step
from billing.actions.refunds import check_settled
from billing.card_holds import ON_HOLD
from billing.keeping import Keeping, Limits, ceiling_key, check_keeping
from billing.models import BillingAccount, Deposit, DepositStep
from billing.queries.accounts import balance_cents
from billing.queries.deposits import list_secured
from billing.saved_cards import ON_FILE
from mobility import practice
from mobility.db import db, total_of
from mobility.errors import NotFound, RuleBroken
from mobility.rights import Viewer


def keep_deposit(
    deposit_id: int,
    *,
    cents: int,
    why: str,
    reason: str,
    cost_cents: int | None = None,
    photos: Sequence[int] = (),
    account_id: int | None = None,
    by: Viewer,
    now: datetime,
) -> DepositStep:
    """Keep a part for a debt that a charge has posted before, of the rental `account_id` or of the one that owes the most.

    Raises RuleBroken beside the field that is missing or above its limit, Conflict while a refund is under way.
    """
    wanted = Keeping(cents=cents, why=why, cost_cents=cost_cents, photos=len(photos))
    account = lock_owing(deposit_id, account_id)
    deposit, _ = lock_deposit(deposit_id)
    if deposit.kind in (ON_FILE, ON_HOLD):
        raise RuleBroken("Cette caution tient à une carte : demandez le débit depuis sa page.", field="cents")
    check_settled(deposit)
    check_keeping(wanted, limits_of(deposit, account, why))
    kept = rules.keep(pure(deposit), cents, reason)
    owing = account if account.id != deposit.account_id else None
    step = take_step(deposit, "kept", cents, reason=kept.kept_reason, owing=owing, by=by, now=now)
    step.why, step.cost_cents = why, cost_cents
    keep_proofs(step, account.beneficiary_id, photos, by=by, now=now)
    tell_kept(step, deposit, account, now=now)
    return step


def limits_of(deposit: Deposit, account: BillingAccount, why: str) -> Limits:
    """The ceiling is that of the day the rental began: whoever signed knew it."""
    counted = DepositStep.act.in_(("kept", "called"))  # what a bank refused, or was given up, is kept of nobody
    query = select(total_of(DepositStep.cents)).filter(DepositStep.deposit_id == deposit.id, DepositStep.why == why, counted)
    return Limits(
        held_cents=pure(deposit).held_cents,
        owed_cents=balance_cents(account.id),
        ceiling_cents=practice.value_on(ceiling_key(why), account.first_on),
        kept_cents=db.session.scalar(query) or 0,
    )


def lock_owing(deposit_id: int, account_id: int | None) -> BillingAccount:
    """The account whose debt is settled, locked before the one the deposit was asked for: as at a return."""
    secured = [account.id for account in list_secured(deposit_id)]
    if not secured:
        raise NotFound
    if account_id is not None and account_id not in secured:
        raise RuleBroken("Cette caution ne garantit pas cette location.", field="account_id")
    return lock_account(account_id or max(secured, key=balance_cents))
