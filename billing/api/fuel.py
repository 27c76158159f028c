"""Fuel in JSON: the same action and schema as the page."""

from typing import Any

from billing.actions.fuel import record_fuel, withdraw_fuel
from billing.models import FuelReceipt
from billing.queries.accounts import get_account
from billing.queries.fuel import fuel_of, list_fuel_receipts
from billing.schemas.fuel import FuelReceiptOutSchema, FuelReceiptSchema, FuelSchema, FuelWithdrawalSchema
from billing.views.fuel import NO_FUEL
from billing.views.money import MONEY
from mobility.clock import now
from mobility.errors import NotFound
from mobility.rights import Role
from mobility.web.access import allow
from mobility.web.api import Blueprint
from mobility.web.looks import look
from mobility.web.viewer import viewer

blp = Blueprint("fuel_api", __name__, url_prefix="/api/v1/p/<slug>", description="Carburant du programme AMIE")


@blp.get("/money/accounts/<int:account_id>/fuel")
@blp.response(200, FuelSchema)
@allow(*MONEY, Role.BENEFICIARY)
def show(account_id: int) -> dict[str, Any]:
    """What is left for fuel, and the receipts."""
    account = get_account(account_id, viewer())
    granted = fuel_of(account)
    if granted is None:
        raise NotFound(NO_FUEL)
    look(account.beneficiary_id, page="fuel")
    told = {name: getattr(granted, name) for name in ("left_cents", "first_on", "last_on", "sentence")}
    return told | {"allowance_cents": granted.cents, "receipts": list_fuel_receipts(account_id)}


@blp.post("/money/accounts/<int:account_id>/fuel")
@blp.arguments(FuelReceiptSchema)
@blp.response(201, FuelReceiptOutSchema)
@allow(*MONEY)
def create(asked: dict[str, Any], account_id: int) -> FuelReceipt:
    """Record a receipt seen and paid, up to what is left; an Idempotency-Key makes sending again harmless."""
    get_account(account_id, viewer())
    return record_fuel(account_id, **asked, by=viewer(), now=now())


@blp.post("/money/accounts/<int:account_id>/fuel/<int:receipt_id>/withdrawal")
@blp.arguments(FuelWithdrawalSchema)
@blp.response(200, FuelReceiptOutSchema)
@allow(*MONEY)
def withdraw(asked: dict[str, Any], account_id: int, receipt_id: int) -> FuelReceipt:
    """Take back a receipt noted by mistake; its entry is undone by another."""
    get_account(account_id, viewer())
    return withdraw_fuel(account_id, receipt_id, **asked, by=viewer(), now=now())
