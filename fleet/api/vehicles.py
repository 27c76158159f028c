"""Vehicles and blocks as JSON: the pages' actions and schemas."""

from typing import Any

from fleet.actions import blocks, vehicles
from fleet.downtime import Downtime
from fleet.lists import VEHICLES
from fleet.models import Block, Vehicle, VehicleStep
from fleet.queries.bookings import list_immobilised
from fleet.queries.downtime import downtime_of
from fleet.queries.vehicles import all_vehicles, get_vehicle, list_steps
from fleet.schemas.vehicles import BlockOut, BlockSchema, ChangeVehicleSchema, DowntimeOut, StepOut, StepSchema, VehicleOut, VehicleSchema
from mobility.clock import now
from mobility.rights import STAFF, Role
from mobility.web.access import allow
from mobility.web.api import Blueprint
from mobility.web.lists import list_of, told
from mobility.web.viewer import viewer

blp = Blueprint("vehicles_api", __name__, url_prefix="/api/v1/p/<slug>", description="Véhicules et immobilisations")


@blp.get("/vehicles")
@blp.arguments(VEHICLES.schema(), location="query")
@blp.response(200, list_of(VehicleOut))
@allow(*STAFF)
def index(asked: dict[str, Any]) -> dict[str, Any]:
    """The vehicles by kind and label, fifty a page."""
    return told(VEHICLES, all_vehicles(), asked, lambda row: row[0])


@blp.post("/vehicles")
@blp.arguments(VehicleSchema)
@blp.response(201, VehicleOut)
@allow(Role.MANAGER, Role.ADVISER, Role.MECHANIC)
def create(asked: dict[str, Any]) -> Vehicle:
    """A vehicle joins the fleet."""
    return vehicles.add_vehicle(**asked, by=viewer(), now=now())


@blp.get("/vehicles/<int:vehicle_id>")
@blp.response(200, VehicleOut)
@allow(*STAFF)
def show(vehicle_id: int) -> Vehicle:
    """One vehicle."""
    return get_vehicle(vehicle_id)


@blp.put("/vehicles/<int:vehicle_id>")
@blp.arguments(ChangeVehicleSchema)
@blp.response(200, VehicleOut)
@allow(Role.MANAGER, Role.ADVISER, Role.MECHANIC)
def change(asked: dict[str, Any], vehicle_id: int) -> Vehicle:
    """What is known of it is put right."""
    return vehicles.change_vehicle(vehicle_id, **asked, by=viewer(), now=now())


@blp.get("/vehicles/<int:vehicle_id>/steps")
@blp.response(200, StepOut(many=True))
@allow(*STAFF)
def steps(vehicle_id: int) -> list[VehicleStep]:
    """The steps of its life, the latest first."""
    return list_steps(get_vehicle(vehicle_id))


@blp.post("/vehicles/<int:vehicle_id>/steps")
@blp.arguments(StepSchema)
@blp.response(201, StepOut)
@allow(Role.MANAGER, Role.ADVISER, Role.MECHANIC)
def step(asked: dict[str, Any], vehicle_id: int) -> VehicleStep:
    """The next step of its life."""
    return vehicles.step_vehicle(vehicle_id, **asked, by=viewer(), now=now())


@blp.get("/vehicles/<int:vehicle_id>/downtime")
@blp.response(200, DowntimeOut)
@allow(*STAFF)
def downtime(vehicle_id: int) -> Downtime:
    """How long it stood still for repairs over the past year."""
    return downtime_of(get_vehicle(vehicle_id), now())


@blp.get("/blocks")
@blp.response(200, BlockOut(many=True))
@allow(*STAFF)
def current() -> list[Block]:
    """What keeps vehicles back now."""
    return [block for block, _ in list_immobilised(now()) if block is not None]


@blp.post("/vehicles/<int:vehicle_id>/blocks")
@blp.arguments(BlockSchema)
@blp.response(201, BlockOut)
@allow(Role.MANAGER, Role.ADVISER, Role.MECHANIC)
def block(asked: dict[str, Any], vehicle_id: int) -> Block:
    """Keep a vehicle back; the days a running rental loses are not charged."""
    return blocks.block(vehicle_id, **asked, by=viewer(), now=now())


@blp.post("/blocks/<int:block_id>/lift")
@blp.response(200, BlockOut)
@allow(Role.MANAGER, Role.ADVISER, Role.MECHANIC)
def lift(block_id: int) -> Block:
    """The vehicle can be used again."""
    return blocks.lift(block_id, by=viewer(), now=now())
