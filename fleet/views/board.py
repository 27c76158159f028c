"""The planning board: vehicles down, six weeks across, read like a timetable."""

from datetime import timedelta
from typing import Any

from flask import Blueprint, render_template, request, url_for

from fleet.board import DAYS, days_from
from fleet.kinds import KINDS
from fleet.queries.planning import Held, board_rows
from fleet.schemas.vehicles import BoardSchema
from mobility.clock import now, today
from mobility.periods import monday_of
from mobility.queries.files import list_sites
from mobility.rights import STAFF, Role
from mobility.web.access import allow
from mobility.web.forms import Form, load
from mobility.web.viewer import viewer

pages = Blueprint("board", __name__)


@pages.get("/p/<slug>/board")
@allow(*STAFF)
def show() -> str:
    """From the Monday asked for, or this week's."""
    asked = load(BoardSchema(), request.args)
    first_on = monday_of(asked.pop("first_on") or today())
    books = viewer().may(Role.ADVISER, Role.MANAGER)
    sites = list_sites()
    return render_template(
        "fleet/board.html",
        rows=board_rows(first_on, **asked, with_names=books, link=_link, now=now()),
        days=days_from(first_on),
        today=today(),
        may_book=books,
        book_href=url_for("bookings.who"),
        form=Form(values=request.args.to_dict()),
        kinds=[(kind.code, kind.name.capitalize()) for kind in KINDS],
        sites=[(site.id, site.name) for site in sites],
        site_names={site.id: site.name for site in sites},
        earlier=_from(first_on - timedelta(days=DAYS // 2)),
        later=_from(first_on + timedelta(days=DAYS // 2)),
    )


def _link(held: Held) -> str:
    _, booking, block, _ = held
    if block is not None:
        return url_for("vehicles.show", vehicle_id=block.vehicle_id)
    return url_for("bookings.show", booking_id=booking.id)


def _from(first_on: Any) -> str:
    return url_for("board.show", **request.args.to_dict() | {"first_on": first_on})
