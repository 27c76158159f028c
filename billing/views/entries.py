"""The accountant's page: a year's entries to import, as the file that their program takes and as a spreadsheet."""

from collections.abc import Iterator
from typing import IO, Any

from flask import Blueprint, Response, make_response, render_template, request
from flask.typing import ResponseReturnValue

from billing.fec import (
    CODED_FIELDS,
    CODED_HEADING,
    ENCODING,
    FIELDS,
    HEADING,
    Row,
    cells,
    cells_with_code,
    coded_name,
    file_name,
    written,
    written_with_code,
)
from billing.queries.entries import IMPORTED, EntriesOfYear, entries_of, name_of_file, rows_of
from billing.schemas.entries import EntriesSchema
from billing.views.money import BOOKS
from mobility import audit
from mobility.clock import now, today
from mobility.errors import InputRefused
from mobility.rights import Role
from mobility.schemas.reports import asked_year
from mobility.spreadsheets import XLSX, write_xlsx
from mobility.web.access import allow
from mobility.web.edge import after_reading
from mobility.web.forms import Form, load, refused
from mobility.web.spool import whole_file
from mobility.web.viewer import viewer

pages = Blueprint("entries", __name__)
TRACE = "ecritures-comptables"


@pages.get("/p/<slug>/money/entries")
@allow(*BOOKS)
def show() -> ResponseReturnValue:
    """What a year's file holds, journal by journal; the file itself with `?format=`."""
    try:
        asked = load(EntriesSchema(), request.args)
    except InputRefused as error:
        form = refused(error, request.args)
        return make_response(render_template("billing/entries.html", entries=None, form=form), error.status)
    year = asked_year(asked)
    if asked["format"] is not None:
        return hand_over(year, asked["format"])
    return render_template(
        "billing/entries.html",
        entries=entries_of(year),
        form=Form(values={"year": year}),
        is_over=year < today().year,
        may_name=viewer().may(Role.MANAGER),
    )


def hand_over(year: int, kind: str) -> Response:
    """The year's file, and the trace that it left. Raises Conflict without a SIREN."""
    is_coded = kind.startswith("analytic")
    name, entries = name_of_file(year, coded_name if is_coded else file_name), entries_of(year)
    count = 0

    def counted() -> Iterator[Row]:
        nonlocal count
        for row in rows_of(year):
            count += 1
            yield row

    answer = _sheet(entries, name, counted(), is_coded) if kind.endswith("xlsx") else _text(name, counted(), is_coded)
    by, at = viewer(), now()
    after_reading(lambda: audit.record_export(TRACE, count, by=by, now=at))
    return answer


def _text(name: str, rows: Iterator[Row], is_coded: bool) -> Response:
    def fill(out: IO[bytes]) -> None:
        out.write(CODED_HEADING if is_coded else HEADING)
        out.writelines(map(written_with_code if is_coded else written, rows))

    return whole_file(fill, name=name, content_type=f"text/plain; charset={ENCODING}")


def _sheet(entries: EntriesOfYear, name: str, rows: Iterator[Row], is_coded: bool) -> Response:
    def fill(out: IO[bytes]) -> Any:
        heading, told = (CODED_FIELDS, cells_with_code) if is_coded else (FIELDS, cells)
        title = IMPORTED if is_coded else entries.title
        write_xlsx(out, f"{title}, {entries.year}", heading, map(told, rows))

    return whole_file(fill, name=name.replace(".txt", ".xlsx"), content_type=XLSX)
