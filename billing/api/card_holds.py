"""Holds on cards in JSON: the same actions and schemas as the pages."""

from typing import Any

from billing.actions import card_captures
from billing.models import CardHold
from billing.queries import deposits as queries
from billing.queries.card_holds import hold_of
from billing.schemas.deposits import CardHoldSchema, KeepSchema
from billing.schemas.payments import PayLinkOutSchema, PayLinkSchema
from billing.views.card_holds import ask_hold, lift_hold
from billing.views.checkout import key_of_request
from billing.views.links import HandedOver
from billing.views.payments import BOOKS, MONEY
from mobility.clock import now
from mobility.db import db, transaction
from mobility.web.access import allow, own_transactions
from mobility.web.api import Blueprint
from mobility.web.viewer import viewer

blp = Blueprint("card_holds_api", __name__, url_prefix="/api/v1/p/<slug>", description="Empreintes de carte pour une caution")


@blp.post("/deposits/<int:deposit_id>/holds")
@blp.arguments(PayLinkSchema)
@blp.response(201, PayLinkOutSchema)
@allow(*MONEY)
def ask(asked: dict[str, Any], deposit_id: int) -> HandedOver:
    """Ask a hold for a rental of less than seven days: the link of its page, sent by mail or text message when asked."""
    queries.get_deposit(deposit_id, viewer())
    return ask_hold(deposit_id, asked["send"])


@blp.post("/deposits/<int:deposit_id>/captures")
@blp.arguments(KeepSchema)
@blp.response(201, CardHoldSchema)
@allow(*BOOKS)
@own_transactions
def capture(asked: dict[str, Any], deposit_id: int) -> CardHold:
    """Take a part of the hold, once, the rest being lifted by that; the Idempotency-Key is needed. Answers captured, lapsed or taken."""
    key = key_of_request()
    with transaction():
        queries.get_deposit(deposit_id, viewer())
        hold_id = card_captures.ask_capture(deposit_id, **asked, key=key, by=viewer(), now=now()).id
    card_captures.send(hold_id, by=viewer(), now=now())
    return db.session.get_one(CardHold, hold_id, populate_existing=True)


@blp.post("/deposits/<int:deposit_id>/lift")
@blp.response(200, CardHoldSchema)
@allow(*MONEY)
@own_transactions
def lift(deposit_id: int) -> CardHold | None:
    """Give the hold up while the vehicle is out, for another form of deposit."""
    lift_hold(deposit_id)
    return hold_of(deposit_id)
