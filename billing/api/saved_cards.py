"""Cards on file in JSON: the same actions and schemas as the pages."""

from typing import Any

from billing.actions import card_calls
from billing.models import CardCall
from billing.queries import deposits as queries
from billing.queries.saved_cards import get_called
from billing.schemas.deposits import CardCallSchema, KeepSchema
from billing.schemas.payments import PayLinkOutSchema, PayLinkSchema
from billing.views.checkout import key_of_request
from billing.views.links import HandedOver
from billing.views.payments import BOOKS, MONEY
from billing.views.saved_cards import ask_card, charge_and_tell, check_step, link_to_confirm
from mobility.clock import now
from mobility.db import transaction
from mobility.web.access import allow, own_transactions
from mobility.web.api import Blueprint
from mobility.web.viewer import viewer

blp = Blueprint("saved_cards_api", __name__, url_prefix="/api/v1/p/<slug>", description="Cartes enregistrées pour une caution")


@blp.post("/deposits/<int:deposit_id>/saved-cards")
@blp.arguments(PayLinkSchema)
@blp.response(201, PayLinkOutSchema)
@allow(*MONEY)
def ask(asked: dict[str, Any], deposit_id: int) -> HandedOver:
    """Ask the person's card: the link of the page where they leave it, sent by mail or text message when asked."""
    queries.get_deposit(deposit_id, viewer())
    return ask_card(deposit_id, asked["send"])


@blp.post("/deposits/<int:deposit_id>/charges")
@blp.arguments(KeepSchema)
@blp.response(201, CardCallSchema)
@allow(*BOOKS)
@own_transactions
def charge(asked: dict[str, Any], deposit_id: int) -> CardCall:
    """Charge a part to the card on file; the Idempotency-Key is needed. Answers kept, authenticate (by a link) or refused."""
    key = key_of_request()
    with transaction():
        queries.get_deposit(deposit_id, viewer())
        step_id = card_calls.call_card(deposit_id, **asked, key=key, by=viewer(), now=now()).id
    charge_and_tell(step_id)
    return get_called(step_id).call


@blp.post("/deposits/<int:deposit_id>/charges/<int:step_id>/link")
@blp.arguments(PayLinkSchema)
@blp.response(201, PayLinkOutSchema)
@allow(*MONEY)
def confirm_link(asked: dict[str, Any], deposit_id: int, step_id: int) -> HandedOver:
    """Hand over once more the link by which the person confirms a charge."""
    check_step(deposit_id, step_id)
    return link_to_confirm(step_id, asked["send"])


@blp.post("/deposits/<int:deposit_id>/charges/<int:step_id>/drop")
@blp.response(200, CardCallSchema)
@allow(*BOOKS)
def drop(deposit_id: int, step_id: int) -> CardCall:
    """Give up a charge that waits for the person."""
    check_step(deposit_id, step_id)
    card_calls.drop(step_id, by=viewer(), now=now())
    return get_called(step_id).call
