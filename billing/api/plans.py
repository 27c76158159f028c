"""Plans for what is owed in JSON: the page's own actions."""

from typing import Any

from billing.actions.plans import agree_plan, end_plan
from billing.queries.accounts import get_account
from billing.queries.plans import PlanLine, list_plans
from billing.schemas.plans import PlanEndSchema, PlanOutSchema, PlanSchema
from billing.views.money import MONEY
from mobility.clock import now
from mobility.rights import Role
from mobility.web.access import allow
from mobility.web.api import Blueprint
from mobility.web.looks import look
from mobility.web.viewer import viewer

blp = Blueprint("plans_api", __name__, url_prefix="/api/v1/p/<slug>", description="Plans pour ce qui est dû")


@blp.get("/money/accounts/<int:account_id>/plans")
@blp.response(200, PlanOutSchema(many=True))
@allow(*MONEY, Role.BENEFICIARY)
def show(account_id: int) -> list[PlanLine]:
    """An account's plans, the latest first, and where each stands; for its person too."""
    look(get_account(account_id, viewer()).beneficiary_id, page="plans")
    return list_plans(account_id)


@blp.post("/money/accounts/<int:account_id>/plans")
@blp.arguments(PlanSchema)
@blp.response(201, PlanOutSchema)
@allow(*MONEY)
def create(asked: dict[str, Any], account_id: int) -> PlanLine:
    """Agree on a plan in monthly parts."""
    agree_plan(account_id, **asked, by=viewer(), now=now())
    return list_plans(account_id)[0]


@blp.post("/money/accounts/<int:account_id>/plans/<int:plan_id>/end")
@blp.arguments(PlanEndSchema)
@blp.response(200, PlanOutSchema)
@allow(*MONEY)
def end(asked: dict[str, Any], account_id: int, plan_id: int) -> PlanLine:
    """Stop a plan that no longer fits."""
    end_plan(account_id, plan_id, **asked, by=viewer(), now=now())
    return next(line for line in list_plans(account_id) if line.plan.id == plan_id)
