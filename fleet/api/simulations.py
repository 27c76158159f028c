"""The mileage simulator as JSON: public, stateless, no database read."""

from typing import Any

from fleet.mileage import MileageState, simulate_mileage
from fleet.schemas.simulations import MileageSchema, MileageStateSchema
from mobility.web.access import public
from mobility.web.api import Blueprint

api = Blueprint("mileage_simulation_api", __name__, url_prefix="/api/v1/simulations", description="Simulateur de kilomètres")


@api.post("/mileage")
@api.arguments(MileageSchema)
@api.response(200, MileageStateSchema)
@api.doc(security=[])
@public
def simulate(asked: dict[str, Any]) -> MileageState:
    """The mileage cap of a commute, and where the kilometres driven stand against it (domain.md §10.4)."""
    return simulate_mileage(**asked)
