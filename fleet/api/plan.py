"""The plan as JSON: drawn anew each time, accepted line by line."""

from typing import Any

from fleet.actions import proposals
from fleet.api.waiting import held_as
from fleet.queries.plan import Plan, draw_plan
from fleet.queries.proposals import find_open
from fleet.schemas.plan import PlanOut
from fleet.schemas.waiting import GiveSchema, ProposalOut
from mobility.clock import now
from mobility.rights import Role
from mobility.web.access import allow
from mobility.web.api import Blueprint
from mobility.web.viewer import viewer

blp = Blueprint("plan_api", __name__, url_prefix="/api/v1/p/<slug>", description="Plan d’affectation")


@blp.get("/waiting/plan")
@blp.response(200, PlanOut)
@allow(Role.ADVISER, Role.MANAGER)
def show() -> Plan:
    """Who would get which vehicle in the coming two weeks, so that the most job starts are kept."""
    return draw_plan(now())


@blp.post("/waiting/<int:request_id>/give")
@blp.arguments(GiveSchema)
@blp.response(200, ProposalOut)
@allow(Role.ADVISER, Role.MANAGER)
def give(asked: dict[str, Any], request_id: int) -> dict[str, Any] | None:
    """Yes to one line: the vehicle is held for them."""
    proposals.give(request_id, **asked, by=viewer(), now=now())
    return held_as(find_open(request_id, now()))
