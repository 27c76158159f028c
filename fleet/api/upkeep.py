"""The upkeep of vehicles as JSON: the pages' actions and schemas."""

from collections.abc import Sequence
from typing import Any

from fleet.actions import upkeep
from fleet.actions.work_orders import open_planned
from fleet.lists import UPKEEP
from fleet.models import UpkeepDone, UpkeepDue, UpkeepException, Vehicle, WorkOrder
from fleet.queries.upkeep import all_upkeep, list_upkeep_of
from fleet.schemas import upkeep as shapes
from fleet.schemas.vehicles import VehicleOut
from fleet.schemas.work_orders import WorkOrderOut
from fleet.views.work_orders import REPAIRERS
from mobility.clock import now
from mobility.rights import STAFF
from mobility.web.access import allow
from mobility.web.api import Blueprint
from mobility.web.lists import list_of, told
from mobility.web.viewer import viewer

blp = Blueprint("upkeep_api", __name__, url_prefix="/api/v1/p/<slug>", description="Entretien des véhicules")


@blp.get("/upkeep")
@blp.arguments(UPKEEP.schema(), location="query")
@blp.response(200, list_of(shapes.UpkeepDueOut))
@allow(*STAFF)
def index(asked: dict[str, Any]) -> dict[str, Any]:
    """What is due next, what presses unless asked otherwise, fifty a page."""
    return told(UPKEEP, all_upkeep(), asked, lambda row: row[0])


@blp.get("/vehicles/<int:vehicle_id>/upkeep")
@blp.response(200, shapes.UpkeepDueOut(many=True))
@allow(*STAFF)
def show(vehicle_id: int) -> Sequence[UpkeepDue]:
    """What is due next on a vehicle, the first due first."""
    return list_upkeep_of(vehicle_id)


@blp.post("/vehicles/<int:vehicle_id>/upkeep/done")
@blp.arguments(shapes.UpkeepDoneSchema)
@blp.response(201, shapes.UpkeepDoneOut)
@allow(*REPAIRERS)
def done(asked: dict[str, Any], vehicle_id: int) -> UpkeepDone:
    """An item of the plan was done."""
    return upkeep.note_done(vehicle_id, **asked, by=viewer(), now=now())


@blp.post("/vehicles/<int:vehicle_id>/upkeep/renew")
@blp.arguments(shapes.RenewalSchema)
@blp.response(200, VehicleOut)
@allow(*REPAIRERS)
def renew(asked: dict[str, Any], vehicle_id: int) -> Vehicle:
    """An inspection passed, an insurance renewed: its new last day, on the sheet."""
    return upkeep.renew_paper(vehicle_id, **asked, by=viewer(), now=now())


@blp.put("/vehicles/<int:vehicle_id>/upkeep/rhythm")
@blp.arguments(shapes.RhythmSchema)
@blp.response(200, shapes.RhythmOut)
@allow(*REPAIRERS)
def rhythm(asked: dict[str, Any], vehicle_id: int) -> UpkeepException | dict[str, Any]:
    """A rhythm of its own; left empty, its kind's again."""
    return upkeep.set_rhythm(vehicle_id, **asked, by=viewer(), now=now()) or {"item": asked["item"], "every_km": None, "every_days": None}


@blp.post("/vehicles/<int:vehicle_id>/upkeep/plan")
@blp.arguments(shapes.PlanUpkeepSchema)
@blp.response(201, WorkOrderOut)
@allow(*REPAIRERS)
def plan(asked: dict[str, Any], vehicle_id: int) -> WorkOrder:
    """A work order for an item, planned at once: the vehicle is kept back."""
    return open_planned(vehicle_id, **asked, by=viewer(), now=now())
