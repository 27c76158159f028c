"""Cards left at the local gateway, to be charged later without their holder: every function works inside the caller's transaction."""

import re
import secrets
import sqlite3
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime

from billing.local_gateway import payloads, till
from billing.local_gateway.cards import Answer, DemoCard, find_card
from billing.local_gateway.checkouts import LIFETIME
from billing.saved_cards import LeftCard, SetupOrder


@dataclass(frozen=True, kw_only=True)
class Setup:
    """A row of `setup`: a page, and the card left on it; `number` goes when the card is forgotten."""

    reference: str
    account: str
    platform: str
    asked: str
    label: str
    success_url: str
    cancel_url: str
    expires_at: int
    holder: str | None
    card: str | None
    number: str | None
    ends: str | None

    def is_open(self, now: datetime) -> bool:
        """Whether a card may still be left."""
        return self.card is None and now.timestamp() < self.expires_at


def insert(db: sqlite3.Connection, account: str, order: SetupOrder, now: datetime) -> str:
    """Open a page; its reference is also the key to it."""
    reference = f"cs_local_{secrets.token_urlsafe(24)}"
    values = {
        "reference": reference,
        "account": account,
        "platform": order.platform_slug,
        "asked": order.card_reference,
        "label": order.label,
        "success_url": order.success_url,
        "cancel_url": order.cancel_url,
        "expires_at": int((now + LIFETIME).timestamp()),
    }
    db.execute(f"INSERT INTO setup ({', '.join(values)}) VALUES ({', '.join(f':{name}' for name in values)})", values)
    return reference


def find(db: sqlite3.Connection, reference: str) -> Setup | None:
    """By reference."""
    row = db.execute("SELECT * FROM setup WHERE reference = ?", (reference,)).fetchone()
    return None if row is None else Setup(**dict(row))


def keep(db: sqlite3.Connection, reference: str, card: DemoCard, expiry: str, now: datetime) -> None:
    """The card typed on a page, once; its webhook waits for the courier. The bank's question at this moment is not played."""
    values = (f"cus_local_{secrets.token_hex(12)}", f"pm_local_{secrets.token_hex(12)}", card.number, expiry, reference)
    kept = db.execute("UPDATE setup SET holder = ?, card = ?, number = ?, ends = ? WHERE reference = ? AND card IS NULL", values)
    setup = find(db, reference)
    if kept.rowcount and setup is not None:
        event, seconds = f"evt_local_{secrets.token_hex(12)}", int(now.timestamp())
        raw = payloads.setup_body(event, setup.reference, setup.platform, setup.asked, seconds)
        till.post(db, setup.account, setup.platform, event, "checkout.session.completed", raw, seconds)


def left_card(setup: Setup) -> LeftCard | None:
    """What the gateway tells of the card left on a page; None while there is none, and once it was forgotten."""
    if setup.card is None or setup.holder is None or setup.number is None:
        return None
    month, year = (int(part) for part in re.findall(r"[0-9]+", setup.ends or "12/34"))
    ends = date(2000 + year, month, monthrange(2000 + year, month)[1])
    return LeftCard(holder_reference=setup.holder, card_reference=setup.card, brand="visa", last4=setup.number[-4:], expires_on=ends)


def answer_of(db: sqlite3.Connection, account: str, holder: str, card: str) -> tuple[Answer, str]:
    """What the bank says to a charge without its holder, and why not; no to a card that is not, or no longer, here."""
    row = db.execute("SELECT number FROM setup WHERE account = ? AND holder = ? AND card = ?", (account, holder, card)).fetchone()
    found = find_card(row["number"] or "") if row else None
    return ((found.away or Answer.NO), found.why) if found else (Answer.NO, "closed")


def forget(db: sqlite3.Connection, account: str, holder: str) -> None:
    """Nothing of the card stays but the page it was left on."""
    db.execute("UPDATE setup SET number = NULL, ends = NULL WHERE account = ? AND holder = ?", (account, holder))
