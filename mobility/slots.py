"""What the ground shows without knowing who fills it: each package hangs functions that return typed values, never HTML.

A slot is a list of functions kept in `app.extensions["slots"]`; what they return is shown in their stated order.
"""

from collections.abc import Callable, Iterable
from enum import StrEnum
from typing import Any

from flask import Flask, current_app

from mobility.gathered import DeskCard, Gauge, Hit, Journey, Line, NavItem, NextAct, Paper, ReportLine, Section

# Who fills a slot takes its values from here too: one import.
__all__ = ["DeskCard", "Gauge", "Hit", "Journey", "Line", "NavItem", "NextAct", "Paper", "ReportLine", "Section", "Slot", "fill", "gather"]


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
    JOURNEY = "journey"  # (beneficiary_id,) -> Iterable[Journey]: what became of each vehicle lent, as the prescriber may read it
    OUTCOMES = "outcomes"  # (beneficiary_ids, since) -> Iterable[tuple[str, int]]: how their rentals ended since a day, in words
    TRACES = "traces"  # (beneficiary_ids,) -> Iterable[Trace]: what ties people to the platform, and when (mobility/retention.py)
    BOOKS = "books"  # (beneficiary_id,) -> Iterable[date]: the days of the last entries of the books about a person
    PAPERS = "papers"  # (beneficiary_id,) -> Iterable[Paper]: every paper made for a person, to take away


def fill(app: Flask, slot: Slot, give: Callable[..., Iterable[Any]]) -> None:
    """Hang a function on a slot."""
    app.extensions.setdefault("slots", {}).setdefault(slot, []).append(give)


def gather(slot: Slot, *args: Any) -> list[Any]:
    """Everything a slot's functions give, in stated order where it has one."""
    found = [value for give in current_app.extensions.get("slots", {}).get(slot, ()) for value in give(*args)]
    return sorted(found, key=lambda v: getattr(v, "order", 0))
