"""The plan as JSON: worked out when asked, kept, accepted line by line."""

from typing import Any

from fleet.actions import proposals
from fleet.actions.plan import keep_plan
from fleet.api.waiting import held_as
from fleet.queries.kept_plan import KeptPlan, read_plan
from fleet.queries.plan import draw_plan
from fleet.queries.proposals import find_open
from fleet.schemas.plan import PlanOut
from fleet.schemas.waiting import GiveSchema, ProposalOut
from fleet.schemas.work_orders import NothingSchema
from mobility.clock import now
from mobility.db import transaction
from mobility.rights import Role
from mobility.web.access import allow, own_transactions
from mobility.web.api import Blueprint
from mobility.web.viewer import viewer

blp = Blueprint("plan_api", __name__, url_prefix="/api/v1/p/<slug>", description="Plan d’affectation")


@blp.get("/waiting/plan")
@blp.response(200, PlanOut)
@allow(Role.ADVISER, Role.MANAGER)
def show() -> KeptPlan:
    """The last plan: who would get which vehicle in the coming two weeks, and what became of each line since."""
    return read_plan(now())


@blp.post("/waiting/plan")
@blp.arguments(NothingSchema)
@blp.response(200, PlanOut)
@allow(Role.ADVISER, Role.MANAGER)
@own_transactions
def draw(asked: dict[str, Any]) -> KeptPlan:
    """Work the plan out so that the most job starts are kept, in place of the former one; nothing moves."""
    drawn, who = draw_plan(now()), viewer()
    with transaction():
        keep_plan(drawn, by=who, now=now())
    return read_plan(now())


@blp.post("/waiting/<int:request_id>/give")
@blp.arguments(GiveSchema)
@blp.response(200, ProposalOut)
@allow(Role.ADVISER, Role.MANAGER)
def give(asked: dict[str, Any], request_id: int) -> dict[str, Any] | None:
    """Yes to one line: the vehicle is held for them."""
    proposals.give(request_id, **asked, by=viewer(), now=now())
    return held_as(find_open(request_id, now()))
