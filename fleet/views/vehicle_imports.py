"""The fleet as a spreadsheet: the whole of it as a file, and a file looked at line by line before it is taken."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select

from fleet.actions.vehicle_imports import MOST_LINES, count, get_import, keep_file, rows_of, take_file
from fleet.models import OdometerReading, Vehicle
from fleet.odometer import list_standing
from fleet.queries.readings import plain
from fleet.queries.vehicle_lines import CHANGED, NEW, REFUSED, SAME, judge, unknown_headings
from fleet.queries.vehicles import all_vehicles
from fleet.schemas.vehicles import SheetAskedSchema
from fleet.vehicle_columns import COLUMNS, NEEDED, write_cell
from mobility.clock import now, today
from mobility.db import db
from mobility.listing import Column, Listing
from mobility.rights import STAFF, Role
from mobility.web.access import allow
from mobility.web.forms import Form, load, or_again
from mobility.web.lists import hand_over
from mobility.web.viewer import viewer

pages = Blueprint("vehicle_imports", __name__)

VERDICT_NAMES = {NEW: "à ajouter", CHANGED: "à changer", SAME: "déjà à jour", REFUSED: "à corriger"}
VERDICT_TONES = {NEW: "fine", CHANGED: "near", SAME: "neutral", REFUSED: "over"}
SHOWN = 200  # lines a page can bear; those to correct come first


@pages.get("/p/<slug>/vehicles/sheet")
@allow(*STAFF)
def sheet() -> ResponseReturnValue:
    """The whole fleet as a file, in the columns that come in."""
    asked = load(SheetAskedSchema(), request.args)
    return hand_over(_listing(), all_vehicles(), asked["format"])


@pages.get("/p/<slug>/vehicles/import")
@allow(Role.MANAGER)
def index(form: Form | None = None) -> str:
    """A file to send."""
    return render_template("fleet/vehicle_import.html", form=form or Form(), columns=COLUMNS, needed=NEEDED, most=MOST_LINES)


@pages.post("/p/<slug>/vehicles/import")
@allow(Role.MANAGER)
@or_again(index)
def send() -> ResponseReturnValue:
    """Keep it, and show what it would do."""
    return redirect(url_for("vehicle_imports.show", import_id=keep_sent().id), code=303)


def keep_sent() -> Any:
    """The file of this request, kept."""
    sent = request.files.get("file")
    name, raw = (sent.filename or "", sent.read()) if sent else ("", b"")
    return keep_file(name, raw, by=viewer(), now=now())


@pages.get("/p/<slug>/vehicles/import/<int:import_id>")
@allow(Role.MANAGER)
def show(import_id: int, form: Form | None = None) -> str:
    """What a file would do, line by line; nothing is written yet."""
    kept = get_import(import_id)
    lines = judge(rows_of(kept), today=today())
    lines.sort(key=lambda line: (line.verdict != REFUSED, line.verdict == SAME, line.number))
    return render_template(
        "fleet/vehicle_import_preview.html",
        kept=kept,
        lines=lines[:SHOWN],
        more=len(lines) - SHOWN,
        counts=kept.counts if kept.taken_at else count(lines),
        unknown=unknown_headings(kept.lines[0][1] if kept.lines else ()),
        verdict_names=VERDICT_NAMES,
        verdict_tones=VERDICT_TONES,
        form=form or Form(),
    )


@pages.post("/p/<slug>/vehicles/import/<int:import_id>/take")
@allow(Role.MANAGER)
@or_again(show)
def take(import_id: int) -> ResponseReturnValue:
    """Do it, all of it or nothing."""
    take_file(import_id, by=viewer(), now=now())
    flash("Le parc est à jour.", "fine")
    return redirect(url_for("vehicle_imports.show", import_id=import_id), code=303)


def _listing() -> Listing:
    kms = _last_kms()
    special = {"site_id": lambda row: row[1].name, "odometer_km": lambda row: kms.get(row[0].id)}
    columns = [Column(c.name, c.heading, special.get(c.name) or _teller(c)) for c in COLUMNS]
    return Listing(name="parc", title="Parc", columns=[_by_label(columns[0]), *columns[1:]], sort="label", tie=Vehicle.id)


def _by_label(column: Column) -> Column:
    return Column(column.key, column.heading, column.value, [Vehicle.label])


def _teller(column: Any) -> Any:
    return lambda row: write_cell(column, getattr(row[0], column.name))


def _last_kms() -> dict[int, int]:
    readings: dict[int, list[OdometerReading]] = {}
    for reading in db.session.scalars(select(OdometerReading).order_by(OdometerReading.read_at, OdometerReading.id)):
        readings.setdefault(reading.vehicle_id, []).append(reading)
    standing = {vehicle_id: list_standing(plain(rows)) for vehicle_id, rows in readings.items()}
    return {vehicle_id: found[-1].km for vehicle_id, found in standing.items() if found}
