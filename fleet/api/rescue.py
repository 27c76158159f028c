"""A breakdown as JSON: whom it hits, with the best other vehicle; `POST /bookings/<id>/swap` gives it."""

from fleet.queries.rescue import Stranded, list_stranded
from fleet.schemas.rescue import StrandedOut
from fleet.views.rescue import AHEAD
from mobility.clock import now
from mobility.rights import Role
from mobility.web.access import allow
from mobility.web.api import Blueprint

blp = Blueprint("rescue_api", __name__, url_prefix="/api/v1/p/<slug>", description="Véhicules en panne")


@blp.get("/vehicles/<int:vehicle_id>/rescue")
@blp.response(200, StrandedOut(many=True))
@allow(Role.ADVISER, Role.MANAGER)
def show(vehicle_id: int) -> list[Stranded]:
    """Who has or awaits this vehicle in the coming month, the next shift first."""
    return list_stranded(vehicle_id, until=now() + AHEAD, now=now())
