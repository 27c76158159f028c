"""The planning board: vehicles down, weeks across, read like a timetable; each place is a link to its act."""

from datetime import date, datetime, time, timedelta
from typing import Any

from flask import Blueprint, render_template, request, url_for

from fleet.board import days_from
from fleet.queries.planning import Link, board_rows, on_board
from fleet.schemas.board import BOARD, SPANS, STATES, asked_of_board
from fleet.views.board_sheet import SHAPES, Gaps, Sheet
from mobility.clock import now, today
from mobility.periods import monday_of, paris_time
from mobility.rights import STAFF, Role
from mobility.web.access import allow
from mobility.web.forms import Form, load
from mobility.web.viewer import viewer

pages = Blueprint("board", __name__)

BOOKERS = (Role.ADVISER, Role.MANAGER)
STEPS = ((-28, "Quatre semaines avant"), (-7, "Une semaine avant"), (7, "Une semaine après"), (28, "Quatre semaines après"))
USUAL_LENGTH = timedelta(days=27)


@pages.get("/p/<slug>/board")
@allow(*STAFF)
def show() -> str:
    """From the Monday asked for, or this week's."""
    asked = load(asked_of_board(), request.args)
    first_on, weeks = monday_of(asked.pop("first_on") or today()), int(asked.pop("weeks"))
    page = BOARD.page(on_board(first_on, weeks), asked)
    books = viewer().may(*BOOKERS)
    return render_template(
        "fleet/board.html",
        rows=board_rows(page.rows, first_on, weeks, with_names=books, link=_links(), now=now()),
        page=page,
        days=days_from(first_on, weeks),
        weeks=weeks,
        today=today(),
        books=books,
        form=Form(values=request.args.to_dict() | {"weeks": str(weeks)}),
        filters=BOARD.filters,
        states=STATES,
        shapes=SHAPES,
        sheet=Sheet(url_for("vehicles.index"), _gaps() if books else None),
        previous_href=_to(page=page.number - 1) if page.number > 1 else None,
        next_href=_to(page=page.number + 1) if page.has_next else None,
        **_ways(first_on, weeks),
    )


def _ways(first_on: date, weeks: int) -> dict[str, Any]:
    """The links beside the heading: earlier and later, today, shorter and longer."""
    steps = [(days, word, _to(first_on=first_on + timedelta(days=days))) for days, word in STEPS]
    return {
        "earlier": steps[:2],
        "later": steps[2:],
        "now_href": _to(first_on=None),
        "spans": [(word, _to(weeks=span), span == str(weeks)) for span, word in SPANS.items()],
    }


def _links() -> Link:
    """Each stretch's page: a block's is its vehicle's. One address is built of each sort, the rest are alike."""
    bookings, vehicles = url_for("bookings.index"), url_for("vehicles.index")

    def link(vehicle_id: int, booking_id: int | None) -> str:
        return f"{vehicles}/{vehicle_id}" if booking_id is None else f"{bookings}/{booking_id}"

    return link


def _gaps() -> Gaps:
    """The form of a new booking, filled with the days of a gap from now on, four weeks at most."""
    this_day, at = today(), now()

    def when(first_on: date, last_on: date) -> str | None:
        first_on = max(first_on, this_day)
        if last_on < first_on:
            return None
        leaving = _leaving(first_on == this_day, at)
        return f"starts_at={first_on}T{leaving}&amp;ends_at={min(last_on, first_on + USUAL_LENGTH)}T18:00"

    return Gaps(url_for("bookings.who"), when)


def _leaving(is_today: bool, at: datetime) -> str:
    """The usual hour of a departure; today, the hour that comes."""
    hour = paris_time(at).hour + 1
    return time(min(hour, 17)).strftime("%H:%M") if is_today and hour > 9 else "09:00"


def _to(**there: Any) -> str:
    asked = request.args.to_dict() | there
    if "page" not in there:
        asked.pop("page", None)
    return url_for("board.show", **{name: value for name, value in asked.items() if value not in (None, "")})
