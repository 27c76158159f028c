"""Ordering a booking's vehicle in JSON: the page's own action and schema."""

from typing import Any

from billing.queries.hires import HireRow, get_hire
from billing.schemas.hires import HireOutSchema, OrderSchema
from fleet.actions.hired import order_vehicle
from fleet.views.hired import ORDERERS
from mobility.clock import now
from mobility.web.access import allow
from mobility.web.api import Blueprint
from mobility.web.viewer import viewer

blp = Blueprint("hired_api", __name__, url_prefix="/api/v1/p/<slug>", description="Commandes aux loueurs")


@blp.post("/bookings/<int:booking_id>/hire")
@blp.arguments(OrderSchema)
@blp.response(201, HireOutSchema)
@allow(*ORDERERS)
def order(asked: dict[str, Any], booking_id: int) -> HireRow:
    """Order the vehicle of a booking of its hirer; its rental's days must lie within the order's."""
    return get_hire(order_vehicle(booking_id, **asked, by=viewer(), now=now()).id)
