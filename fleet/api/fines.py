"""Who had a vehicle, and the notices of offences, as JSON: the pages' actions and schemas."""

from typing import Any

from flask import Response

from fleet.actions import fines
from fleet.documents.letter import letter_pdf
from fleet.holders import instant_told
from fleet.models import Fine
from fleet.queries import fines as queries
from fleet.queries.fine_papers import naming_letter, telling_letter, title_of
from fleet.queries.holders import find_by_plate, read_booking, who_had
from fleet.queries.loans import find_lent
from fleet.schemas import fines as shapes
from fleet.views.fine_list import FINES
from fleet.views.fines import READERS
from mobility.clock import now
from mobility.web.access import allow
from mobility.web.api import Blueprint
from mobility.web.lists import list_of, told
from mobility.web.looks import look
from mobility.web.once import shown_once
from mobility.web.viewer import viewer

blp = Blueprint("fines_api", __name__, url_prefix="/api/v1/p/<slug>", description="Contraventions")


@blp.get("/who-had")
@blp.arguments(shapes.WhoHadSchema, location="query")
@blp.response(200, shapes.HolderOut)
@allow(*READERS)
def who(asked: dict[str, Any]) -> dict[str, Any]:
    """Plate, day and hour: who held the vehicle."""
    vehicle, at = find_by_plate(asked["plate"]), instant_told(asked["on"], asked["hour"], asked["which"])
    held = who_had(vehicle.id, at)
    found = read_booking(held.booking_id)
    if found is not None:
        look(found[1].id, page="who-had")
    ids = {name: getattr(held, name) for name in ("state", "booking_id", "before_id", "after_id")}
    lent = find_lent(block_id=held.block_id)
    loan = {"loan_id": lent[0].id, "borrower": lent[1].name} if lent else {}
    return {"vehicle_id": vehicle.id, "at": at, "beneficiary_id": found[1].id if found else None} | ids | loan


@blp.get("/fines")
@blp.arguments(FINES.schema(), location="query")
@blp.response(200, list_of(shapes.FineOut))
@allow(*READERS)
def index(asked: dict[str, Any]) -> dict[str, Any]:
    """The notices, those whose clock runs unless asked otherwise, fifty a page."""
    return told(FINES, queries.all_fines(), asked, lambda row: row[0])


@blp.post("/fines")
@blp.arguments(shapes.FineSchema)
@blp.response(201, shapes.FineOut)
@allow(*READERS)
def create(asked: dict[str, Any]) -> Fine:
    """A notice came: its driver is whoever held the vehicle then."""
    return fines.record_fine(**asked, by=viewer(), now=now())


@blp.get("/fines/<int:fine_id>")
@blp.response(200, shapes.FineOut)
@allow(*READERS)
def show(fine_id: int) -> Fine:
    """One notice."""
    return _looked_at(fine_id)


@blp.post("/fines/<int:fine_id>/assign")
@blp.arguments(shapes.AssignSchema)
@blp.response(200, shapes.FineOut)
@allow(*READERS)
def assign(asked: dict[str, Any], fine_id: int) -> Fine:
    """Say whose booking it was."""
    return fines.assign(fine_id, **asked, by=viewer(), now=now())


@blp.post("/fines/<int:fine_id>/tell")
@blp.arguments(shapes.TellSchema)
@blp.response(200, shapes.FineOut)
@allow(*READERS)
def tell(asked: dict[str, Any], fine_id: int) -> Fine:
    """Tell the person: by mail or SMS at once, or noted as done by hand."""
    return fines.tell(fine_id, **asked, by=viewer(), now=now())


@blp.post("/fines/<int:fine_id>/name")
@blp.arguments(shapes.NameSchema)
@blp.response(200, shapes.FineOut)
@allow(*READERS)
def name_driver(asked: dict[str, Any], fine_id: int) -> Fine:
    """The driver was named."""
    return fines.name_driver(fine_id, **asked, by=viewer(), now=now())


@blp.post("/fines/<int:fine_id>/refuse")
@blp.arguments(shapes.RefuseSchema)
@blp.response(200, shapes.FineOut)
@allow(*READERS)
def refuse(asked: dict[str, Any], fine_id: int) -> Fine:
    """The authority refused the naming: the clock runs again."""
    return fines.refuse_naming(fine_id, **asked, by=viewer(), now=now())


@blp.post("/fines/<int:fine_id>/contest")
@blp.arguments(shapes.ContestSchema)
@blp.response(200, shapes.FineOut)
@allow(*READERS)
def contest(asked: dict[str, Any], fine_id: int) -> Fine:
    """It is contested."""
    return fines.contest(fine_id, **asked, by=viewer(), now=now())


@blp.post("/fines/<int:fine_id>/settle")
@blp.arguments(shapes.SettleSchema)
@blp.response(200, shapes.FineOut)
@allow(*READERS)
def settle(asked: dict[str, Any], fine_id: int) -> Fine:
    """Nothing more is to come: the deposit waits no longer."""
    return fines.settle(fine_id, **asked, by=viewer(), now=now())


@blp.post("/fines/<int:fine_id>/naming-letter")
@blp.arguments(shapes.NamingLetterSchema)
@blp.response(200, content_type="application/pdf", description="La lettre de désignation en PDF ; rien de ce qui est tapé n’est gardé")
@allow(*READERS)
def letter(asked: dict[str, Any], fine_id: int) -> Response:
    """The letter that names the driver."""
    fine = _looked_at(fine_id)
    return shown_once(Response(letter_pdf(naming_letter(fine, **asked, now=now()), title=title_of(fine)), mimetype="application/pdf"))


@blp.get("/fines/<int:fine_id>/letter.pdf")
@blp.response(200, content_type="application/pdf", description="La lettre à la personne, en PDF")
@allow(*READERS)
def person_letter(fine_id: int) -> Response:
    """The letter that tells the person."""
    fine = _looked_at(fine_id)
    return Response(letter_pdf(telling_letter(fine, now=now()), title=title_of(fine)), mimetype="application/pdf")


def _looked_at(fine_id: int) -> Fine:
    fine = queries.get_fine(fine_id)
    if fine.beneficiary_id is not None:
        look(fine.beneficiary_id, page="fine")
    return fine
