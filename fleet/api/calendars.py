"""Calendars to subscribe to, as JSON: the page's actions and schema; the feed itself is one address for every mouth."""

from typing import Any

from flask import jsonify
from flask.typing import ResponseReturnValue

from fleet.actions import calendars
from fleet.queries.calendars import Kept, list_calendars
from fleet.schemas.calendars import CalendarMadeOut, CalendarOut, CalendarSchema
from fleet.schemas.work_orders import NothingSchema
from fleet.views.calendars import address_of
from mobility.clock import now
from mobility.rights import STAFF
from mobility.web.access import allow
from mobility.web.api import Blueprint
from mobility.web.once import shown_once
from mobility.web.viewer import viewer

blp = Blueprint("calendars_api", __name__, url_prefix="/api/v1/p/<slug>", description="Agendas à suivre d’un téléphone ou d’un poste")


@blp.get("/calendars")
@blp.response(200, CalendarOut(many=True))
@allow(*STAFF)
def index() -> list[Kept]:
    """The calendars of the token's own account, in the order made."""
    return list_calendars(viewer().account_id, now=now())


@blp.post("/calendars")
@blp.arguments(CalendarSchema)
@blp.response(201, CalendarMadeOut)
@allow(*STAFF)
def make(asked: dict[str, Any]) -> ResponseReturnValue:
    """Make a calendar's private address; it is in this answer only, and the former one of the same calendar stops."""
    kept, token = calendars.make_calendar(**asked, by=viewer(), now=now())
    told = CalendarOut().dump(kept) | {"address": address_of(kept.what, token)}
    return shown_once((jsonify(told), 201))


@blp.post("/calendars/<int:link_id>/renew")
@blp.arguments(NothingSchema)
@blp.response(200, CalendarOut)
@allow(*STAFF)
def renew(asked: dict[str, Any], link_id: int) -> Kept:
    """The same address for another year."""
    return calendars.renew_calendar(link_id, by=viewer(), now=now())


@blp.delete("/calendars/<int:link_id>")
@blp.response(204)
@allow(*STAFF)
def stop(link_id: int) -> None:
    """The address answers nobody any more."""
    calendars.stop_calendar(link_id, by=viewer(), now=now())
