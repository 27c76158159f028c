"""The bodies of the local gateway's webhooks, in Stripe's shape, so that one parser reads both. Pure."""

import json
from collections.abc import Callable, Mapping
from typing import Any

from billing.card_gateway import CURRENCY
from billing.local_gateway.checkouts import LocalCheckout

Subject = Callable[[LocalCheckout], dict[str, Any]]


def body(event_id: str, event_type: str, checkout: LocalCheckout, seconds: int) -> bytes:
    """An event of this type about the checkout as it stands."""
    event = {
        "id": event_id,
        "object": "event",
        "type": event_type,
        "created": seconds,
        "livemode": False,
        "data": {"object": SUBJECTS[event_type](checkout)},
    }
    return json.dumps(event, ensure_ascii=False).encode()


def setup_body(event_id: str, reference: str, platform: str, asked: str, seconds: int) -> bytes:
    """The event of a card left on a page where nothing is paid."""
    session = {
        "id": reference,
        "object": "checkout.session",
        "mode": "setup",
        "status": "complete",
        "payment_status": "no_payment_required",
        "payment_intent": None,
        "amount_total": None,
        "currency": None,
        "metadata": {"platform": platform, "card": asked},
    }
    event = {"id": event_id, "object": "event", "type": "checkout.session.completed", "created": seconds, "livemode": False}
    return json.dumps(event | {"data": {"object": session}}, ensure_ascii=False).encode()


def _session(checkout: LocalCheckout) -> dict[str, Any]:
    return {
        "id": checkout.reference,
        "object": "checkout.session",
        "status": {"paid": "complete", "expired": "expired"}.get(checkout.status, "open"),
        "payment_status": "paid" if checkout.is_paid else "unpaid",
        "payment_intent": checkout.charge_reference,
        "amount_total": checkout.cents,
        **_shared(checkout),
    }


def _intent(checkout: LocalCheckout) -> dict[str, Any]:
    return {
        "id": checkout.intent,
        "object": "payment_intent",
        "status": "succeeded" if checkout.is_paid else "requires_payment_method",
        "amount": checkout.cents,
        "amount_received": checkout.cents if checkout.is_paid else 0,
        "latest_charge": checkout.charge if checkout.is_paid else None,
        **_shared(checkout),
    }


def _charge(checkout: LocalCheckout) -> dict[str, Any]:
    return {
        "id": checkout.charge,
        "object": "charge",
        "status": "succeeded" if checkout.is_paid else "failed",
        "payment_intent": checkout.intent,
        "amount": checkout.cents,
        "amount_refunded": checkout.refunded_cents,
        "captured": checkout.is_paid,
        "refunded": checkout.refunded_cents == checkout.cents,
        **_shared(checkout),
    }


def _shared(checkout: LocalCheckout) -> Mapping[str, Any]:
    return {"currency": CURRENCY, "metadata": {"platform": checkout.platform, "payment": checkout.payment}}


SUBJECTS: Mapping[str, Subject] = {
    "payment_intent.created": _intent,
    "payment_intent.succeeded": _intent,
    "payment_intent.payment_failed": _intent,
    "charge.succeeded": _charge,
    "charge.updated": _charge,
    "charge.failed": _charge,
    "charge.refunded": _charge,
    "checkout.session.completed": _session,
    "checkout.session.expired": _session,
}
