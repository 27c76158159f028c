"""Writing the books: numbered without hole, balanced, chained by hash, sealed by an anchor under the installation's key."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import pairwise, repeat
from typing import Any, cast

from sqlalchemy import select, text

from billing.chain import GENESIS, anchor, canonical_bytes, entry_hash
from billing.ledger import OF_A_PARTY, OF_PAYERS, Entry, Unbalanced
from billing.models import Books, JournalEntry, LedgerLine
from billing.queries.books import anchor_keys, beside, books_name
from mobility.db import Kept, Write, db, platform_id, read_once, ready_many, send
from mobility.errors import Conflict
from mobility.periods import say_day

_OPEN = text(
    "INSERT INTO books (platform_id, last_entry, last_hash, anchor, last_receipt) VALUES (:platform_id, 0, :last_hash, :anchor, 0) "
    "ON CONFLICT (platform_id) DO NOTHING"
)
_HEADS = Kept(select(Books).with_for_update().execution_options(populate_existing=True))
_LINE = ("entry_number", "position", "ledger_code", "subject_number", "account_id", "debit_cents", "credit_cents")
_HEAD = ("number", "journal", "on", "label", "reverses", "at", "reference", "previous_hash", "hash")


@dataclass(frozen=True, kw_only=True)
class Posting:
    """An entry to write, with the rental it is about and its voucher's reference ("2026-W14", a receipt's number).

    Raises Unbalanced when a person's account moves and no rental is named.
    """

    entry: Entry
    account_id: int | None = None
    reference: str = ""

    def __post_init__(self) -> None:
        if self.account_id is None and any(line.account in OF_A_PARTY - {OF_PAYERS} for line in self.entry.lines):
            raise Unbalanced("an entry about a person names its rental")


def post(entry: Entry, *, now: datetime, account_id: int | None = None, reference: str = "") -> int:
    """`post_many` of one entry: its number."""
    return post_many([Posting(entry=entry, account_id=account_id, reference=reference)], now=now)[0]


def post_many(postings: Sequence[Posting], *, now: datetime) -> list[int]:
    """Write entries of the platform in force, one after the other in the chain, and return their numbers.

    Locks `books`, so it comes last in any transaction. Raises Unbalanced; Conflict when the day of one was closed meanwhile.
    """
    numbers, writes = chain_many(postings, now=now)
    send(writes)
    return numbers


def chain_many(postings: Sequence[Posting], *, now: datetime) -> tuple[list[int], list[Write]]:
    """As `post_many`, but their rows are made ready only: the books' head stands on the last already, so that they must be sent."""
    if not postings:
        return [], []
    books = lock_books()
    if books.closed_through is not None and min(posting.entry.on for posting in postings) <= books.closed_through:
        raise Conflict(f"Les livres viennent d’être clôturés jusqu’au {say_day(books.closed_through)} : recommencez.")
    numbers = list(range(books.last_entry + 1, books.last_entry + 1 + len(postings)))
    hashes = list(_chained(books.last_hash, zip(numbers, postings, strict=True), now))
    lines = [line for number, posting in zip(numbers, postings, strict=True) for line in _lines(number, posting)]
    heads = list(map(_head, numbers, postings, repeat(now), pairwise([books.last_hash, *hashes])))
    books.last_entry, books.last_hash = numbers[-1], hashes[-1]
    books.anchor = anchor(anchor_keys()[0], books_name(), books.last_entry, books.last_hash).seal
    # Lines first: the database refuses an entry whose lines are not there, and lines whose entry stands.
    return numbers, [*ready_many(LedgerLine, _LINE, lines), *ready_many(JournalEntry, _HEAD, heads)]


def open_day(on: date | None, *, today: date) -> date:
    """The day an entry about `on` takes: that day, or today when none is said or its books are closed. Locks `books` for one."""
    if on is None:
        return today
    closed_through = lock_books().closed_through
    return today if closed_through is not None and on <= closed_through else on


def lock_books() -> Books:
    """The heads of this platform's books, locked until the commit; opened at the first need, read once a transaction."""
    return read_once(None, "books", _lock_books)


def _lock_books() -> Books:
    if (opened := _HEADS().scalar_one_or_none()) is not None:
        return cast(Books, opened)
    first = {"platform_id": platform_id(), "last_hash": GENESIS, "anchor": anchor(anchor_keys()[0], books_name(), 0, GENESIS).seal}
    db.session.execute(_OPEN, first)
    return cast(Books, _HEADS().scalar_one())


def _chained(last_hash: str, numbered: Iterable[tuple[int, Posting]], now: datetime) -> Iterator[str]:
    for number, posting in numbered:
        known = beside(at=now, account_id=posting.account_id, reference=posting.reference)
        last_hash = entry_hash(last_hash, canonical_bytes(number, posting.entry, known))
        yield last_hash


def _lines(number: int, posting: Posting) -> Iterator[tuple[Any, ...]]:
    for position, line in enumerate(posting.entry.lines, start=1):
        yield number, position, line.account, line.party, posting.account_id, line.debit_cents, line.credit_cents


def _head(number: int, posting: Posting, at: datetime, hashes: tuple[str, str]) -> tuple[Any, ...]:
    entry = posting.entry
    return number, entry.journal, entry.on, entry.label, entry.reverses, at, posting.reference, *hashes
