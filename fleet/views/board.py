"""The planning board: vehicles down, six weeks across, read like a timetable."""

from datetime import timedelta
from typing import Any

from flask import Blueprint, render_template, request, url_for

from fleet.board import DAYS, days_from
from fleet.lists import VEHICLES
from fleet.queries.planning import Held, board_rows, on_board
from mobility.clock import now, today
from mobility.periods import monday_of
from mobility.rights import STAFF, Role
from mobility.web.access import allow
from mobility.web.fields import Day
from mobility.web.forms import Form, load
from mobility.web.viewer import viewer

pages = Blueprint("board", __name__)


@pages.get("/p/<slug>/board")
@allow(*STAFF)
def show() -> str:
    """From the Monday asked for, or this week's."""
    asked = load(VEHICLES.schema(first_on=Day(load_default=None)), request.args)
    first_on = monday_of(asked.pop("first_on") or today())
    page = VEHICLES.page(on_board(first_on), asked)
    books = viewer().may(Role.ADVISER, Role.MANAGER)
    return render_template(
        "fleet/board.html",
        rows=board_rows([vehicle for vehicle, _ in page.rows], first_on, with_names=books, link=_link, now=now()),
        page=page,
        previous_href=_to(page=page.number - 1) if page.number > 1 else None,
        next_href=_to(page=page.number + 1) if page.has_next else None,
        days=days_from(first_on),
        today=today(),
        may_book=books,
        book_href=url_for("bookings.who"),
        form=Form(values=request.args.to_dict()),
        filters=VEHICLES.filters,
        site_names={site.id: site.name for _, site in page.rows},
        earlier=_to(first_on=first_on - timedelta(days=DAYS // 2)),
        later=_to(first_on=first_on + timedelta(days=DAYS // 2)),
    )


def _link(held: Held) -> str:
    _, booking, block, _ = held
    if block is not None:
        return url_for("vehicles.show", vehicle_id=block.vehicle_id)
    return url_for("bookings.show", booking_id=booking.id)


def _to(**there: Any) -> str:
    return url_for("board.show", **request.args.to_dict() | there)
