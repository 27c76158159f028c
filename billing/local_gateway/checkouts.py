"""A checkout of the local gateway and its rows: every function works inside the caller's transaction of the store."""

import secrets
import sqlite3
from dataclasses import dataclass
from datetime import datetime, timedelta

from billing.card_gateway import CheckoutOrder

LIFETIME = timedelta(hours=24)


@dataclass(frozen=True, kw_only=True)
class LocalCheckout:
    """A row of `checkout`: open, asked (waiting for the holder's confirmation), paid or expired."""

    reference: str
    account: str
    intent: str
    charge: str
    platform: str
    payment: str
    cents: int
    label: str
    success_url: str
    cancel_url: str
    opened_at: int
    expires_at: int
    status: str
    is_tried: int
    refunded_cents: int

    @property
    def is_paid(self) -> bool:
        """The money was taken, given back later or not."""
        return self.status == "paid"

    @property
    def is_payable(self) -> bool:
        """A card may still be typed."""
        return self.status in ("open", "asked")

    @property
    def charge_reference(self) -> str | None:
        """The intent, once somebody tried to pay: as at Stripe, it does not exist before."""
        return self.intent if self.is_tried else None


def insert(db: sqlite3.Connection, account: str, order: CheckoutOrder, now: datetime) -> str:
    """Open a checkout; its reference (192 random bits) is also the key to its page."""
    reference = f"cs_local_{secrets.token_urlsafe(24)}"
    seconds = int(now.timestamp())
    values = {
        "reference": reference,
        "account": account,
        "intent": f"pi_local_{secrets.token_hex(12)}",
        "charge": f"ch_local_{secrets.token_hex(12)}",
        "platform": order.platform_slug,
        "payment": order.payment_reference,
        "cents": order.cents,
        "label": order.label,
        "success_url": order.success_url,
        "cancel_url": order.cancel_url,
        "opened_at": seconds,
        "expires_at": seconds + int(LIFETIME.total_seconds()),
    }
    db.execute(f"INSERT INTO checkout ({', '.join(values)}) VALUES ({', '.join(f':{name}' for name in values)})", values)
    return reference


def find(db: sqlite3.Connection, reference: str) -> LocalCheckout | None:
    """By reference, which only the account and the person paying know."""
    return _one(db.execute("SELECT * FROM checkout WHERE reference = ?", (reference,)))


def find_by_intent(db: sqlite3.Connection, account: str, intent: str) -> LocalCheckout | None:
    """The account's charge of this reference."""
    return _one(db.execute("SELECT * FROM checkout WHERE account = ? AND intent = ?", (account, intent)))


def find_by_payment(db: sqlite3.Connection, account: str, payment: str) -> LocalCheckout | None:
    """The account's tried checkout of this payment: the paid one when there is one, else the latest."""
    sql = "SELECT * FROM checkout WHERE account = ? AND payment = ? AND is_tried ORDER BY status = 'paid' DESC, opened_at DESC, rowid DESC"
    return _one(db.execute(sql, (account, payment)))


def list_expired(db: sqlite3.Connection, now: datetime) -> list[LocalCheckout]:
    """Checkouts still open whose time is up, oldest first."""
    sql = "SELECT * FROM checkout WHERE status IN ('open', 'asked') AND expires_at <= ? ORDER BY expires_at, rowid"
    return [LocalCheckout(**dict(row)) for row in db.execute(sql, (int(now.timestamp()),))]


def list_paid(db: sqlite3.Connection, account: str, since: datetime) -> list[LocalCheckout]:
    """The account's paid checkouts opened since an instant, oldest first."""
    sql = "SELECT * FROM checkout WHERE account = ? AND status = 'paid' AND opened_at >= ? ORDER BY opened_at, rowid"
    return [LocalCheckout(**dict(row)) for row in db.execute(sql, (account, int(since.timestamp())))]


def list_payable(db: sqlite3.Connection, account: str) -> frozenset[str]:
    """The references of the account's checkouts where a card may still be typed."""
    sql = "SELECT reference FROM checkout WHERE account = ? AND status IN ('open', 'asked')"
    return frozenset(row["reference"] for row in db.execute(sql, (account,)))


def change(db: sqlite3.Connection, checkout: LocalCheckout, **values: object) -> LocalCheckout:
    """The checkout with these columns set."""
    sets = ", ".join(f"{name} = :{name}" for name in values)
    db.execute(f"UPDATE checkout SET {sets} WHERE reference = :reference", {**values, "reference": checkout.reference})
    changed = find(db, checkout.reference)
    assert changed is not None
    return changed


def drop(db: sqlite3.Connection, checkout: LocalCheckout) -> None:
    """Nothing was taken by it and nobody has its address."""
    db.execute("DELETE FROM checkout WHERE reference = ?", (checkout.reference,))


def _one(rows: sqlite3.Cursor) -> LocalCheckout | None:
    row = rows.fetchone()
    return None if row is None else LocalCheckout(**dict(row))
