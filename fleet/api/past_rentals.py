"""A year of the AMIE programme taken in, by JSON: the pages' own beginning, its files, the rents of a year."""

from typing import Any

from fleet.queries.past_rentals import all_past_rentals
from fleet.queries.rents import rents_in
from fleet.rents import RentLine
from fleet.schemas.past_rentals import PastRentalOut, RentOut
from fleet.views.past_rental_list import PAST_RENTALS
from fleet.views.past_rentals import READERS, begin
from mobility.models import ImportRun
from mobility.queries.imports import get_run
from mobility.rights import Role
from mobility.schemas.imports import RunOut
from mobility.schemas.reports import YearSchema, asked_year
from mobility.web.access import allow, own_transactions
from mobility.web.api import Blueprint
from mobility.web.lists import list_of, told

blp = Blueprint("past_rentals_api", __name__, url_prefix="/api/v1/p/<slug>", description="Années passées du programme AMIE")


@blp.post("/imports/amie")
@blp.response(202, RunOut)
@allow(Role.MANAGER)
@own_transactions
def start() -> ImportRun:
    """Take a sheet of files in: as `file` of a multipart/form-data body; ask the import itself how far it is."""
    return get_run(begin())


@blp.get("/past-rentals")
@blp.arguments(PAST_RENTALS.schema(), location="query")
@blp.response(200, list_of(PastRentalOut))
@allow(*READERS)
def index(asked: dict[str, Any]) -> dict[str, Any]:
    """The files with what was met, missing or waived, fifty a page."""
    return told(PAST_RENTALS, all_past_rentals(), asked)


@blp.get("/rents")
@blp.arguments(YearSchema, location="query")
@blp.response(200, RentOut(many=True))
@allow(*READERS)
def rents(asked: dict[str, Any]) -> list[RentLine]:
    """The rents of the programme for the files handed over in a year, all their months."""
    return list(rents_in(asked_year(asked)))
