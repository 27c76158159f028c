"""What a year's assessments say in integers: people, their mean potential at entry and at exit, and how sure that is (domain.md §2.7)."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from math import sqrt
from statistics import stdev

from assessments.moments import ENTRY, EXIT
from mobility.money import round_half_up

FEWEST = 5  # people of a public: a mean of fewer would be an anecdote, and might tell of one of them
PUBLICS = ("Femmes", "Hommes", "Moins de 26 ans", "26 à 49 ans", "50 ans et plus", "Au RSA", "Quartier prioritaire")
_OF_SEX = {"F": "Femmes", "M": "Hommes"}
_NINETEEN_IN_TWENTY = 1.96


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
    """People with an entry and with an exit held in the year; means over those whose exit has its entry, None when nobody.

    `margin` is how far the mean gain of so many may lie from that of many more alike, nineteen times in twenty, in points; None for
    fewer than FEWEST, of whom it says nothing.
    """

    entries: int
    exits: int
    compared: int
    potential_at_entry: int | None
    potential_at_exit: int | None
    effectiveness: int | None
    margin: int | None


def count_year(held: Iterable[Held], year: int) -> Figures:
    """The figures of a year from every finished assessment of the people concerned, in the order in which they were held."""
    ordered = list(held)
    pairs = pairs_of(ordered, year)
    gained = [exit.potential - entry.potential for entry, exit in pairs]
    return Figures(
        entries=len({one.person for one in ordered if one.kind == ENTRY and one.held_on.year == year}),
        exits=len({one.person for one in ordered if one.kind == EXIT and one.held_on.year == year}),
        compared=len(pairs),
        potential_at_entry=_mean([entry.potential for entry, _ in pairs]),
        potential_at_exit=_mean([exit.potential for _, exit in pairs]),
        effectiveness=_mean(gained),
        margin=_margin(gained),
    )


def pairs_of(ordered: Iterable[Held], year: int) -> list[tuple[Held, Held]]:
    """Each person's last exit of the year with the entry that it compares to; people without one are left out."""
    ordered = list(ordered)
    exits = {one.person: one for one in ordered if one.kind == EXIT and one.held_on.year == year}
    return [(entry, exit) for exit in exits.values() if (entry := _entry_of(exit, ordered))]


def publics_of(*, sex: str | None, age: int | None, has_rsa: bool, lives_in_qpv: bool) -> list[str]:
    """The publics somebody is of, as their last liaison form says; what is not known puts nobody anywhere."""
    of = {_OF_SEX.get(sex or "", "")}
    if age is not None:
        of.add("Moins de 26 ans" if age < 26 else "26 à 49 ans" if age < 50 else "50 ans et plus")
    of |= {name for name, held in (("Au RSA", has_rsa), ("Quartier prioritaire", lives_in_qpv)) if held}
    return [public for public in PUBLICS if public in of]


def gained_by_public(pairs: Iterable[tuple[Held, Held]], publics: Mapping[int, Collection[str]]) -> dict[str, int | None]:
    """The mean of points gained by each public that somebody is of, with how many people; None for fewer than FEWEST."""
    gained: dict[str, list[int]] = defaultdict(list)
    for entry, exit in pairs:
        for public in publics.get(exit.person, ()):
            gained[public].append(exit.potential - entry.potential)
    return {
        f"{public} ({_say_people(len(points))})": _mean(points) if len(points) >= FEWEST else None
        for public in PUBLICS
        if (points := gained[public])
    }


def _entry_of(exit: Held, ordered: Collection[Held]) -> Held | None:
    """The last entry up to the exit, when it was made on the same version of the grid (domain.md §10.7)."""
    before = [one for one in ordered if one.person == exit.person and one.kind == ENTRY and one.held_on <= exit.held_on]
    return before[-1] if before and before[-1].version == exit.version else None


def _mean(values: list[int]) -> int | None:
    return round_half_up(sum(values), len(values)) if values else None


def _margin(values: list[int]) -> int | None:
    return round(_NINETEEN_IN_TWENTY * stdev(values) / sqrt(len(values))) if len(values) >= FEWEST else None


def _say_people(count: int) -> str:
    return f"{count} personnes" if count >= FEWEST else f"moins de {FEWEST} personnes"
