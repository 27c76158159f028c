"""The cash drawer and the money taken to the bank in JSON: the pages' own actions and lists."""

from typing import Any

from flask import Response

from billing.actions import drawer as actions
from billing.documents.drawer import drawer_pdf
from billing.models import Banking, DrawerCount
from billing.queries import drawer as queries
from billing.queries.bankings import all_bankings
from billing.schemas import drawer as schemas
from billing.views.cash_lists import BANKINGS, DRAWERS
from billing.views.money import BOOKS
from mobility.clock import now
from mobility.web.access import allow
from mobility.web.api import Blueprint
from mobility.web.lists import list_of, told
from mobility.web.viewer import viewer

blp = Blueprint("drawer_api", __name__, url_prefix="/api/v1/p/<slug>", description="Caisse et remises en banque")


@blp.get("/money/drawer")
@blp.response(200, schemas.DrawerNowSchema)
@allow(*BOOKS)
def show() -> queries.DrawerNow:
    """The drawer now, as the books have it, and what moved since its last count."""
    return queries.drawer_now()


@blp.get("/money/drawers")
@blp.arguments(DRAWERS.schema(), location="query")
@blp.response(200, list_of(schemas.DrawerLineSchema))
@allow(*BOOKS)
def list_drawers(asked: dict[str, Any]) -> dict[str, Any]:
    """The drawers closed, the latest first, fifty a page."""
    return told(DRAWERS, queries.all_drawers(), asked)


@blp.get("/money/drawers/<int:number>/paper")
@blp.response(200, content_type="application/pdf", description="La fermeture d’une caisse")
@allow(*BOOKS)
def paper(number: int) -> Response:
    """A closed drawer on paper."""
    return Response(drawer_pdf(queries.drawer_paper(number)), mimetype="application/pdf")


@blp.post("/money/drawer/open")
@blp.arguments(schemas.CountSchema)
@blp.response(201, schemas.CountOutSchema)
@allow(*BOOKS)
def open_(asked: dict[str, Any]) -> DrawerCount:
    """Begin with what is counted."""
    return actions.open_drawer(**asked, by=viewer(), now=now())


@blp.post("/money/drawer/close")
@blp.arguments(schemas.CountSchema)
@blp.response(201, schemas.CountOutSchema)
@allow(*BOOKS)
def close(asked: dict[str, Any]) -> DrawerCount:
    """End with what is counted: a difference is entered with its reason, for good."""
    return actions.close_drawer(**asked, by=viewer(), now=now())


@blp.get("/money/bankings")
@blp.arguments(BANKINGS.schema(), location="query")
@blp.response(200, list_of(schemas.BankingOutSchema, summed=True))
@allow(*BOOKS)
def list_bankings(asked: dict[str, Any]) -> dict[str, Any]:
    """What was taken to the bank, the latest first, fifty a page."""
    return told(BANKINGS, all_bankings(), asked, lambda row: row[0])


@blp.post("/money/bankings")
@blp.arguments(schemas.TakenSchema)
@blp.response(201, schemas.BankingOutSchema)
@allow(*BOOKS)
def take(asked: dict[str, Any]) -> Banking:
    """Cash leaves the drawer for the bank."""
    return actions.take_to_bank(**asked, by=viewer(), now=now())


@blp.post("/money/bankings/<int:number>/banked")
@blp.arguments(schemas.BankedSchema)
@blp.response(200, schemas.BankingOutSchema)
@allow(*BOOKS)
def banked(asked: dict[str, Any], number: int) -> Banking:
    """The bank has it since a day."""
    return actions.note_banked(number, **asked, by=viewer(), now=now())
