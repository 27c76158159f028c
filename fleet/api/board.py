"""The planning board as JSON: what holds each vehicle over some weeks."""

from typing import Any

from fleet.board import days_from
from fleet.queries.planning import drawn_of, on_board
from fleet.schemas.board import BOARD, BoardOut, asked_of_board
from mobility.clock import now, today
from mobility.periods import monday_of
from mobility.rights import STAFF
from mobility.web.access import allow
from mobility.web.api import Blueprint

blp = Blueprint("board_api", __name__, url_prefix="/api/v1/p/<slug>", description="Planning")


@blp.get("/board")
@blp.arguments(asked_of_board(), location="query")
@blp.response(200, BoardOut)
@allow(*STAFF)
def show(asked: dict[str, Any]) -> dict[str, Any]:
    """What holds each vehicle, two hundred vehicles a page; bookings by their number."""
    first_on, weeks = monday_of(asked.pop("first_on") or today()), int(asked.pop("weeks"))
    page = BOARD.page(on_board(first_on, weeks), asked)
    held = drawn_of(page.rows, first_on, weeks, with_names=False, link=lambda vehicle_id, booking_id: "", now=now())
    rows = [vehicle._asdict() | {"vehicle_id": vehicle.id, "held": sorted(held[vehicle.id])} for vehicle in page.rows]
    return {"first_on": first_on, "last_on": days_from(first_on, weeks)[-1], "total": page.total, "rows": rows}
