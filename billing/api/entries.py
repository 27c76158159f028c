"""The accountant's entries through the API: a year's sums, and the very file of the page."""

from typing import Any

from flask import Response

from billing.queries.entries import EntriesOfYear, entries_of
from billing.schemas.entries import EntriesOfYearSchema
from billing.views.entries import hand_over
from billing.views.money import BOOKS
from mobility.schemas.reports import YearSchema, asked_year
from mobility.spreadsheets import XLSX
from mobility.web.access import allow
from mobility.web.api import Blueprint

blp = Blueprint("entries_api", __name__, url_prefix="/api/v1/p/<slug>", description="Écritures pour le comptable")


@blp.get("/money/entries")
@blp.arguments(YearSchema, location="query")
@blp.response(200, EntriesOfYearSchema)
@allow(*BOOKS)
def show(asked: dict[str, Any]) -> EntriesOfYear:
    """What a year's file holds, journal by journal, in cents."""
    return entries_of(asked_year(asked))


@blp.get("/money/entries/file")
@blp.arguments(YearSchema, location="query")
@blp.response(200, content_type="text/plain", description="Les 18 champs du FEC, séparés par des tabulations")
@allow(*BOOKS)
def file(asked: dict[str, Any]) -> Response:
    """The year's entries, to import in the accountant's program."""
    return hand_over(asked_year(asked), "txt")


@blp.get("/money/entries/sheet")
@blp.arguments(YearSchema, location="query")
@blp.response(200, content_type=XLSX, description="Les mêmes lignes, en tableur")
@allow(*BOOKS)
def sheet(asked: dict[str, Any]) -> Response:
    """The same lines as a spreadsheet."""
    return hand_over(asked_year(asked), "xlsx")
