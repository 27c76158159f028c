"""What our books and the card gateway do not say alike, in JSON: the page's own actions."""

from typing import Any

from billing.actions import differences
from billing.models import GatewayDifference
from billing.queries import differences as queries
from billing.schemas import reconciliation as out
from billing.schemas.payments import DisputeSchema
from billing.views.payments import BOOKS
from mobility.clock import now
from mobility.web.access import allow, own_transactions
from mobility.web.api import Blueprint
from mobility.web.viewer import viewer

blp = Blueprint("differences_api", __name__, url_prefix="/api/v1/p/<slug>", description="Écarts avec le prestataire de cartes")


@blp.get("/reconciliation/differences")
@blp.response(200, out.AllDifferencesSchema)
@allow(*BOOKS)
def show() -> dict[str, Any]:
    """What is open, the oldest first, and what was mended last."""
    return {"open": queries.list_open(), "mended": queries.list_mended()}


@blp.post("/reconciliation/differences")
@blp.response(200, out.OpenDifferencesSchema)
@allow(*BOOKS)
@own_transactions
def run() -> dict[str, int]:
    """Compare now, without waiting for the night."""
    return {"open": differences.compare(now=now())}


@blp.post("/reconciliation/differences/<int:difference_id>/mend")
@blp.response(200, out.DifferenceSchema)
@allow(*BOOKS)
@own_transactions
def mend(difference_id: int) -> GatewayDifference:
    """Do what mends it; 422 for a kind that only a person mends."""
    return differences.mend(difference_id, by=viewer(), now=now())


@blp.post("/reconciliation/differences/<int:difference_id>/seen")
@blp.arguments(DisputeSchema)
@blp.response(200, out.DifferenceSchema)
@allow(*BOOKS)
def seen(asked: dict[str, Any], difference_id: int) -> GatewayDifference:
    """Say what was seen with the gateway or the bank."""
    return differences.see(difference_id, **asked, by=viewer(), now=now())
