"""What a year's assessments say in integers: how many people, their mean potential at entry and at exit (domain.md §2.7)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from assessments.moments import ENTRY, EXIT
from mobility.money import round_half_up


@dataclass(frozen=True, kw_only=True)
class Held:
    """A finished assessment, as counting needs it."""

    person: int
    kind: str
    version: str
    held_on: date
    potential: int


@dataclass(frozen=True, kw_only=True)
class Figures:
    """People with an entry and with an exit held in the year; means over those whose exit of the year has its entry, None when nobody."""

    entries: int
    exits: int
    compared: int
    potential_at_entry: int | None
    potential_at_exit: int | None
    effectiveness: int | None


def count_year(held: Iterable[Held], year: int) -> Figures:
    """The figures of a year from every finished assessment of the people concerned, in the order in which they were held."""
    ordered = list(held)
    entries = {one.person: one for one in ordered if one.kind == ENTRY and one.held_on.year == year}
    exits = {one.person: one for one in ordered if one.kind == EXIT and one.held_on.year == year}
    pairs = [(entry, exit) for exit in exits.values() if (entry := _entry_of(exit, ordered))]
    return Figures(
        entries=len(entries),
        exits=len(exits),
        compared=len(pairs),
        potential_at_entry=_mean([entry.potential for entry, _ in pairs]),
        potential_at_exit=_mean([exit.potential for _, exit in pairs]),
        effectiveness=_mean([exit.potential - entry.potential for entry, exit in pairs]),
    )


def _entry_of(exit: Held, ordered: list[Held]) -> Held | None:
    """The last entry up to the exit, when it was made on the same version of the grid (domain.md §10.7)."""
    before = [one for one in ordered if one.person == exit.person and one.kind == ENTRY and one.held_on <= exit.held_on]
    return before[-1] if before and before[-1].version == exit.version else None


def _mean(values: list[int]) -> int | None:
    return round_half_up(sum(values), len(values)) if values else None
