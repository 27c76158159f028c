"""An account's plans for what it owes, and where each stands."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import bindparam, select

from billing.deposits import Instalment
from billing.models import ArrearsPlan
from billing.plans import LIVE, Standing, standing
from billing.queries.accounts import balance_cents, settled
from mobility.clock import today
from mobility.db import Kept


@dataclass(frozen=True, kw_only=True)
class PlanLine:
    """A plan, its parts as promised, and where it stands."""

    plan: ArrearsPlan
    parts: tuple[Instalment, ...]
    standing: Standing

    @property
    def is_live(self) -> bool:
        """Whether something is still awaited of it."""
        return self.standing.state in LIVE


_OF_ACCOUNT = Kept(select(ArrearsPlan).filter(ArrearsPlan.account_id == bindparam("account_id")).order_by(ArrearsPlan.id.desc()))


def list_plans(account_id: int) -> list[PlanLine]:
    """An account's plans, the latest first."""
    plans = list(_OF_ACCOUNT(account_id=account_id).scalars())
    if not plans:
        return []
    came, owed = settled(account_id).cents, balance_cents(account_id)
    return [line_of(plan, settled_cents=came, owed_cents=owed, on=today()) for plan in plans]


def line_of(plan: ArrearsPlan, *, settled_cents: int, owed_cents: int, on: date) -> PlanLine:
    """A plan beside what was settled on its account, and is owed on it, by now."""
    parts = tuple(Instalment(due_on=date.fromisoformat(part["due_on"]), cents=part["cents"]) for part in plan.parts)
    came = settled_cents - plan.paid_cents
    found = standing(parts, came_cents=came, owed_cents=owed_cents, is_ended=plan.ended_at is not None, today=on)
    return PlanLine(plan=plan, parts=parts, standing=found)
