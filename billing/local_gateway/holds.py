"""Sums set aside at the local gateway: a page, the hold placed on it, what is taken of it. Every function works inside the caller's
transaction.

What is taken becomes a paid checkout like any other, under the hold's own intent: given back, listed and found by the same functions.
"""

import json
import secrets
import sqlite3
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from billing.card_gateway import CURRENCY, CheckoutOrder, GatewayRefused
from billing.card_holds import HoldState, HoldStatus
from billing.gateway_events import HOLD
from billing.local_gateway import balance, checkouts, till
from billing.local_gateway.cards import DemoCard
from billing.local_gateway.checkouts import LIFETIME

KEPT_FOR = timedelta(days=6, hours=18)  # what the banks keep a hold for, to the hour: not a whole week


@dataclass(frozen=True, kw_only=True)
class LocalHold:
    """A row of `hold`: open, held, captured, cancelled or expired."""

    reference: str
    account: str
    intent: str
    platform: str
    payment: str
    cents: int
    label: str
    success_url: str
    cancel_url: str
    expires_at: int
    status: str
    number: str | None
    capture_before: int | None
    captured_cents: int

    @property
    def is_open(self) -> bool:
        """Whether a card may still be typed."""
        return self.status == HoldStatus.OPEN


def insert(db: sqlite3.Connection, account: str, order: CheckoutOrder, now: datetime) -> str:
    """Open a page; its reference is also the key to it."""
    reference = f"cs_local_{secrets.token_urlsafe(24)}"
    values = {
        "reference": reference,
        "account": account,
        "intent": f"pi_local_{secrets.token_hex(12)}",
        "platform": order.platform_slug,
        "payment": order.payment_reference,
        "cents": order.cents,
        "label": order.label,
        "success_url": order.success_url,
        "cancel_url": order.cancel_url,
        "expires_at": int((now + LIFETIME).timestamp()),
    }
    db.execute(f"INSERT INTO hold ({', '.join(values)}) VALUES ({', '.join(f':{name}' for name in values)})", values)
    return reference


def find(db: sqlite3.Connection, reference: str, now: datetime) -> LocalHold | None:
    """By its page, once what is over has ended."""
    return _find(db, "reference", reference, now)


def find_by_intent(db: sqlite3.Connection, account: str, intent: str, now: datetime) -> LocalHold | None:
    """The account's hold of this intent, once what is over has ended."""
    hold = _find(db, "intent", intent, now)
    return hold if hold and hold.account == account else None


def place(db: sqlite3.Connection, reference: str, card: DemoCard, now: datetime) -> None:
    """The card typed on a page, once. The bank's question at this moment is not played."""
    hold = find(db, reference, now)
    if hold is None or not hold.is_open:
        return
    before = int((now + KEPT_FOR).timestamp())
    events = ("payment_intent.created", "charge.succeeded", "payment_intent.amount_capturable_updated", "checkout.session.completed")
    _change(db, hold, now, *events, status=HoldStatus.HELD, number=card.number, capture_before=before)


def capture(db: sqlite3.Connection, hold: LocalHold, cents: int, now: datetime) -> LocalHold:
    """Take a part or all of it, once; the rest is lifted. Raises GatewayRefused above what is held."""
    if hold.status != HoldStatus.HELD:
        return hold
    if not 0 < cents <= hold.cents:
        raise GatewayRefused
    order = CheckoutOrder(
        key="", platform_slug=hold.platform, payment_reference=hold.payment, cents=cents, label=hold.label, success_url="", cancel_url=""
    )
    checkout = checkouts.find(db, checkouts.insert(db, hold.account, order, now))
    assert checkout is not None
    paid = checkouts.change(db, checkout, intent=hold.intent, is_tried=1, status="paid")
    taken = _change(db, hold, now, status=HoldStatus.CAPTURED, captured_cents=cents)
    balance.take(db, paid, now)
    till.tell(db, paid, now, "payment_intent.succeeded", "charge.updated")
    return taken


def lift(db: sqlite3.Connection, hold: LocalHold, now: datetime) -> LocalHold:
    """The bank has its sum back, asked or by itself."""
    if hold.status != HoldStatus.HELD:
        return hold
    return _change(db, hold, now, "payment_intent.canceled", status=HoldStatus.CANCELLED)


def state(hold: LocalHold) -> HoldState:
    """As the port says it."""
    placed = hold.status not in (HoldStatus.OPEN, HoldStatus.EXPIRED)
    return HoldState(
        status=HoldStatus(hold.status),
        cents=hold.cents,
        captured_cents=hold.captured_cents,
        charge_reference=hold.intent if placed else None,
        capture_before=datetime.fromtimestamp(hold.capture_before, UTC) if hold.capture_before else None,
        brand="visa" if placed else None,
        last4=hold.number[-4:] if hold.number else None,
    )


def _find(db: sqlite3.Connection, column: str, value: str, now: datetime) -> LocalHold | None:
    row = db.execute(f"SELECT * FROM hold WHERE {column} = ?", (value,)).fetchone()
    return _as_it_is(db, LocalHold(**dict(row)), now) if row else None


def _as_it_is(db: sqlite3.Connection, hold: LocalHold, now: datetime) -> LocalHold:
    """A page closes after a day, and a hold lapses at its instant, whether or not anybody looks."""
    if hold.is_open and hold.expires_at <= now.timestamp():
        return _change(db, hold, now, "checkout.session.expired", status=HoldStatus.EXPIRED)
    if hold.capture_before is not None and hold.capture_before <= now.timestamp():
        return lift(db, hold, now)
    return hold


def _change(db: sqlite3.Connection, hold: LocalHold, now: datetime, *event_types: str, **values: object) -> LocalHold:
    sets = ", ".join(f"{name} = :{name}" for name in values)
    db.execute(f"UPDATE hold SET {sets} WHERE reference = :reference", {**values, "reference": hold.reference})
    row = db.execute("SELECT * FROM hold WHERE reference = ?", (hold.reference,)).fetchone()
    changed, seconds = LocalHold(**dict(row)), int(now.timestamp())
    for event_type in event_types:
        event = f"evt_local_{secrets.token_hex(12)}"
        raw = _body(event, event_type, changed, seconds)
        till.post(db, changed.account, changed.platform, event, event_type, raw, seconds)
    return changed


def _body(event_id: str, event_type: str, hold: LocalHold, seconds: int) -> bytes:
    """An event of a hold as it stands, in Stripe's shape; what is taken of it is told like any payment."""
    subjects: dict[str, dict[str, object]] = {
        "checkout": {"id": hold.reference, "object": "checkout.session", "payment_status": "unpaid", "amount_total": hold.cents},
        "payment_intent": {"id": hold.intent, "object": "payment_intent", "amount": hold.cents, "amount_received": 0},
        "charge": {"object": "charge", "payment_intent": hold.intent, "amount": hold.cents, "captured": False},
    }
    metadata = {"platform": hold.platform, "payment": hold.payment, HOLD: "yes"}
    subject = subjects[event_type.partition(".")[0]] | {"currency": CURRENCY, "metadata": metadata}
    event = {"id": event_id, "object": "event", "type": event_type, "created": seconds, "livemode": False}
    return json.dumps(event | {"data": {"object": subject}}, ensure_ascii=False).encode()
