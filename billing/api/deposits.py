"""Deposits in JSON: the same actions and schemas as the pages."""

from typing import Any

from billing.actions import card_holds, cards, deposits, refunds, saved_cards
from billing.actions.kept_deposits import keep_deposit
from billing.lists import DEPOSITS
from billing.models import Deposit
from billing.queries import deposits as queries
from billing.queries.accounts import get_account
from billing.queries.card_holds import hold_of
from billing.queries.saved_cards import card_of, find_saved, list_called
from billing.schemas.deposits import (
    CardDepositSchema,
    DeferSchema,
    DepositOutSchema,
    DepositSchema,
    KeepSchema,
    ReceiveSchema,
    ReduceSchema,
    ReleaseDateSchema,
    WholeDepositSchema,
)
from billing.schemas.payments import CheckoutOutSchema
from billing.views.checkout import checkout_url, key_of_request
from billing.views.payments import BOOKS, MONEY
from mobility.clock import now
from mobility.db import transaction
from mobility.rights import Role
from mobility.web.access import allow, own_transactions
from mobility.web.api import Blueprint
from mobility.web.lists import list_of, told
from mobility.web.looks import look
from mobility.web.viewer import viewer

blp = Blueprint("deposits_api", __name__, url_prefix="/api/v1/p/<slug>", description="Cautions")


@blp.get("/deposits")
@blp.arguments(DEPOSITS.schema(), location="query")
@blp.response(200, list_of(DepositOutSchema))
@allow(*MONEY)
def list_deposits(asked: dict[str, Any]) -> dict[str, Any]:
    """The deposits, those of the latest rentals first, fifty a page."""
    return told(DEPOSITS, queries.all_deposits(), asked, lambda row: row[0])


@blp.get("/deposits/<int:deposit_id>")
@blp.response(200, WholeDepositSchema)
@allow(*MONEY, Role.BENEFICIARY)
def show(deposit_id: int) -> dict[str, Any]:
    """One deposit, the rentals it secures and what happened to it."""
    deposit = queries.get_deposit(deposit_id, viewer())
    look(get_account(deposit.account_id, viewer()).beneficiary_id, page="deposit")
    secured = [account.id for account in queries.list_secured(deposit_id)]
    row: dict[str, Any] = DepositOutSchema().dump(deposit)
    row |= {
        "saved_card": find_saved(deposit_id) or card_of(deposit_id),
        "latest_card": card_of(deposit_id),
        "card_hold": hold_of(deposit_id),
        "card_calls": [each.call for each in list_called(deposit_id)],
    }
    days = {"release_on": deposit.release_on, "expires_on": deposit.expires_on}
    return row | days | {"secured_account_ids": secured, "steps": queries.list_steps(deposit_id)}


@blp.post("/accounts/<int:account_id>/deposits")
@blp.arguments(DepositSchema)
@blp.response(201, DepositOutSchema)
@allow(*MONEY)
def create(asked: dict[str, Any], account_id: int) -> Deposit:
    """Ask a deposit of a rental."""
    get_account(account_id, viewer())
    return deposits.open_deposit(account_id, **asked, by=viewer(), now=now())


@blp.post("/deposits/<int:deposit_id>/receive")
@blp.arguments(ReceiveSchema)
@blp.response(200, DepositOutSchema)
@allow(*MONEY)
def receive(asked: dict[str, Any], deposit_id: int) -> Deposit:
    """A part in hand."""
    deposits.receive_deposit(deposit_id, **asked, by=viewer(), now=now())
    return queries.get_deposit(deposit_id, viewer())


@blp.post("/deposits/<int:deposit_id>/reduce")
@blp.arguments(ReduceSchema)
@blp.response(200, DepositOutSchema)
@allow(*MONEY)
def reduce(asked: dict[str, Any], deposit_id: int) -> Deposit:
    """Ask the solidarity amount instead, for a reason."""
    return deposits.reduce_deposit(deposit_id, **asked, by=viewer(), now=now())


@blp.post("/deposits/<int:deposit_id>/card-payments")
@blp.arguments(CardDepositSchema)
@blp.response(201, CheckoutOutSchema)
@allow(*MONEY, Role.BENEFICIARY)
@own_transactions
def pay_by_card(asked: dict[str, Any], deposit_id: int) -> dict[str, Any]:
    """Open the gateway's page for a part by card; the Idempotency-Key is needed, and keeps it one charge."""
    key = key_of_request()
    with transaction():
        account_id = queries.get_deposit(deposit_id, viewer()).account_id
        payment = cards.start_card_payment(account_id, **asked, deposit_id=deposit_id, key=key, by=viewer(), now=now())
    return {"payment_id": payment.id, "reference": payment.reference, "checkout_url": checkout_url(payment.id)}


@blp.post("/deposits/<int:deposit_id>/defer")
@blp.arguments(DeferSchema)
@blp.response(200, DepositOutSchema)
@allow(*MONEY)
def defer(asked: dict[str, Any], deposit_id: int) -> Deposit:
    """Hand over the keys first, for a reason, with a plan."""
    return deposits.defer_deposit(deposit_id, **asked, by=viewer(), now=now())


@blp.post("/deposits/<int:deposit_id>/date")
@blp.arguments(ReleaseDateSchema)
@blp.response(200, DepositOutSchema)
@allow(*MONEY)
def set_date(asked: dict[str, Any], deposit_id: int) -> Deposit:
    """The day it goes back."""
    return deposits.set_release_date(deposit_id, **asked, by=viewer(), now=now())


@blp.post("/deposits/<int:deposit_id>/keep")
@blp.arguments(KeepSchema)
@blp.response(200, DepositOutSchema)
@allow(*BOOKS)
def keep(asked: dict[str, Any], deposit_id: int) -> Deposit:
    """Keep a part, with a reason; its pictures and papers are sent before, as attachments of the kind "deposit"."""
    keep_deposit(deposit_id, **asked, by=viewer(), now=now())
    return queries.get_deposit(deposit_id, viewer())


@blp.post("/deposits/<int:deposit_id>/release")
@blp.response(200, DepositOutSchema)
@allow(*BOOKS)
@own_transactions
def release(deposit_id: int) -> Deposit:
    """Give back what is held; a card is refunded through the gateway."""
    with transaction():
        deposits.release_deposit(deposit_id, by=viewer(), now=now())
    refunds.send_for_deposit(deposit_id, by=viewer(), now=now())
    saved_cards.send_away(deposit_id, now=now())
    card_holds.send_away(deposit_id, now=now())
    return queries.get_deposit(deposit_id, viewer())
