"""Cards left at Stripe: what is asked and what is read, in its words. Pure; the adapter beside is alone in importing its SDK."""

from calendar import monthrange
from collections.abc import Mapping
from datetime import date
from typing import Any

from billing.card_gateway import CURRENCY
from billing.saved_cards import LeftCard, SavedChargeOrder, SetupOrder

# What Stripe's declines come to; all others are the bank's own no. A card that may not be tried again says so here.
_REFUSALS = {
    "insufficient_funds": "funds",
    "card_velocity_exceeded": "limit",
    "withdrawal_count_limit_exceeded": "limit",
    "expired_card": "expired",
    "lost_card": "lost",
    "stolen_card": "stolen",
    "pickup_card": "closed",
    "restricted_card": "closed",
    "invalid_account": "closed",
    "new_account_information_available": "closed",
    "revocation_of_authorization": "closed",
    "revocation_of_all_authorizations": "closed",
    "stop_payment_order": "closed",
}


def refusal_of(code: str | None, decline_code: str | None) -> str:
    """Why a charge was declined, in our words (auto_payments.REFUSALS)."""
    return _REFUSALS.get(decline_code or "") or _REFUSALS.get(code or "", "bank")


def decline_code_of(body: Any) -> str | None:
    """The bank's own word in an error's body, as it was read from JSON."""
    told = body.get("error") if isinstance(body, Mapping) else None
    code = told.get("decline_code") if isinstance(told, Mapping) else None
    return code if isinstance(code, str) else None


def setup_params(order: SetupOrder, locale: str) -> Any:
    """A session where a card is left, and the customer it is attached to."""
    metadata = {"platform": order.platform_slug, "card": order.card_reference}
    return {
        "mode": "setup",
        "payment_method_types": ["card"],
        "customer_creation": "always",
        "client_reference_id": order.card_reference,
        "metadata": metadata,
        "setup_intent_data": {"metadata": metadata},
        "custom_text": {"submit": {"message": order.label}},
        "success_url": order.success_url,
        "cancel_url": order.cancel_url,
        "locale": locale,
    }


def saved_params(order: SavedChargeOrder) -> Any:
    """A payment intent confirmed at once, its holder away."""
    return {
        "amount": order.cents,
        "currency": CURRENCY,
        "customer": order.holder_reference,
        "payment_method": order.card_reference,
        "payment_method_types": ["card"],
        "off_session": True,
        "confirm": True,
        "description": order.label,
        "metadata": {"platform": order.platform_slug, "payment": order.payment_reference},
    }


def left_card(session: Mapping[str, Any]) -> LeftCard | None:
    """The card that a session kept; None while there is none."""
    intent = session.get("setup_intent") or {}
    method = intent.get("payment_method") or {}
    if intent.get("status") != "succeeded" or not session.get("customer") or not method.get("card"):
        return None
    card = method["card"]
    return LeftCard(
        holder_reference=session["customer"],
        card_reference=method["id"],
        brand=card["brand"],
        last4=card["last4"],
        expires_on=date(card["exp_year"], card["exp_month"], monthrange(card["exp_year"], card["exp_month"])[1]),
    )
