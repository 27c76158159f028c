"""The closings of the books in JSON: the page's own action and list."""

from typing import Any

from billing.actions.closings import close_period
from billing.lists import CLOSINGS
from billing.models import Closing
from billing.queries.closings import all_closings
from billing.schemas.closings import ClosingOutSchema, ClosingSchema
from billing.views.money import BOOKS
from mobility.clock import now
from mobility.web.access import allow
from mobility.web.api import Blueprint
from mobility.web.lists import list_of, told
from mobility.web.viewer import viewer

blp = Blueprint("closings_api", __name__, url_prefix="/api/v1/p/<slug>", description="Clôtures des livres")


@blp.get("/money/closings")
@blp.arguments(CLOSINGS.schema(), location="query")
@blp.response(200, list_of(ClosingOutSchema))
@allow(*BOOKS)
def list_closings(asked: dict[str, Any]) -> dict[str, Any]:
    """The closings, the latest first, fifty a page."""
    return told(CLOSINGS, all_closings(), asked, lambda row: row[0])


@blp.post("/money/closings")
@blp.arguments(ClosingSchema)
@blp.response(201, ClosingOutSchema)
@allow(*BOOKS)
def create(asked: dict[str, Any]) -> Closing:
    """Close a period for good: no entry is dated into it any more, a late correction is dated the day it is made."""
    return close_period(**asked, by=viewer(), now=now())
