"""What a payer owes of a day asked, given up by a credit note or given back: no cent is taken off twice (domain.md §9)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

DayCents = Mapping[date, int]


@dataclass(frozen=True, kw_only=True)
class Claim:
    """A payer's part of a day in cents: what `stands` by the charges, what invoices `asked` in all, what credit notes gave up of that."""

    stands: int
    asked: int = 0
    given_up: int = 0

    @property
    def to_ask(self) -> int:
        """For the next invoice: what was charged since, or below zero what the payer was asked and no note has taken back."""
        if self.stands >= self.asked:
            return self.stands - self.asked
        return min(0, self.stands - (self.asked - self.given_up))

    @property
    def owed(self) -> int:
        """What the books hold of it, payments apart: asked and not given up, and what the next invoice will say."""
        return self.asked - self.given_up + self.to_ask


@dataclass(frozen=True, kw_only=True)
class Note:
    """A credit note: its cents above zero, and its parts of the invoice's lines by place (from 1) and day; none for all that was left."""

    cents: int
    parts: Mapping[int, DayCents]


def given_up_by(asked: Sequence[DayCents], notes: Sequence[Note]) -> dict[int, dict[date, int]]:
    """What an invoice's notes, in their order, gave up of its lines, by place (from 1) and day."""
    given: dict[int, dict[date, int]] = {}
    for note in notes:
        for place, by_day in (note.parts or latest_of(asked, given, note.cents)).items():
            of_line = given.setdefault(place, {})
            for day, cents in by_day.items():
                of_line[day] = of_line.get(day, 0) + cents
    return given


def latest_of(asked: Sequence[DayCents], given: Mapping[int, DayCents], cents: int) -> dict[int, dict[date, int]]:
    """So many cents of what the lines have left, the latest days first: what a note on the rest of an invoice gives up."""
    rest = {place: left_of_line(by_day, given.get(place, {})) for place, by_day in enumerate(asked, 1)}
    taken: dict[int, dict[date, int]] = {}
    for day, place in sorted(((day, place) for place, by_day in rest.items() for day in by_day), reverse=True):
        if cents:
            taken.setdefault(place, {})[day] = part = min(rest[place][day], cents)
            cents -= part
    return taken


def left_of_line(asked: DayCents, given_up: DayCents) -> dict[date, int]:
    """What of a line was not given up yet, by day; nothing of one that gives days back."""
    rest = {day: cents - given_up.get(day, 0) for day, cents in asked.items()}
    return {day: cents for day, cents in rest.items() if cents > 0}
