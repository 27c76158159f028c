"""What the ground shows without knowing who fills it: each package hangs functions that return typed values, never HTML.

A slot is a list of functions kept in `app.extensions["slots"]`; what they return is shown in their stated order.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from flask import Flask, current_app


class Slot(StrEnum):
    """The named slots of the ground, and what a function hung there is called with."""

    DESK = "desk"  # (viewer, today) -> Iterable[DeskCard]
    NEXT_ACT = "next_act"  # (beneficiary_id, viewer, today) -> Iterable[NextAct]: the first leads a person's file
    FILE = "file"  # (beneficiary_id, viewer, today) -> Iterable[Section]
    OWN_SPACE = "own_space"  # (beneficiary_id, viewer, today) -> Iterable[Section]
    REPORT = "report"  # (year,) -> Iterable[ReportLine]
    TOTALS = "totals"  # (year,) -> Iterable[ReportLine]: what of a year may be added up over platforms, and costs little to know
    SEARCH = "search"  # (words, viewer) -> Iterable[Hit]
    FRONT = "front"  # () -> Iterable[Line]: what a visitor can do, of a platform's page or of the first one
    NAV = "nav"  # (viewer,) -> Iterable[NavItem]
    OUTCOME = "outcome"  # (beneficiary_id,) -> Iterable[Ending]: how actions of a path ended, as the prescriber may read it
    HELD = "held"  # (beneficiary_id,) -> Iterable[tuple[str, list[dict]]]: everything held about a person


@dataclass(frozen=True, kw_only=True)
class Line:
    """One line of a card or section: what, when, in which state, and the one click to its act."""

    text: str
    detail: str = ""
    href: str | None = None
    state: str = ""  # a word
    tone: str = "neutral"  # fine, near, over, waiting, neutral
    act: str = ""  # verb on the link


@dataclass(frozen=True, kw_only=True)
class DeskCard:
    """A card of the adviser's day; an empty one says so in a sentence. `total` counts them all when only the first ones are lines."""

    order: int
    key: str
    title: str
    icon: str
    lines: tuple[Line, ...]
    empty: str
    more_href: str | None = None
    total: int | None = None


@dataclass(frozen=True, kw_only=True)
class NextAct:
    """What to do now for a person: the strongest thing on their file. A lower order comes first."""

    order: int
    title: str
    verb: str
    href: str
    icon: str
    text: str = ""


@dataclass(frozen=True, kw_only=True)
class Gauge:
    """How much of something is used, as a bar: its sentence says it all, its state is a word and a tone."""

    value: float
    most: float
    sentence: str
    tone: str = "fine"
    word: str = ""


@dataclass(frozen=True, kw_only=True)
class Section:
    """A section of a person's file or own space: facts, a gauge, lines, acts."""

    order: int
    key: str
    title: str
    icon: str = "folder"
    sentence: str = ""
    facts: tuple[tuple[str, str], ...] = ()
    gauge: Gauge | None = None
    lines: tuple[Line, ...] = ()
    acts: tuple[Line, ...] = ()
    empty: str = ""


@dataclass(frozen=True, kw_only=True)
class Ending:
    """How an action of a path ended, in words: the job and the lasting solution, nothing else (domain.md §9 "Data")."""

    action_id: int
    outcome: str


@dataclass(frozen=True, kw_only=True)
class ReportLine:
    """A figure of the yearly report. `value` is an int, None or a dict of label → int; `unit` cents, euros, days or empty."""

    order: int
    key: str
    label: str
    value: Any
    unit: str = ""


@dataclass(frozen=True, kw_only=True)
class Hit:
    """Something found by the search box."""

    kind: str
    label: str
    href: str
    detail: str = ""


@dataclass(frozen=True, kw_only=True)
class NavItem:
    """An entry of the navigation; `endpoint` marks the current one."""

    order: int
    label: str
    href: str
    icon: str
    endpoint: str


def fill(app: Flask, slot: Slot, give: Callable[..., Iterable[Any]]) -> None:
    """Hang a function on a slot."""
    app.extensions.setdefault("slots", {}).setdefault(slot, []).append(give)


def gather(slot: Slot, *args: Any) -> list[Any]:
    """Everything a slot's functions give, in stated order where it has one."""
    found = [value for give in current_app.extensions.get("slots", {}).get(slot, ()) for value in give(*args)]
    return sorted(found, key=lambda v: getattr(v, "order", 0))
