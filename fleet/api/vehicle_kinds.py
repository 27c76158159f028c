"""The kinds of vehicle as JSON; a rule changes by its key as any setting does (POST /settings/<key>)."""

from fleet.queries.kind_rules import KindSheet, list_kinds
from fleet.schemas.vehicle_kinds import KindOut
from mobility.clock import today
from mobility.rights import Role
from mobility.web.access import allow
from mobility.web.api import Blueprint

blp = Blueprint("vehicle_kinds_api", __name__, url_prefix="/api/v1/p/<slug>", description="Types de véhicule")


@blp.get("/vehicle-kinds")
@blp.response(200, KindOut(many=True))
@allow(Role.MANAGER)
def index() -> list[KindSheet]:
    """Every kind with its rules as they hold today, and every value the platform gave them."""
    return list_kinds(today())
