"""Cheques and their slips in JSON: the pages' own actions."""

from typing import Any

from flask import Response

from billing.actions.cheques import make_slip, return_cheque
from billing.documents.slip import slip_pdf
from billing.models import BankedCheque, Banking
from billing.queries import cheques as queries
from billing.schemas import cheques as schemas
from billing.views.money import BOOKS
from mobility.clock import now
from mobility.web.access import allow
from mobility.web.api import Blueprint
from mobility.web.viewer import viewer

blp = Blueprint("cheques_api", __name__, url_prefix="/api/v1/p/<slug>", description="Chèques et bordereaux de remise")


@blp.get("/money/cheques")
@blp.response(200, schemas.WaitingChequesSchema)
@allow(*BOOKS)
def show() -> dict[str, Any]:
    """The cheques on no slip yet, the oldest first."""
    waiting = queries.list_waiting()
    return {"cents": sum(each.cents for each in waiting), "cheques": waiting}


@blp.post("/money/slips")
@blp.arguments(schemas.SlipSchema)
@blp.response(201, schemas.SlipOutSchema)
@allow(*BOOKS)
def create(asked: dict[str, Any]) -> dict[str, Any]:
    """Put waiting cheques on a slip; the bank has them once its `banked` is posted among the bankings."""
    return _out(make_slip(**asked, by=viewer(), now=now()))


@blp.get("/money/slips/<int:number>")
@blp.response(200, schemas.SlipOutSchema)
@allow(*BOOKS)
def slip(number: int) -> dict[str, Any]:
    """A slip with its cheques."""
    return _out(queries.get_slip(number))


@blp.get("/money/slips/<int:number>/paper")
@blp.response(200, content_type="application/pdf", description="Le bordereau de remise")
@allow(*BOOKS)
def paper(number: int) -> Response:
    """The slip as the bank wants it."""
    return Response(slip_pdf(queries.slip_paper(number)), mimetype="application/pdf")


@blp.post("/money/slips/<int:number>/returned")
@blp.arguments(schemas.ReturnedSchema)
@blp.response(200, schemas.ReturnedOutSchema)
@allow(*BOOKS)
def returned(asked: dict[str, Any], number: int) -> BankedCheque:
    """A cheque came back unpaid: the debt stands again."""
    return return_cheque(number, **asked, by=viewer(), now=now())


def _out(slip: Banking) -> dict[str, Any]:
    names = ("number", "cents", "made_at", "made_entry", "banked_on", "banked_entry")
    return {name: getattr(slip, name) for name in names} | {"cheques": queries.list_of_slip(slip.id)}
