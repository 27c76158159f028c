"""Deposits in JSON: the same actions and schemas as the pages."""

from typing import Any

from billing.actions import deposits, refunds
from billing.models import Deposit
from billing.queries import deposits as queries
from billing.queries.accounts import get_account
from billing.schemas.deposits import (
    DeferSchema,
    DepositFilterSchema,
    DepositOutSchema,
    DepositSchema,
    KeepSchema,
    ReceiveSchema,
    ReleaseDateSchema,
)
from billing.views.payments import BOOKS, MONEY
from mobility.clock import now
from mobility.db import transaction
from mobility.rights import Role
from mobility.web.access import allow, own_transactions
from mobility.web.api import Blueprint
from mobility.web.viewer import viewer

blp = Blueprint("deposits_api", __name__, url_prefix="/api/v1/p/<slug>", description="Cautions")


@blp.get("/deposits")
@blp.arguments(DepositFilterSchema, location="query")
@blp.response(200, DepositOutSchema(many=True))
@allow(*MONEY)
def list_deposits(chosen: dict[str, Any]) -> list[Deposit]:
    """The last hundred deposits, by state."""
    return [deposit for deposit, _, _ in queries.list_deposits(**chosen, limit=100)]


@blp.get("/deposits/<int:deposit_id>")
@blp.response(200, DepositOutSchema)
@allow(*MONEY, Role.BENEFICIARY)
def show(deposit_id: int) -> Deposit:
    """One deposit."""
    return queries.get_deposit(deposit_id, viewer())


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
    """Keep a part, with a reason."""
    deposits.keep_deposit(deposit_id, **asked, by=viewer(), now=now())
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
    return queries.get_deposit(deposit_id, viewer())
