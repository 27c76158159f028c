"""The books read back: is every byte as it was sealed, and is nothing cut off?"""

import hashlib
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from flask import current_app
from sqlalchemy import Row, select

from billing.chain import GENESIS, Anchor, Link, canonical_bytes, verify_chain
from billing.ledger import Entry, Line, Unbalanced
from billing.models import Books, JournalEntry, LedgerLine
from mobility.db import db, platform_id


def verify_books() -> int | None:
    """The number of the first entry of this platform found changed, missing, moved or added, None when all is well.

    Every column is under the seal; a cut tail is found by the anchor, and so is a chain recomputed whole.
    """
    books = db.session.scalar(select(Books))
    entries = _entries()
    if books is None:
        return entries[0].number if entries else None
    anchored = Anchor(number=books.last_entry, seal=books.anchor)
    found = [verify_chain(_links(entries), anchored=anchored, key=key, books=books_name()) for key in anchor_keys()]
    if None not in found:
        return found[0]
    return _misplaced(entries, books)


def read_entry(number: int) -> tuple[Entry, int | None, str]:
    """An entry as it was written, the rental it is about, and its voucher's reference."""
    head = db.session.scalars(select(JournalEntry).filter(JournalEntry.number == number)).one()
    rows = db.session.execute(select(*_columns(LedgerLine)).filter(LedgerLine.entry_number == number).order_by(LedgerLine.position)).all()
    entry = Entry(journal=head.journal, on=head.on, label=head.label, lines=tuple(map(_line, rows)), reverses=head.reverses)
    return entry, rows[0].account_id, head.reference


def beside(*, at: datetime, account_id: int | None, reference: str) -> dict[str, str | int | None]:
    """What the seal holds beside the entry itself."""
    return {"at": at.astimezone(UTC).isoformat(), "account_id": account_id, "reference": reference}


def books_name() -> str:
    """The name under which this platform's books are sealed: one platform's anchor never fits another's."""
    return f"platform {platform_id()}"


def anchor_keys() -> list[bytes]:
    """Keys of the anchor, drawn from the installation's encryption keys: the first seals, any of them verifies."""
    return [hashlib.sha256(b"anchor of the books\n" + key.encode()).digest() for key in current_app.extensions["settings"].encryption_keys]


def _entries() -> list[Row[Any]]:
    return list(db.session.execute(select(*_columns(JournalEntry)).order_by(JournalEntry.number)))


def _links(entries: list[Row[Any]]) -> Iterator[Link]:
    lines: dict[int, list[Row[Any]]] = {}
    for line in db.session.execute(select(*_columns(LedgerLine)).order_by(LedgerLine.entry_number, LedgerLine.position)):
        lines.setdefault(line.entry_number, []).append(line)
    for entry in entries:
        yield Link(number=entry.number, payload=_payload(entry, lines.get(entry.number, [])), hash=entry.hash)


def _columns(table: type[JournalEntry] | type[LedgerLine]) -> list[Any]:
    """Every column as plain values, still scoped to the platform: rows are many."""
    return [getattr(table, attribute.key) for attribute in table.__mapper__.column_attrs]


def _payload(entry: Row[Any], lines: list[Row[Any]]) -> bytes:
    """The entry's bytes as they must have been sealed; none when its columns no longer make an entry."""
    accounts = {line.account_id for line in lines}
    try:
        lines_read = tuple(map(_line, lines))
        read = Entry(journal=entry.journal, on=entry.on, label=entry.label, lines=lines_read, reverses=entry.reverses)
    except Unbalanced:
        return b""
    if len(accounts) != 1 or [line.position for line in lines] != list(range(1, len(lines) + 1)):
        return b""
    return canonical_bytes(entry.number, read, beside(at=entry.at, account_id=accounts.pop(), reference=entry.reference))


def _line(line: Row[Any]) -> Line:
    return Line(account=line.ledger_code, debit_cents=line.debit_cents, credit_cents=line.credit_cents, party=line.subject_number)


def _misplaced(entries: list[Row[Any]], books: Books) -> int | None:
    """An entry after the sealed head, or a hash written beside the chain: neither is under the seal by itself."""
    if len(entries) > books.last_entry:
        return int(entries[books.last_entry].number)
    previous = GENESIS
    for entry in entries:
        if entry.previous_hash != previous:
            return int(entry.number)
        previous = entry.hash
    return None if books.last_hash == previous else books.last_entry
