"""Vehicles from pole to pole as JSON: the page's action and schema."""

from collections.abc import Sequence
from typing import Any

from fleet.actions.transfers import transfer_vehicle
from fleet.models import VehicleTransfer
from fleet.queries.transfers import list_transfers
from fleet.queries.vehicles import get_vehicle
from fleet.schemas.transfers import TransferOut, TransferSchema
from fleet.views.work_orders import REPAIRERS
from mobility.clock import now
from mobility.rights import STAFF
from mobility.web.access import allow
from mobility.web.api import Blueprint
from mobility.web.viewer import viewer

blp = Blueprint("transfers_api", __name__, url_prefix="/api/v1/p/<slug>", description="Véhicules d’un pôle à l’autre")


@blp.get("/vehicles/<int:vehicle_id>/transfers")
@blp.response(200, TransferOut(many=True))
@allow(*STAFF)
def index(vehicle_id: int) -> Sequence[VehicleTransfer]:
    """A vehicle's moves, the latest first."""
    return list_transfers(get_vehicle(vehicle_id).id)


@blp.post("/vehicles/<int:vehicle_id>/transfers")
@blp.arguments(TransferSchema)
@blp.response(201, TransferOut)
@allow(*REPAIRERS)
def move(asked: dict[str, Any], vehicle_id: int) -> VehicleTransfer:
    """It stands at another pole; its bookings stay as they are."""
    return transfer_vehicle(vehicle_id, **asked, by=viewer(), now=now())
