"""The analytic codes in JSON, and a year's sums; a code is changed as any dated setting, by its key."""

from typing import Any

from flask import Response

from billing.queries.analytic import list_codes, sums_of
from billing.schemas.analytic import AnalyticSchema
from billing.views.entries import hand_over
from billing.views.money import BOOKS
from mobility.clock import today
from mobility.schemas.reports import YearSchema, asked_year
from mobility.spreadsheets import XLSX
from mobility.web.access import allow
from mobility.web.api import Blueprint

blp = Blueprint("analytic_api", __name__, url_prefix="/api/v1/p/<slug>", description="Codes analytiques")


@blp.get("/money/analytic")
@blp.arguments(YearSchema, location="query")
@blp.response(200, AnalyticSchema)
@allow(*BOOKS)
def show(asked: dict[str, Any]) -> dict[str, Any]:
    """Each code as it stands today, and what the year comes to under each, in cents."""
    return {"codes": list_codes(today()), "sums": sums_of(asked_year(asked))}


@blp.get("/money/analytic/file")
@blp.arguments(YearSchema, location="query")
@blp.response(200, content_type="text/plain", description="Les 18 champs du FEC et l’analytique, séparés par des tabulations")
@allow(*BOOKS)
def file(asked: dict[str, Any]) -> Response:
    """The year's entries with their codes, to import; never an FEC."""
    return hand_over(asked_year(asked), "analytic")


@blp.get("/money/analytic/sheet")
@blp.arguments(YearSchema, location="query")
@blp.response(200, content_type=XLSX, description="Les mêmes lignes, en tableur")
@allow(*BOOKS)
def sheet(asked: dict[str, Any]) -> Response:
    """The same lines as a spreadsheet."""
    return hand_over(asked_year(asked), "analytic_xlsx")
