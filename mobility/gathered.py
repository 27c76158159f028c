"""What pages that gather from everywhere show: typed values, never HTML, whoever gives them. Pure."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from mobility.steps import Step


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
class Journey:
    """A vehicle lent, as its prescriber may follow it: each step with its day, the first first, and the job and lasting solution in words.

    Nothing else (domain.md §9 "Data"). `action_id` is the action of the path that it is, None when it never began.
    """

    steps: tuple[tuple[Step, date], ...]
    action_id: int | None
    outcome: str | None = None


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
class Paper:
    """A paper of a person's: its file's name without an ending, what it says and what draws it as a PDF, only when it is its turn."""

    name: str
    read: Callable[[], Any]
    draw: Callable[[Any], bytes]


@dataclass(frozen=True, kw_only=True)
class NavItem:
    """An entry of the navigation; `endpoint` marks the current one."""

    order: int
    label: str
    href: str
    icon: str
    endpoint: str
