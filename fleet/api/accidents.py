"""Accidents as JSON: the pages' actions and schemas."""

from typing import Any

from flask import Response

from fleet.actions import accidents
from fleet.documents.letter import letter_pdf
from fleet.models import Accident
from fleet.queries import accidents as queries
from fleet.schemas import accidents as shapes
from fleet.schemas.work_orders import NothingSchema
from fleet.views.accident_list import ACCIDENTS
from fleet.views.accidents import READERS
from mobility.clock import now
from mobility.rights import Role
from mobility.web.access import allow
from mobility.web.api import Blueprint
from mobility.web.lists import list_of, told
from mobility.web.looks import look
from mobility.web.viewer import viewer

blp = Blueprint("accidents_api", __name__, url_prefix="/api/v1/p/<slug>", description="Accidents")


@blp.get("/accidents")
@blp.arguments(ACCIDENTS.schema(), location="query")
@blp.response(200, list_of(shapes.AccidentOut))
@allow(*READERS)
def index(asked: dict[str, Any]) -> dict[str, Any]:
    """The accidents, those still open unless asked otherwise, fifty a page."""
    return told(ACCIDENTS, queries.all_accidents(), asked, lambda row: row[0])


@blp.post("/vehicles/<int:vehicle_id>/accidents")
@blp.arguments(shapes.AccidentSchema)
@blp.response(201, shapes.AccidentOut)
@allow(*READERS)
def create(asked: dict[str, Any], vehicle_id: int) -> Accident:
    """What happened to a vehicle, in facts; pictures are sent before, as attachments of the kind "accident"."""
    return accidents.record_accident(vehicle_id, **asked, by=viewer(), now=now())


@blp.get("/accidents/<int:accident_id>")
@blp.response(200, shapes.AccidentOut)
@allow(*READERS, Role.BENEFICIARY)
def show(accident_id: int) -> Accident:
    """One accident, for advisers and for its own person."""
    return _looked_at(accident_id)


@blp.post("/accidents/<int:accident_id>/correct")
@blp.arguments(shapes.CorrectSchema)
@blp.response(200, shapes.AccidentOut)
@allow(*READERS)
def correct(asked: dict[str, Any], accident_id: int) -> Accident:
    """The facts as they should have been told, as long as the insurer has not read them."""
    return accidents.correct(accident_id, **asked, by=viewer(), now=now())


@blp.post("/accidents/<int:accident_id>/complete")
@blp.arguments(shapes.CompleteSchema)
@blp.response(200, shapes.AccidentOut)
@allow(*READERS)
def complete(asked: dict[str, Any], accident_id: int) -> Accident:
    """What came later; it replaces what stood there."""
    return accidents.complete(accident_id, **asked, by=viewer(), now=now())


@blp.post("/accidents/<int:accident_id>/declare")
@blp.arguments(shapes.DeclareSchema)
@blp.response(200, shapes.AccidentOut)
@allow(*READERS)
def declare(asked: dict[str, Any], accident_id: int) -> Accident:
    """The insurer knows."""
    return accidents.declare(accident_id, **asked, by=viewer(), now=now())


@blp.post("/accidents/<int:accident_id>/keep-back")
@blp.arguments(NothingSchema)
@blp.response(200, shapes.AccidentOut)
@allow(*READERS)
def keep_back(asked: dict[str, Any], accident_id: int) -> Accident:
    """A work order, and the vehicle kept back for a week from now."""
    return accidents.keep_back(accident_id, by=viewer(), now=now())


@blp.post("/accidents/<int:accident_id>/close")
@blp.arguments(shapes.CloseSchema)
@blp.response(200, shapes.AccidentOut)
@allow(*READERS)
def close(asked: dict[str, Any], accident_id: int) -> Accident:
    """Nothing more is to come."""
    return accidents.close(accident_id, **asked, by=viewer(), now=now())


@blp.get("/accidents/<int:accident_id>/statement.pdf")
@blp.response(200, content_type="application/pdf", description="Le relevé en PDF, pour l’assureur et pour la personne")
@allow(*READERS, Role.BENEFICIARY)
def paper(accident_id: int) -> Response:
    """The statement on paper."""
    accident = _looked_at(accident_id)
    content = letter_pdf(queries.statement_paper(accident), title=f"Relevé d’accident {accident.number}")
    return Response(content, mimetype="application/pdf")


def _looked_at(accident_id: int) -> Accident:
    accident = queries.read_accident(accident_id, viewer())
    if accident.beneficiary_id is not None:
        look(accident.beneficiary_id, page="accident")
    return accident
