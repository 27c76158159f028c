"""The costs of vehicles as JSON: the pages' actions and schemas."""

from typing import Any

from fleet.actions import costs
from fleet.actions.costs import SPENDERS
from fleet.models import VehicleCost
from fleet.queries.costs import all_costs, figures_of, list_costs, usual_span
from fleet.queries.vehicles import get_vehicle
from fleet.schemas.costs import CostOut, CostSchema, SpanSchema, VehicleCostsOut
from fleet.views.cost_list import COSTS
from mobility.clock import now, today
from mobility.rights import STAFF
from mobility.web.access import allow
from mobility.web.api import Blueprint
from mobility.web.lists import list_of, told
from mobility.web.viewer import viewer

blp = Blueprint("costs_api", __name__, url_prefix="/api/v1/p/<slug>", description="Coûts des véhicules")


@blp.get("/vehicle-costs")
@blp.arguments(COSTS.schema(), location="query")
@blp.response(200, list_of(CostOut, summed=True))
@allow(*STAFF)
def index(asked: dict[str, Any]) -> dict[str, Any]:
    """Every expense, the latest first, fifty a page, and what they come to."""
    return told(COSTS, all_costs(), asked, lambda row: row[0])


@blp.get("/vehicles/<int:vehicle_id>/costs")
@blp.arguments(SpanSchema, location="query")
@blp.response(200, VehicleCostsOut)
@allow(*STAFF)
def of_vehicle(asked: dict[str, Any], vehicle_id: int) -> dict[str, Any]:
    """What a vehicle cost over some days, per kilometre and per day."""
    vehicle, span = get_vehicle(vehicle_id), usual_span(today(), **asked)
    rows = list_costs(vehicle_id, span)
    found = figures_of(vehicle, span, rows, today())
    told = {"cents": found.cents, "km": found.km, "days": found.days, "km_cents": found.km_cents, "day_cents": found.day_cents}
    return {"since": span.since, "until": span.until, "costs": rows, "by_kind": found.by_kind} | told


@blp.post("/vehicles/<int:vehicle_id>/costs")
@blp.arguments(CostSchema)
@blp.response(201, CostOut)
@allow(*SPENDERS)
def note(asked: dict[str, Any], vehicle_id: int) -> VehicleCost:
    """An expense; its bill is sent ahead as an attachment of the kind `vehicle_bill`."""
    return costs.note_cost(vehicle_id, **asked, by=viewer(), now=now())


@blp.delete("/vehicles/<int:vehicle_id>/costs/<int:cost_id>")
@blp.response(204)
@allow(*SPENDERS)
def drop(vehicle_id: int, cost_id: int) -> None:
    """An expense noted by mistake goes."""
    costs.drop_cost(vehicle_id, cost_id, by=viewer(), now=now())
