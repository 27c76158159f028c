"""Agreeing with a person on a plan for what they owe, and ending it to make another."""

from datetime import date, datetime

from sqlalchemy import select

from billing.actions.charging import lock_account
from billing.deposits import instalment_plan
from billing.models import ArrearsPlan
from billing.plans import check_plan
from billing.queries.accounts import balance_cents, settled
from billing.queries.plans import list_plans
from mobility import audit
from mobility.db import db
from mobility.errors import Conflict, NotFound
from mobility.models import Beneficiary
from mobility.periods import paris_day
from mobility.rights import Viewer


def agree_plan(account_id: int, *, cents: int, months: int, first_on: date, agreed: bool, by: Viewer, now: datetime) -> ArrearsPlan:
    """Monthly parts of what is owed. Raises NotFound, Conflict while another plan runs, RuleBroken beside the field."""
    account = lock_account(account_id)
    if any(line.is_live for line in list_plans(account_id)):
        raise Conflict("Un plan est en cours sur ce compte : arrêtez-le d’abord.")
    check_plan(cents, owed_cents=balance_cents(account_id), first_on=first_on, agreed=agreed, today=paris_day(now))
    parts = instalment_plan(cents, months, first_on)
    plan = ArrearsPlan(
        account_id=account_id,
        cents=cents,
        parts=[{"due_on": part.due_on.isoformat(), "cents": part.cents} for part in parts],
        paid_cents=settled(account_id).cents,
        agreed_at=now,
        agreed_by=by.account_id,
    )
    db.session.add(plan)
    audit.record("plan_agreed", plan, by=by, now=now, subject=db.session.get_one(Beneficiary, account.beneficiary_id))
    return plan


def end_plan(account_id: int, plan_id: int, *, reason: str, by: Viewer, now: datetime) -> ArrearsPlan:
    """Stop a plan that no longer fits; nothing is owed sooner for it. Raises NotFound, Conflict once it is over."""
    account = lock_account(account_id)
    plan = db.session.scalar(select(ArrearsPlan).filter(ArrearsPlan.id == plan_id, ArrearsPlan.account_id == account_id))
    if plan is None:
        raise NotFound
    if not any(line.is_live for line in list_plans(account_id) if line.plan.id == plan_id):
        raise Conflict("Ce plan est déjà soldé ou arrêté.")
    plan.ended_at, plan.ended_by, plan.ended_reason = now, by.account_id, reason
    audit.record("plan_ended", plan, by=by, now=now, subject=db.session.get_one(Beneficiary, account.beneficiary_id))
    return plan
