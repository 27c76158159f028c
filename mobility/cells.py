"""What a cell of a list holds: typed values, and how a spreadsheet is given them so that no text is ever run as a formula. Pure."""

import re
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from mobility.periods import PARIS

_UNSEEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")  # what XML cannot hold
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


@dataclass(frozen=True)
class Euros:
    """An amount in integer cents: "17,50 €" on screen, a number in a spreadsheet."""

    cents: int


@dataclass(frozen=True)
class Said:
    """A state: its word, and its tone on screen; `since` is the day that a spreadsheet keeps instead of an age that grows old."""

    word: str
    tone: str = "neutral"
    since: date | None = None


Value = str | int | date | datetime | Euros | Said | None


def safe(text: str) -> str:
    """A text as a spreadsheet's cell may hold it: what would be run as a formula gets an apostrophe before it (OWASP "CSV Injection")."""
    clean = _UNSEEN.sub("", text)
    return f"'{clean}" if clean.startswith(FORMULA) else clean


def typed(value: Value) -> str | int | date | datetime | Decimal | None:
    """A value as a typed cell holds it: euros as a number, a moment by the clocks of Paris, a state as its word."""
    match value:
        case Euros(cents=cents):
            return Decimal(cents) / 100
        case Said(since=date() as day):
            return day
        case Said(word=text) | str(text):
            return safe(text)
        case datetime():
            return value.astimezone(PARIS).replace(tzinfo=None)
        case _:
            return value


def in_words(value: Value) -> str:
    """A value as a French spreadsheet types it: "17,50", "31/03/2026 09:05"."""
    match cell := typed(value):
        case Decimal():
            return f"{cell:.2f}".replace(".", ",")
        case datetime():
            return f"{cell:%d/%m/%Y %H:%M}"
        case date():
            return f"{cell:%d/%m/%Y}"
        case _:
            return "" if cell is None else str(cell)
