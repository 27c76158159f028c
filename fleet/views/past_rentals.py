"""A year of the AMIE programme taken in: the sheet to give, its files with their conditions, the rents of a year."""

from flask import Blueprint, Response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from fleet.actions.past_rentals import open_amie
from fleet.amie_folder import COLUMNS, FILES
from fleet.queries.past_rentals import all_past_rentals, latest_year
from fleet.queries.rents import rents_in
from fleet.rents import rents_csv
from fleet.views.past_rental_list import PAST_RENTALS
from mobility.clock import now, today
from mobility.errors import RuleBroken
from mobility.rights import Role
from mobility.schemas.reports import YearSchema, asked_year
from mobility.spreadsheets import CSV
from mobility.views.imports import take_beside
from mobility.web.access import allow, own_transactions
from mobility.web.forms import Form, load, or_again
from mobility.web.lists import show as show_list
from mobility.web.viewer import viewer

pages = Blueprint("past_rentals", __name__)
READERS = (Role.MANAGER, Role.TREASURER)


@pages.get("/p/<slug>/imports/amie")
@allow(Role.MANAGER)
def new(form: Form | None = None) -> str:
    """The sheet to give."""
    return render_template("fleet/past_rental_import.html", form=form or Form(), columns=COLUMNS, file=FILES)


@pages.post("/p/<slug>/imports/amie")
@allow(Role.MANAGER)
@own_transactions
@or_again(new)
def start() -> ResponseReturnValue:
    """Begin, and show how far it is."""
    return redirect(url_for("imports.show", run_id=begin()), code=303)


def begin() -> int:
    """Read the sheet of this request at once, then take its lines beside the request. The import's id."""
    sent = request.files.get("file")
    if sent is None or not sent.filename:
        raise RuleBroken("Choisissez le tableau des dossiers.", field="file")
    return take_beside(open_amie({sent.filename: sent.read()}, source=sent.filename, by=viewer(), now=now()))


@pages.get("/p/<slug>/past-rentals")
@allow(*READERS)
def index() -> ResponseReturnValue:
    """The files taken in: what was met, missing or waived, file by file; and the rents of a year to take along."""
    year = Form(values={"year": latest_year() or today().year}, prefix="of")
    return show_list(PAST_RENTALS, all_past_rentals(), "fleet/past_rentals.html", year=year)


@pages.get("/p/<slug>/rents.csv")
@allow(*READERS)
def rents() -> Response:
    """The rents of the programme for the files handed over in a year, all their months."""
    year = asked_year(load(YearSchema(), request.args))
    name = f'attachment; filename="loyers-{year}.csv"'
    return Response(rents_csv(rents_in(year)), content_type=CSV, headers={"Content-Disposition": name})
