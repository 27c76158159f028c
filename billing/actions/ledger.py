"""Writing the books: numbered without hole, balanced, chained by hash, sealed by an anchor under the installation's key."""

from datetime import datetime
from typing import Any

from sqlalchemy import insert, select, text

from billing.chain import GENESIS, anchor, canonical_bytes, entry_hash
from billing.ledger import OF_A_PARTY, Entry, Unbalanced
from billing.models import Books, JournalEntry, LedgerLine
from billing.queries.books import anchor_keys, beside, books_name
from mobility.db import db, platform_id

_OPEN = text(
    "INSERT INTO books (platform_id, last_entry, last_hash, anchor, last_receipt) VALUES (:platform_id, 0, :last_hash, :anchor, 0) "
    "ON CONFLICT (platform_id) DO NOTHING"
)


def post(entry: Entry, *, now: datetime, account_id: int | None = None, reference: str = "") -> int:
    """Write an entry of the platform in force and return its number. Locks `books`, so it comes last in any transaction.

    `account_id` is the rental it is about, needed as soon as a person's account moves; `reference` is the voucher's
    ("2026-W14", a receipt's number). Raises Unbalanced.
    """
    if account_id is None and any(line.account in OF_A_PARTY for line in entry.lines):
        raise Unbalanced("an entry about a person names its rental")
    books = lock_books()
    number = books.last_entry + 1
    payload = canonical_bytes(number, entry, beside(at=now, account_id=account_id, reference=reference))
    previous, books.last_hash = books.last_hash, entry_hash(books.last_hash, payload)
    books.last_entry = number
    books.anchor = anchor(anchor_keys()[0], books_name(), number, books.last_hash).seal
    _write(number, entry, account_id=account_id, at=now, reference=reference, previous_hash=previous, hash=books.last_hash)
    db.session.flush()
    return number


def lock_books() -> Books:
    """The heads of this platform's books, locked until the commit; opened at the first need."""
    first = {"platform_id": platform_id(), "last_hash": GENESIS, "anchor": anchor(anchor_keys()[0], books_name(), 0, GENESIS).seal}
    db.session.execute(_OPEN, first)
    return db.session.scalars(select(Books).with_for_update().execution_options(populate_existing=True)).one()


def _write(number: int, entry: Entry, *, account_id: int | None, **more: Any) -> None:
    """Lines first: the database refuses an entry whose lines are not there, and lines whose entry stands."""
    here = platform_id()
    lines = [
        {
            "platform_id": here,
            "entry_number": number,
            "position": position,
            "ledger_code": line.account,
            "subject_number": line.party,
            "account_id": account_id,
            "debit_cents": line.debit_cents,
            "credit_cents": line.credit_cents,
        }
        for position, line in enumerate(entry.lines, start=1)
    ]
    db.session.execute(insert(LedgerLine), lines)
    head = {
        "platform_id": here,
        "number": number,
        "journal": entry.journal,
        "on": entry.on,
        "label": entry.label,
        "reverses": entry.reverses,
    }
    db.session.execute(insert(JournalEntry), [head | more])
