"""Charges and holds at Stripe: what is asked and what is read, in its words. Pure; the adapter beside is alone in importing its SDK."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from billing.card_gateway import CURRENCY, Charge, ChargeState, ChargeStatus, CheckoutOrder
from billing.card_holds import HoldState, HoldStatus
from billing.gateway_events import HOLD, given_back_cents

LANGUAGES = {"en": "en"}  # Checkout speaks neither Arabic nor Ukrainian: everybody else gets French
HOLD_STATUSES = {"requires_capture": HoldStatus.HELD, "succeeded": HoldStatus.CAPTURED, "canceled": HoldStatus.CANCELLED}


def spoken(language: str) -> str:
    """The language of a page of theirs."""
    return LANGUAGES.get(language, "fr")


def session_params(order: CheckoutOrder) -> Any:
    """A page where a card pays at once."""
    metadata = {"platform": order.platform_slug, "payment": order.payment_reference}
    price = {"currency": CURRENCY, "unit_amount": order.cents, "product_data": {"name": order.label}}
    return {
        "mode": "payment",
        "payment_method_types": ["card"],  # the others answer after days, and their checkout completes unpaid
        "adaptive_pricing": {"enabled": False},  # what is due in euros is charged in euros
        "line_items": [{"price_data": price, "quantity": 1}],
        "client_reference_id": order.payment_reference,
        "metadata": metadata,
        "payment_intent_data": {"metadata": metadata},  # so that each of the five events carries it
        "success_url": order.success_url,
        "cancel_url": order.cancel_url,
        "locale": spoken(order.language),
    }


def state_of_session(session: Mapping[str, Any]) -> ChargeState:
    """A page as a charge; its payment intent came expanded."""
    if session.get("payment_intent"):
        state = state_of_intent(session["payment_intent"])
        if state.status in (ChargeStatus.PAID, ChargeStatus.REFUNDED):
            return state
    return ChargeState(
        status=ChargeStatus.EXPIRED if session["status"] == "expired" else ChargeStatus.OPEN,
        cents=session["amount_total"],
        refunded_cents=0,
        currency=session["currency"],
        payment_reference=session["metadata"].get("payment"),
        charge_reference=(session.get("payment_intent") or {}).get("id"),
    )


def state_of_intent(intent: Mapping[str, Any]) -> ChargeState:
    """A payment intent as a charge; its latest charge came expanded."""
    charge = intent.get("latest_charge") or {}
    return ChargeState(
        status=_status_of_intent(intent, charge),
        cents=intent["amount_received"] if intent["status"] == "succeeded" else intent["amount"],
        refunded_cents=given_back_cents(charge) or 0,
        currency=intent["currency"],
        payment_reference=intent["metadata"].get("payment"),
        charge_reference=intent["id"],
    )


def charge_of(intent: Mapping[str, Any]) -> Charge:
    """Money taken, as the night's comparison reads it."""
    charge, metadata = intent.get("latest_charge") or {}, intent.get("metadata") or {}
    return Charge(
        charge_reference=intent["id"],
        platform_slug=metadata.get("platform"),
        payment_reference=metadata.get("payment"),
        cents=intent["amount_received"],
        refunded_cents=given_back_cents(charge) or 0,
        currency=intent["currency"],
        is_contested=bool(charge.get("disputed")),
        taken_at=datetime.fromtimestamp(intent["created"], UTC),
    )


def _status_of_intent(intent: Mapping[str, Any], charge: Mapping[str, Any]) -> ChargeStatus:
    if intent["status"] == "succeeded":
        return ChargeStatus.REFUNDED if charge.get("refunded") else ChargeStatus.PAID
    if intent["status"] == "canceled" or intent.get("last_payment_error"):
        return ChargeStatus.FAILED
    return ChargeStatus.OPEN


def hold_params(order: CheckoutOrder) -> Any:
    """A page where the sum is set aside, to be taken by an order of its own; each of its events says so."""
    params = session_params(order)
    metadata = params["metadata"] | {HOLD: "yes"}
    return params | {"metadata": metadata, "payment_intent_data": {"metadata": metadata, "capture_method": "manual"}}


def hold_of_session(session: Mapping[str, Any]) -> HoldState:
    """A page as a hold; its payment intent and the latest charge of it came expanded."""
    intent = session.get("payment_intent")
    if intent and (intent["status"] in HOLD_STATUSES) and (session["status"] != "expired" or intent["status"] != "canceled"):
        return hold_of_intent(intent)
    status = HoldStatus.EXPIRED if session["status"] == "expired" else HoldStatus.OPEN
    return HoldState(status=status, cents=session["amount_total"])


def hold_of_intent(intent: Mapping[str, Any]) -> HoldState:
    """A payment intent as a hold; its latest charge came expanded, and says until when it may be taken."""
    charge = intent.get("latest_charge") or {}
    card = (charge.get("payment_method_details") or {}).get("card") or {}
    before = card.get("capture_before")
    return HoldState(
        status=HOLD_STATUSES.get(intent["status"], HoldStatus.OPEN),
        cents=intent["amount"],
        captured_cents=intent["amount_received"],
        charge_reference=intent["id"],
        capture_before=datetime.fromtimestamp(before, UTC) if before else None,
        brand=card.get("brand"),
        last4=card.get("last4"),
    )
