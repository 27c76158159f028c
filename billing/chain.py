"""The ledger’s seal: each hash holds the one before, and an anchor kept elsewhere holds the last, so any change or cut is found."""

import hashlib
import hmac
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from billing.ledger import Entry

GENESIS = "0" * 64
_WRITTEN = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False).encode


@dataclass(frozen=True, kw_only=True)
class Link:
    """An entry as it stands in the books: number, canonical bytes rebuilt from its columns, and the hash written with it."""

    number: int
    payload: bytes
    hash: str


@dataclass(frozen=True, kw_only=True)
class Anchor:
    """The head of the chain at some moment, sealed with a key and kept outside the ledger's table."""

    number: int
    seal: str


def canonical_bytes(number: int, entry: Entry, beside: Mapping[str, str | int | None] | None = None) -> bytes:
    """The one way to write an entry down: JSON in UTF-8, keys sorted, no spaces, dates in ISO, cents as integers.

    `beside` holds what the books keep with it (instant, reference, rental), so that no column escapes the seal.
    """
    body = vars(entry) | {"lines": list(map(vars, entry.lines)), "number": number, "on": entry.on.isoformat()} | dict(beside or {})
    return _WRITTEN(body).encode()


def entry_hash(previous_hash: str, payload: bytes) -> str:
    """SHA-256 in hexadecimal of the previous hash (GENESIS for the first) followed by the entry's canonical bytes."""
    return hashlib.sha256(previous_hash.encode() + payload).hexdigest()


def anchor(key: bytes, books: str, number: int, last_hash: str) -> Anchor:
    """The sealed head of one platform's books: HMAC-SHA-256, so that nobody without the key rewrites the chain whole."""
    message = f"{books}\n{number}\n{last_hash}".encode()
    return Anchor(number=number, seal=hmac.new(key, message, hashlib.sha256).hexdigest())


def verify_chain(links: Iterable[Link], *, anchored: Anchor, key: bytes, books: str) -> int | None:
    """The number of the first entry found changed, missing or out of place, or None when all is well.

    When the chain was recomputed whole, or its tail cut, it is the anchored number or the first one missing.
    """
    previous, number = GENESIS, 0
    if anchored.number == 0 and not _matches(anchored, key, books, GENESIS):
        return 0
    for number, link in enumerate(links, start=1):
        if link.number != number or link.hash != entry_hash(previous, link.payload):
            return number
        previous = link.hash
        if number == anchored.number and not _matches(anchored, key, books, previous):
            return number
    return number + 1 if number < anchored.number else None


def _matches(anchored: Anchor, key: bytes, books: str, found_hash: str) -> bool:
    return hmac.compare_digest(anchored.seal, anchor(key, books, anchored.number, found_hash).seal)
