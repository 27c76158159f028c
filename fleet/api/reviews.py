"""Monthly reviews in JSON: the page's action and schema."""

from collections.abc import Sequence
from typing import Any

from fleet.actions import reviews as actions
from fleet.models import MonthlyReview
from fleet.queries.reviews import list_reviews
from fleet.schemas import reviews as shapes
from fleet.views.rentals import ADVISERS, open_rental
from mobility.clock import now
from mobility.rights import Role
from mobility.web.access import allow
from mobility.web.api import Blueprint
from mobility.web.viewer import viewer

blp = Blueprint("reviews_api", __name__, url_prefix="/api/v1/p/<slug>", description="Bilans mensuels")


@blp.get("/bookings/<int:booking_id>/monthly-reviews")
@blp.response(200, shapes.ReviewOut(many=True))
@allow(*ADVISERS, Role.BENEFICIARY)
def index(booking_id: int) -> Sequence[MonthlyReview]:
    """Every version, by month, the oldest version first."""
    open_rental(booking_id, page="review")
    return list_reviews(booking_id)


@blp.post("/bookings/<int:booking_id>/monthly-reviews/<int:month>")
@blp.arguments(shapes.ReviewSchema)
@blp.response(201, shapes.ReviewOut)
@allow(*ADVISERS)
def hold(asked: dict[str, Any], booking_id: int, month: int) -> MonthlyReview:
    """Keep a month's review and send its feedback; `version` names the one it corrects."""
    return actions.hold_review(booking_id, month, **asked, by=viewer(), now=now())
