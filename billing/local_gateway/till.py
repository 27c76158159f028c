"""What happens to a checkout: paid, asked, declined, given back, expired. Each act tells its events in the same transaction."""

import secrets
import sqlite3
from datetime import datetime

from billing.card_gateway import RefundRefused
from billing.local_gateway import balance, checkouts, payloads
from billing.local_gateway.cards import Answer, DemoCard
from billing.local_gateway.checkouts import LocalCheckout

PAID_EVENTS = ("charge.succeeded", "payment_intent.succeeded", "checkout.session.completed", "charge.updated")
DECLINED_EVENTS = ("charge.failed", "payment_intent.payment_failed")


def present_card(db: sqlite3.Connection, checkout: LocalCheckout, card: DemoCard, now: datetime) -> LocalCheckout:
    """The card on an open checkout; a paid or expired one stays as it is, so a second click charges nothing."""
    if not checkout.is_payable:
        return checkout
    checkout = _try(db, checkout, now)
    if card.answer is Answer.YES:
        return _take(db, checkout, now)
    if card.answer is Answer.ASK:
        return checkouts.change(db, checkout, status="asked")
    return _decline(db, checkout, now)


def confirm(db: sqlite3.Connection, checkout: LocalCheckout, is_holder: bool, now: datetime) -> LocalCheckout:
    """The holder's answer to the bank's question; without a question nothing happens."""
    if checkout.status != "asked":
        return checkout
    return _take(db, checkout, now) if is_holder else _decline(db, checkout, now)


def give_back(db: sqlite3.Connection, checkout: LocalCheckout, cents: int, now: datetime) -> None:
    """Raises RefundRefused beyond what is left of a paid checkout."""
    if not checkout.is_paid or not 0 < cents <= checkout.cents - checkout.refunded_cents:
        raise RefundRefused
    tell(db, checkouts.change(db, checkout, refunded_cents=checkout.refunded_cents + cents), now, "charge.refunded")
    balance.give_back(db, checkout, cents, now)


def expire_due(db: sqlite3.Connection, now: datetime) -> None:
    """Close every checkout whose time is up."""
    for checkout in checkouts.list_expired(db, now):
        close(db, checkout, now)


def close(db: sqlite3.Connection, checkout: LocalCheckout, now: datetime) -> LocalCheckout:
    """Nobody can pay it any more; one that was paid or closed before stays as it is."""
    if not checkout.is_payable:
        return checkout
    closed = checkouts.change(db, checkout, status="expired")
    tell(db, closed, now, "checkout.session.expired")
    return closed


def charge_away(db: sqlite3.Connection, checkout: LocalCheckout, answer: Answer, now: datetime) -> LocalCheckout | None:
    """A charge without its holder on a page that nobody sees: taken, or refused without a trace but its events."""
    tried = checkouts.change(db, checkout, is_tried=1)
    tell(db, tried, now, "payment_intent.created")
    if answer is Answer.YES:
        paid = checkouts.change(db, tried, status="paid")
        balance.take(db, paid, now)
        tell(db, paid, now, *(event for event in PAID_EVENTS if not event.startswith("checkout")))
        return paid
    tell(db, tried, now, *DECLINED_EVENTS)
    checkouts.drop(db, tried)
    return None


def _try(db: sqlite3.Connection, checkout: LocalCheckout, now: datetime) -> LocalCheckout:
    if checkout.is_tried:
        return checkout
    tried = checkouts.change(db, checkout, is_tried=1)
    tell(db, tried, now, "payment_intent.created")
    return tried


def _take(db: sqlite3.Connection, checkout: LocalCheckout, now: datetime) -> LocalCheckout:
    paid = checkouts.change(db, checkout, status="paid")
    balance.take(db, paid, now)
    tell(db, paid, now, *PAID_EVENTS)
    return paid


def _decline(db: sqlite3.Connection, checkout: LocalCheckout, now: datetime) -> LocalCheckout:
    declined = checkouts.change(db, checkout, status="open")
    tell(db, declined, now, *DECLINED_EVENTS)
    return declined


def tell(db: sqlite3.Connection, checkout: LocalCheckout, now: datetime, *event_types: str) -> None:
    """Have these events of a checkout wait for the courier, as it stands."""
    seconds = int(now.timestamp())
    for event_type in event_types:
        event = f"evt_local_{secrets.token_hex(12)}"
        raw = payloads.body(event, event_type, checkout, seconds)
        post(db, checkout.account, checkout.platform, event, event_type, raw, seconds)


def post(db: sqlite3.Connection, account: str, platform: str, event: str, event_type: str, raw: bytes, seconds: int) -> None:
    """Have a webhook wait for the courier."""
    db.execute(
        "INSERT INTO delivery (account, platform, event, event_type, raw, due_at) VALUES (?, ?, ?, ?, ?, ?)",
        (account, platform, event, event_type, raw, seconds),
    )
