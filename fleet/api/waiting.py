"""The waiting list as JSON: the pages' actions and schemas."""

from collections.abc import Mapping
from typing import Any

from fleet.actions import proposals, waiting
from fleet.models import WaitingRequest
from fleet.queries.proposals import Proposed, find_open, list_open
from fleet.queries.vehicles import full_name
from fleet.queries.waiting import all_requests, get_request, standings_on
from fleet.schemas import waiting as shapes
from fleet.schemas.work_orders import NothingSchema
from fleet.views.waiting_list import WAITING_LIST, waiting_list
from fleet.waiting import Standing
from mobility.clock import now, today
from mobility.rights import Role
from mobility.web.access import allow
from mobility.web.api import Blueprint
from mobility.web.lists import list_of, told
from mobility.web.looks import look
from mobility.web.viewer import viewer

blp = Blueprint("waiting_api", __name__, url_prefix="/api/v1/p/<slug>", description="Liste d’attente")


@blp.get("/waiting")
@blp.arguments(WAITING_LIST.schema(), location="query")
@blp.response(200, list_of(shapes.RequestOut))
@allow(Role.ADVISER, Role.MANAGER)
def index(asked: dict[str, Any]) -> dict[str, Any]:
    """Who waits, kind by kind from the first place on, fifty a page."""
    standings = standings_on(today())
    held = list_open(now())
    return told(waiting_list(standings), all_requests(today()), asked, lambda row: _whole(row, standings, held.get(row[0].id)))


@blp.post("/beneficiaries/<int:beneficiary_id>/waiting")
@blp.arguments(shapes.WaitingSchema)
@blp.response(201, shapes.RequestOut)
@allow(Role.ADVISER, Role.MANAGER)
def create(asked: dict[str, Any], beneficiary_id: int) -> dict[str, Any]:
    """Somebody waits for a kind of vehicle."""
    return _told(waiting.ask(beneficiary_id, **asked, by=viewer(), now=now()))


@blp.get("/waiting/<int:request_id>")
@blp.response(200, shapes.RequestOut)
@allow(Role.ADVISER, Role.MANAGER)
def show(request_id: int) -> dict[str, Any]:
    """One request with its place and each reason."""
    row = get_request(request_id, today())
    look(row[1].id, page="booking")
    return _whole(row, standings_on(today()), find_open(request_id, now()))


@blp.put("/waiting/<int:request_id>")
@blp.arguments(shapes.ChangeWaitingSchema)
@blp.response(200, shapes.RequestOut)
@allow(Role.ADVISER, Role.MANAGER)
def change(asked: dict[str, Any], request_id: int) -> dict[str, Any]:
    """Something else is wanted; the request stays as old as it is."""
    return _told(waiting.change(request_id, **asked, by=viewer(), now=now()))


@blp.post("/waiting/propose")
@blp.arguments(NothingSchema)
@blp.response(200, shapes.ProposedOut)
@allow(Role.ADVISER, Role.MANAGER)
def propose(asked: dict[str, Any]) -> dict[str, Any]:
    """The next free vehicle is held for who comes first among those it fits; the worker does it each hour."""
    made = proposals.propose_next(by=viewer(), now=now())
    return {"proposal": held_as(find_open(made.request_id, now())) if made else None}


@blp.post("/waiting/<int:request_id>/decline")
@blp.arguments(shapes.DeclineSchema)
@blp.response(200, shapes.RequestOut)
@allow(Role.ADVISER, Role.MANAGER)
def decline(asked: dict[str, Any], request_id: int) -> dict[str, Any]:
    """No to the vehicle proposed: it is free at once."""
    proposals.decline(request_id, **asked, by=viewer(), now=now())
    return _whole(get_request(request_id, today()), standings_on(today()), None)


@blp.post("/waiting/<int:request_id>/pause")
@blp.arguments(NothingSchema)
@blp.response(200, shapes.RequestOut)
@allow(Role.ADVISER, Role.MANAGER)
def pause(asked: dict[str, Any], request_id: int) -> dict[str, Any]:
    """Out of the ranking for a while."""
    return _told(waiting.pause(request_id, by=viewer(), now=now()))


@blp.post("/waiting/<int:request_id>/resume")
@blp.arguments(NothingSchema)
@blp.response(200, shapes.RequestOut)
@allow(Role.ADVISER, Role.MANAGER)
def resume(asked: dict[str, Any], request_id: int) -> dict[str, Any]:
    """Back into the ranking."""
    return _told(waiting.resume(request_id, by=viewer(), now=now()))


@blp.post("/waiting/<int:request_id>/first")
@blp.arguments(shapes.PutFirstSchema)
@blp.response(200, shapes.RequestOut)
@allow(Role.ADVISER, Role.MANAGER)
def put_first(asked: dict[str, Any], request_id: int) -> dict[str, Any]:
    """Before the others, for a coded reason."""
    return _told(waiting.put_first(request_id, **asked, by=viewer(), now=now()))


@blp.post("/waiting/<int:request_id>/back")
@blp.arguments(NothingSchema)
@blp.response(200, shapes.RequestOut)
@allow(Role.ADVISER, Role.MANAGER)
def put_back(asked: dict[str, Any], request_id: int) -> dict[str, Any]:
    """Where the criteria place it."""
    return _told(waiting.put_back(request_id, by=viewer(), now=now()))


@blp.post("/waiting/<int:request_id>/withdraw")
@blp.arguments(shapes.WithdrawSchema)
@blp.response(200, shapes.RequestOut)
@allow(Role.ADVISER, Role.MANAGER)
def withdraw(asked: dict[str, Any], request_id: int) -> dict[str, Any]:
    """Nobody waits for it any more."""
    return _told(waiting.withdraw(request_id, **asked, by=viewer(), now=now()))


def _told(made: WaitingRequest) -> dict[str, Any]:
    return _whole(get_request(made.id, today()), standings_on(today()), find_open(made.id, now()))


def held_as(proposed: Proposed | None) -> dict[str, Any] | None:
    """A vehicle held for a request, as it is answered."""
    if proposed is None:
        return None
    made, booking, vehicle = proposed
    told = {"request_id": made.request_id, "booking_id": booking.id, "vehicle_id": vehicle.id}
    return told | {"label": full_name(vehicle), "until": booking.hold_expires_at}


def _whole(row: Any, standings: Mapping[int, Standing], proposed: Proposed | None) -> dict[str, Any]:
    """A request as it is answered: its own columns, where it stands and why."""
    own = {name: getattr(row[0], name) for name in shapes.RequestOut().fields if hasattr(row[0], name)}
    return own | {"state": row[3], "standing": standings.get(row[0].id), "proposal": held_as(proposed)}
