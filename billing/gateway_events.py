"""From the body of a webhook, in Stripe's shape, to an event in our words. Pure; the signature was checked before."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, NoReturn

from billing.card_gateway import EventKind, EventUnreadable, GatewayEvent
from mobility.money import MAX_CENTS

HOLD = "hold"  # what says, in an object's metadata, that its sum is set aside first
KINDS: Mapping[str, EventKind] = {
    "payment_intent.created": EventKind.PAYMENT_CREATED,
    "payment_intent.succeeded": EventKind.PAYMENT_SUCCEEDED,
    "charge.succeeded": EventKind.CHARGE_SUCCEEDED,
    "checkout.session.completed": EventKind.CHECKOUT_COMPLETED,
    "charge.updated": EventKind.CHARGE_UPDATED,
    "payment_intent.payment_failed": EventKind.FAILED,
    "charge.failed": EventKind.FAILED,
    "checkout.session.expired": EventKind.EXPIRED,
    "charge.refunded": EventKind.REFUNDED,
    "payment_intent.amount_capturable_updated": EventKind.HOLD_MOVED,
    "payment_intent.canceled": EventKind.HOLD_MOVED,
}


def read_event(raw: bytes) -> GatewayEvent:
    """The event in `raw`. Raises EventUnreadable on anything but an event whose known parts have their shape."""
    event = _mapping(_decode(raw), "event")
    subject = _mapping(_mapping(event.get("data"), "data").get("object"), "object")
    metadata = _mapping(subject.get("metadata") or {}, "metadata")
    kind = _kind(_text(event, "type") or "", subject, is_hold=HOLD in metadata)
    charge_reference = _charge_reference(subject)
    is_ours = kind not in (EventKind.IGNORED, EventKind.CARD_SAVED)  # of money
    return GatewayEvent(
        event_id=_text(event, "id") or _refuse("id"),
        kind=kind,
        occurred_at=_instant(event.get("created")),
        platform_slug=_text(metadata, "platform"),
        payment_reference=_text(metadata, "payment"),
        session_reference=_text(subject, "id") if subject.get("object") == "checkout.session" else None,
        charge_reference=charge_reference,
        cents=_cents(kind, subject) if is_ours else None,
        currency=(_text(subject, "currency") or _refuse("currency")).lower() if is_ours else None,
    )


def _decode(raw: bytes) -> Any:
    try:
        return json.loads(raw.decode("utf-8"), parse_constant=_refuse)
    except (ValueError, RecursionError) as error:
        raise EventUnreadable("Le corps de cet avis de paiement n’est pas lisible.") from error


def _kind(event_type: str, subject: Mapping[str, Any], *, is_hold: bool) -> EventKind:
    kind = KINDS.get(event_type, EventKind.IGNORED)
    if is_hold and kind in (EventKind.CHECKOUT_COMPLETED, EventKind.EXPIRED):
        return EventKind.HOLD_MOVED  # its page is done with, and no money came by that
    if subject.get("mode") == "setup":
        return EventKind.CARD_SAVED if kind is EventKind.CHECKOUT_COMPLETED else EventKind.IGNORED  # no money in either
    if kind is EventKind.CHECKOUT_COMPLETED and subject.get("payment_status") != "paid":
        return EventKind.IGNORED  # completed, but the money is still on its way
    if kind is EventKind.CHARGE_SUCCEEDED and subject.get("captured") is False:
        return EventKind.IGNORED  # held on the card, not taken
    return kind


def _charge_reference(subject: Mapping[str, Any]) -> str | None:
    """The payment intent: the only name that all five events of a payment carry."""
    return _text(subject, "id") if subject.get("object") == "payment_intent" else _text(subject, "payment_intent")


def _cents(kind: EventKind, subject: Mapping[str, Any]) -> int:
    names = {"checkout.session": "amount_total", "payment_intent": "amount", "charge": "amount"}
    name = names.get(str(subject.get("object"))) or _refuse("object")
    if kind is EventKind.REFUNDED:
        name = "amount_refunded"
    if kind is EventKind.PAYMENT_SUCCEEDED and "amount_received" in subject:
        name = "amount_received"
    cents = subject.get(name)
    if kind is EventKind.REFUNDED:
        cents = given_back_cents(subject)
    if type(cents) is not int or not 0 <= cents <= MAX_CENTS:  # a bool is an int too
        _refuse(name)
    return cents


def given_back_cents(charge: Mapping[str, Any]) -> Any:
    """What went back of what was taken: of a hold taken in part, Stripe counts the rest that it lifted as refunded too."""
    told: list[Any] = [charge.get(name) for name in ("amount_refunded", "amount", "amount_captured")]
    refunded, amount, captured = told
    if all(type(cents) is int for cents in told) and captured <= amount:
        return max(refunded - (amount - captured), 0)
    return refunded


def _instant(seconds: object) -> datetime:
    if type(seconds) is not int or not 0 <= seconds < 10**11:
        _refuse("created")
    return datetime.fromtimestamp(seconds, UTC)


def _mapping(value: object, name: str) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else _refuse(name)


def _text(values: Mapping[str, Any], name: str) -> str | None:
    value = values.get(name)
    if value is None or (isinstance(value, str) and 0 < len(value) <= 255 and value.isprintable()):
        return value
    _refuse(name)


def _refuse(name: str) -> NoReturn:
    raise EventUnreadable(f"Cet avis de paiement n’est pas lisible : « {name} » manque ou n’a pas la forme attendue.")
