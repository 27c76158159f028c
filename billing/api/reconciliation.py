"""The card gateway's differences in JSON, and the acts that mend them: the page's own actions."""

from datetime import timedelta
from typing import Any

from billing.actions.gateway_news import handle_dispute
from billing.actions.reconciliation import ASKED_FOR, reconcile
from billing.models import GatewayEventRecord
from billing.queries import payments as queries
from billing.schemas import reconciliation as out
from billing.schemas.payments import DisputeSchema
from billing.views.payments import BOOKS
from mobility.clock import now
from mobility.web.access import allow, own_transactions
from mobility.web.api import Blueprint
from mobility.web.viewer import viewer

blp = Blueprint("reconciliation_api", __name__, url_prefix="/api/v1/p/<slug>", description="Rapprochement avec le prestataire de cartes")


@blp.get("/reconciliation")
@blp.response(200, out.DifferencesSchema)
@allow(*BOOKS)
def show() -> dict[str, Any]:
    """What does not match, what is open, what was refused; `act` is where a POST mends it."""
    return {
        "disputed": queries.list_disputed(),
        "open_cards": [out.open_card(payment) for payment in queries.list_unsettled_card_payments(before=now(), after=now() - ASKED_FOR)],
        "announced": [out.announced(line) for line in queries.list_announced()],
        "refunds": queries.list_unanswered_refunds(),
    }


@blp.post("/reconciliation")
@blp.response(200, out.MovedSchema)
@allow(*BOOKS)
@own_transactions
def run() -> dict[str, int]:
    """Ask the gateway now about everything open."""
    return {"moved": reconcile(now=now(), patience=timedelta(0))}


@blp.post("/reconciliation/<int:record_id>/handled")
@blp.arguments(DisputeSchema)
@blp.response(200, out.DisputeOutSchema)
@allow(*BOOKS)
def handled(asked: dict[str, Any], record_id: int) -> GatewayEventRecord:
    """Say what was done about news that did not match."""
    return handle_dispute(record_id, **asked, by=viewer(), now=now())
