"""A breakdown as JSON: whom it hits, what is decided for each, and the end of a vehicle that runs no more."""

from typing import Any

from fleet.actions import rescue
from fleet.models import Rescue
from fleet.queries.rescue import AHEAD, Stranded, list_decided, list_stranded
from fleet.schemas import rescue as shapes
from mobility.clock import now
from mobility.rights import Role
from mobility.web.access import allow
from mobility.web.api import Blueprint
from mobility.web.viewer import viewer

blp = Blueprint("rescue_api", __name__, url_prefix="/api/v1/p/<slug>", description="Véhicules en panne")


@blp.get("/vehicles/<int:vehicle_id>/rescue")
@blp.response(200, shapes.StrandedOut(many=True))
@allow(Role.ADVISER, Role.MANAGER)
def show(vehicle_id: int) -> list[Stranded]:
    """Who has or awaits this vehicle in the coming month, the next shift first."""
    return list_stranded(vehicle_id, until=now() + AHEAD, now=now())


@blp.get("/vehicles/<int:vehicle_id>/rescue/decisions")
@blp.response(200, shapes.RescueOut(many=True))
@allow(Role.ADVISER, Role.MANAGER)
def decisions(vehicle_id: int) -> list[Rescue]:
    """What was decided for the people this vehicle left on foot, the latest first."""
    return [decided.line for decided in list_decided(vehicle_id)]


@blp.post("/vehicles/<int:vehicle_id>/rescue/<int:booking_id>/swap")
@blp.arguments(shapes.GiveOtherSchema)
@blp.response(201, shapes.RescueOut)
@allow(Role.ADVISER, Role.MANAGER)
def give(asked: dict[str, Any], vehicle_id: int, booking_id: int) -> Rescue:
    """Another vehicle, and the person is told."""
    return rescue.give_other(vehicle_id, booking_id, **asked, by=viewer(), now=now())


@blp.post("/vehicles/<int:vehicle_id>/rescue/<int:booking_id>/other-way")
@blp.arguments(shapes.OtherWaySchema)
@blp.response(201, shapes.RescueOut)
@allow(Role.ADVISER, Role.MANAGER)
def send(asked: dict[str, Any], vehicle_id: int, booking_id: int) -> Rescue:
    """The bus or another way meanwhile, and the person is told."""
    return rescue.send_another_way(vehicle_id, booking_id, **asked, by=viewer(), now=now())


@blp.post("/vehicles/<int:vehicle_id>/write-off")
@blp.arguments(shapes.WriteOffSchema)
@blp.response(200, shapes.RescueOut(many=True))
@allow(Role.ADVISER, Role.MANAGER)
def write_off(asked: dict[str, Any], vehicle_id: int) -> list[Rescue]:
    """It runs no more: it leaves the fleet, and nobody is booked on it."""
    return rescue.write_off(vehicle_id, **asked, by=viewer(), now=now())
