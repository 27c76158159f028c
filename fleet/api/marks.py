"""A vehicle's marks and the comparison of out and in, as JSON: the same queries and the same act as the pages."""

from collections.abc import Sequence

from fleet.actions import marks as actions
from fleet.models import VehicleMark
from fleet.queries.marks import Comparison, compare_looks, list_marks
from fleet.queries.rentals import get_rental
from fleet.queries.vehicles import get_vehicle
from fleet.schemas.marks import ComparisonOut, MarkOut
from mobility.clock import now
from mobility.rights import Role
from mobility.web.access import allow
from mobility.web.api import Blueprint
from mobility.web.looks import look
from mobility.web.viewer import viewer

blp = Blueprint("marks_api", __name__, url_prefix="/api/v1/p/<slug>", description="Marques des véhicules")
ADVISERS = (Role.ADVISER, Role.MANAGER)


@blp.get("/vehicles/<int:vehicle_id>/marks")
@blp.response(200, MarkOut(many=True))
@allow(*ADVISERS, Role.MECHANIC)
def of_vehicle(vehicle_id: int) -> Sequence[VehicleMark]:
    """Every mark of a vehicle, mended ones too, in the order seen."""
    return list_marks(get_vehicle(vehicle_id).id)


@blp.post("/vehicles/<int:vehicle_id>/marks/<int:mark_id>/mended")
@blp.response(200, MarkOut)
@allow(*ADVISERS, Role.MECHANIC)
def mended(vehicle_id: int, mark_id: int) -> VehicleMark:
    """A mark is mended: it is shown no more."""
    return actions.mend_mark(vehicle_id, mark_id, by=viewer(), now=now())


@blp.get("/bookings/<int:booking_id>/condition")
@blp.response(200, ComparisonOut)
@allow(*ADVISERS, Role.BENEFICIARY)
def compare(booking_id: int) -> Comparison:
    """Out and in, side by side: what was already there, and what is new."""
    rental = get_rental(booking_id, viewer())
    look(rental.person.id, page="condition")
    return compare_looks(rental)
