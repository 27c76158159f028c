"""Sums set aside at the fake Stripe: a session whose payment intent waits to be captured, written from Stripe's reference."""

import json
from datetime import timedelta
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tests.ports.fake_stripe import FakeStripe

Json = dict[str, Any]
KEPT_FOR = timedelta(days=6, hours=18)


def place(stripe: "FakeStripe", session_id: str) -> None:
    """A card is typed, and its bank sets the sum aside: the session completes unpaid."""
    session, intent = stripe.attempt(session_id)
    charge = stripe.charge(intent, "succeeded") | {"captured": False, "amount_captured": 0}
    card = {"brand": "visa", "last4": "4242", "capture_before": stripe.seconds + int(KEPT_FOR.total_seconds())}
    charge["payment_method_details"] = {"card": card}
    stripe.charges[charge["id"]] = charge
    intent.update(status="requires_capture", latest_charge=charge["id"])
    session.update(status="complete", payment_status="unpaid")
    stripe.tell(charge, "charge.succeeded")
    stripe.tell(intent, "payment_intent.amount_capturable_updated")
    stripe.tell(session, "checkout.session.completed")


def lapse(stripe: "FakeStripe") -> None:
    """Every hold in place lapses by itself."""
    for intent in stripe.intents.values():
        if intent["status"] == "requires_capture":
            _cancel(stripe, intent)


def answer(stripe: "FakeStripe", method: str, path: str, form: dict[str, str]) -> tuple[int, Json]:
    """What is asked of one payment intent."""
    intent_id, _, act = path.removeprefix("/v1/payment_intents/").partition("/")
    intent = stripe.intents.get(intent_id)
    if intent is None:
        return 404, _error("No such payment_intent", "resource_missing")
    if method == "get":
        return 200, stripe.expanded(intent_id) or {}
    if intent["status"] != "requires_capture":
        return 400, _error(f"This PaymentIntent's status is {intent['status']}.", "payment_intent_unexpected_state")
    return _capture(stripe, intent, int(form["amount_to_capture"])) if act == "capture" else (200, _cancel(stripe, intent))


def _capture(stripe: "FakeStripe", intent: Json, cents: int) -> tuple[int, Json]:
    if cents > intent["amount"]:
        return 400, _error("You cannot capture more than the authorized amount.", "amount_too_large")
    charge = stripe.charges[intent["latest_charge"]]
    # What is not captured counts as refunded.
    charge.update(captured=True, amount_captured=cents, amount_refunded=charge["amount"] - cents)
    intent.update(status="succeeded", amount_received=cents)
    stripe.tell(charge, "charge.captured", "charge.updated")
    stripe.tell(intent, "payment_intent.succeeded")
    return 200, intent


def _cancel(stripe: "FakeStripe", intent: Json) -> Json:
    charge = stripe.charges[intent["latest_charge"]]
    charge.update(refunded=True, amount_refunded=charge["amount"])
    intent["status"] = "canceled"
    stripe.tell(charge, "charge.refunded")
    stripe.tell(intent, "payment_intent.canceled")
    return intent


def _error(message: str, code: str) -> Json:
    return json.loads(json.dumps({"error": {"type": "invalid_request_error", "message": message, "code": code}}))
