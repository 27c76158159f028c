"""Payouts of the card gateway and payments claimed back in JSON: the pages' own actions and lists."""

from typing import Any

from billing.actions import gateway_books, gateway_disputes, payouts
from billing.models import GatewayPayout
from billing.queries.gateway_books import DisputeLine, all_disputes, all_payouts, get_dispute
from billing.schemas import gateway_books as schemas
from billing.views.gateway_lists import DISPUTES, PAYOUTS
from billing.views.money import BOOKS
from mobility.clock import now
from mobility.web.access import allow, own_transactions
from mobility.web.api import Blueprint
from mobility.web.lists import list_of, told
from mobility.web.looks import look
from mobility.web.viewer import viewer

blp = Blueprint("gateway_books_api", __name__, url_prefix="/api/v1/p/<slug>", description="Versements et contestations de cartes")


@blp.get("/money/payouts")
@blp.arguments(PAYOUTS.schema(), location="query")
@blp.response(200, list_of(schemas.PayoutOutSchema, summed=True))
@allow(*BOOKS)
def list_payouts(asked: dict[str, Any]) -> dict[str, Any]:
    """What the gateway sent to the bank, the latest first, fifty a page."""
    return told(PAYOUTS, all_payouts(), asked, lambda row: row[0])


@blp.post("/money/payouts")
@blp.response(200, schemas.ReadSchema)
@allow(*BOOKS)
@own_transactions
def read() -> dict[str, int]:
    """Ask the gateway now, without waiting for the night."""
    return {"entered": gateway_books.follow(now=now())}


@blp.post("/money/payouts/<int:payout_id>/banked")
@blp.arguments(schemas.PayoutBankedSchema)
@blp.response(200, schemas.PayoutOutSchema)
@allow(*BOOKS)
def banked(asked: dict[str, Any], payout_id: int) -> GatewayPayout:
    """The bank has it since a day."""
    return payouts.note_banked(payout_id, **asked, by=viewer(), now=now())


@blp.get("/money/disputes")
@blp.arguments(DISPUTES.schema(), location="query")
@blp.response(200, list_of(schemas.CardDisputeOutSchema, summed=True))
@allow(*BOOKS)
def list_disputes(asked: dict[str, Any]) -> dict[str, Any]:
    """The card payments claimed back, the latest first, fifty a page."""
    return told(DISPUTES, all_disputes(), asked)


@blp.get("/money/disputes/<int:dispute_id>")
@blp.response(200, schemas.CardDisputeOutSchema)
@allow(*BOOKS)
def dispute(dispute_id: int) -> DisputeLine:
    """One of them."""
    line = get_dispute(dispute_id)
    look(line.person.id, page="money")
    return line


@blp.post("/money/disputes/<int:dispute_id>")
@blp.arguments(schemas.DisputeDecisionSchema)
@blp.response(200, schemas.CardDisputeOutSchema)
@allow(*BOOKS)
def decide(asked: dict[str, Any], dispute_id: int) -> DisputeLine:
    """A dispute was lost: its sum is due again, or written off (by the management alone)."""
    gateway_disputes.decide(dispute_id, **asked, by=viewer(), now=now())
    return get_dispute(dispute_id)
