"""Defects as JSON: told by who has the vehicle, judged by the workshop."""

from collections.abc import Sequence
from typing import Any

from fleet.actions.defects import judge_defect, tell_defect
from fleet.models import Defect
from fleet.queries.defects import all_defects, get_defect, list_defects_of
from fleet.schemas import defects as shapes
from fleet.views.defects import DEFECTS
from fleet.views.work_orders import REPAIRERS
from mobility.clock import now
from mobility.rights import Role
from mobility.web.access import allow
from mobility.web.api import Blueprint
from mobility.web.lists import list_of, told
from mobility.web.viewer import viewer

blp = Blueprint("defects_api", __name__, url_prefix="/api/v1/p/<slug>", description="Défauts signalés")


@blp.post("/bookings/<int:booking_id>/defects")
@blp.arguments(shapes.TellDefectSchema)
@blp.response(201, shapes.DefectOut)
@allow(Role.BENEFICIARY)
def tell(asked: dict[str, Any], booking_id: int) -> Defect:
    """Who has the vehicle says what is wrong; `photo` is the number of a picture of kind "defect" sent ahead."""
    return tell_defect(booking_id, **asked, by=viewer(), now=now())


@blp.get("/me/defects")
@blp.response(200, shapes.DefectOut(many=True))
@allow(Role.BENEFICIARY)
def own() -> Sequence[Defect]:
    """What one told, the latest first, and what became of it."""
    return [row[0] for row in list_defects_of(viewer().beneficiary_id or 0)]


@blp.get("/defects")
@blp.arguments(DEFECTS.schema(), location="query")
@blp.response(200, list_of(shapes.DefectOut))
@allow(*REPAIRERS)
def index(asked: dict[str, Any]) -> dict[str, Any]:
    """What drivers told, those to look at unless asked otherwise, fifty a page."""
    return told(DEFECTS, all_defects(), asked, lambda row: row[0])


@blp.get("/defects/<int:defect_id>")
@blp.response(200, shapes.DefectOut)
@allow(*REPAIRERS)
def show(defect_id: int) -> Defect:
    """One report."""
    return get_defect(defect_id)


@blp.post("/defects/<int:defect_id>/verdict")
@blp.arguments(shapes.JudgeDefectSchema)
@blp.response(200, shapes.DefectOut)
@allow(*REPAIRERS)
def judge(asked: dict[str, Any], defect_id: int) -> Defect:
    """A notice, out of service, or no defect; the person is told."""
    return judge_defect(defect_id, **asked, by=viewer(), now=now())
