"""What erasing a person does to each table: rows that go, columns that are emptied or stay, and why. Each package declares its own.

A row that stays is known by the person's number alone: it is what the books, the figures or a vehicle's life are made of (docs/adr/0027).
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from flask import Flask, current_app
from sqlalchemy import Connection

from mobility.errors import RuleBroken

GONE = "effacé"
FIRST_NAME, LAST_NAME = "Dossier", "effacé"
YEARS = 10  # an accounting voucher, from the end of its year (domain.md §9 "Retention")
OF_ITS_ROW = "of its row"  # a value that has to be there and to differ: the row's own number is put in its place
OF_THE_PERSON = "of the person"  # the person's number
OF_THE_DAY = "of the day"  # the instant of the erasure

# Why an erasure is made.
ASKED, DUE, TOLD = "asked", "due", "told"
WHYS = {
    ASKED: "la personne l’a demandé depuis son espace",
    DUE: "l’avertissement est venu à son terme",
    TOLD: "la personne l’a demandé de vive voix ou par écrit",
}


@dataclass(frozen=True, kw_only=True)
class Gone:
    """Rows that are deleted, found as they are held (mobility/held.py)."""

    table: str


@dataclass(frozen=True, kw_only=True)
class Stripped:
    """Rows that stay: `empties` says what each of these columns becomes, `keeps` names all the others, `why` they may stay."""

    table: str
    why: str
    empties: Mapping[str, Any] = field(default_factory=dict)
    keeps: str = ""


@dataclass(frozen=True, kw_only=True)
class Case:
    """Whom an erasure is about: the row's id and its pseudonymous number, and the words by which others may have written of them."""

    platform_id: int
    beneficiary_id: int
    number: str
    first_name: str
    last_name: str
    addresses: tuple[str, ...]
    at: datetime

    def is_told_in(self, said: str) -> bool:
        """Whether a text of nobody's file names them: both their names, or an address of theirs."""
        folded = said.casefold()
        names = self.first_name.casefold(), self.last_name.casefold()
        return all(name in folded for name in names) or any(address.casefold() in folded for address in self.addresses)


More = Callable[[Connection, Case], None]
Fate = Gone | Stripped


@dataclass(frozen=True, kw_only=True)
class Fates:
    """All that was declared: by table, what no table's own line can say (`more`), and the tables that are somebody else's."""

    tables: dict[str, Fate]
    others: dict[str, str]
    more: list[More]


def declare(app: Flask, *fates: Fate, others: Mapping[str, str] | None = None, more: Iterable[More] = ()) -> None:
    """Say what erasing a person does to a package's tables."""
    known = app.extensions.setdefault("fates", Fates(tables={}, others={}, more=[]))
    known.tables.update({each.table: each for each in fates})
    known.others.update(others or {})
    known.more.extend(more)


def fates() -> Fates:
    """What the packages declared."""
    found: Fates = current_app.extensions["fates"]
    return found


def kept_until(last_entry_on: date | None) -> date | None:
    """To which day the law has the books of a person kept: ten years from the end of the year of their last entry; None without any."""
    return date(last_entry_on.year + YEARS, 12, 31) if last_entry_on else None


def why_of(*, is_asked: bool, is_ripe: bool, told: bool) -> str:
    """Why this file may be erased now: one of WHYS. Raises RuleBroken on `told` when nobody asked and no warning has stood its time."""
    if is_asked:
        return ASKED
    if is_ripe:
        return DUE
    if not told:
        raise RuleBroken(
            "Ni demande ni avertissement venu à son terme : cochez si la personne vous l’a demandé de vive voix ou par écrit.", field="told"
        )
    return TOLD


def check_typed(typed: str, number: str) -> None:
    """Raises RuleBroken on `number` unless the file's own number was typed."""
    if typed.strip().upper() != number:
        raise RuleBroken(f"Tapez le numéro du dossier, {number}, pour confirmer.", field="number")
