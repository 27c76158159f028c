"""Lettering: which lines of a person's or a payer's account settle each other, and since when (domain.md §9, accounting). Pure.

Read in the order the entries were numbered, lines are lettered once and for good: what comes later never moves a letter given.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date
from itertools import groupby
from string import ascii_uppercase
from typing import NamedTuple

from billing.ledger import HIRERS, OF_PAYERS, SUBSIDIES

LETTERED = ("411", OF_PAYERS, HIRERS, SUBSIDIES)  # the accounts whose lines are looked for in each other


class PartyLine(NamedTuple):
    """A line on an account kept by party: `cents` are debit less credit, `reverses` the entry that its own undoes."""

    number: int
    position: int
    on: date
    account: str
    party: str
    rental: int | None
    cents: int
    reverses: int | None = None


class Group(NamedTuple):
    """Lines of one account and party that come to zero, under a letter of their own; settled on the day of the last."""

    letter: str
    lines: tuple[PartyLine, ...]

    @property
    def first_on(self) -> date:
        """The day of its earliest line."""
        return min(line.on for line in self.lines)

    @property
    def settled_on(self) -> date:
        """The day of its latest line."""
        return max(line.on for line in self.lines)


def letter_groups(lines: Iterable[PartyLine]) -> Iterator[Group]:
    """The groups that lines, in the order of their entries, make as they come; what is paid in part stays open.

    A person's rentals are settled one by one, a payer's all together: its transfers are for whatever it owes.
    """
    still_open: dict[tuple[str, str, int | None], list[PartyLine]] = {}
    given: Counter[tuple[str, str]] = Counter()
    for _, of_entry in groupby(lines, key=lambda line: line.number):
        by_key: dict[tuple[str, str, int | None], list[PartyLine]] = {}
        for line in of_entry:
            by_key.setdefault((line.account, line.party, None if line.account == OF_PAYERS else line.rental), []).append(line)
        for key, come in by_key.items():
            held = still_open.pop(key, [])
            for settled in _settled(held, come):
                yield Group(letter=letter_at(given[key[:2]]), lines=settled)
                given[key[:2]] += 1
                held, come = _without(held, settled), _without(come, settled)
            if held or come:
                still_open[key] = held + come


def letter_at(place: int) -> str:
    """AA, AB… ZZ, then AAA: the letter of the group that closed at this place, counted from 0, in its account."""
    width, first = 2, 0
    while place >= first + len(ascii_uppercase) ** width:
        first += len(ascii_uppercase) ** width
        width += 1
    place -= first
    return "".join(ascii_uppercase[place // len(ascii_uppercase) ** power % len(ascii_uppercase)] for power in reversed(range(width)))


def _settled(held: list[PartyLine], come: list[PartyLine]) -> Iterator[tuple[PartyLine, ...]]:
    """What an entry settles: the one that it undoes, if that still stands open, then all that is left when it comes to zero."""
    left = held + come
    pair = tuple(line for line in held if line.number == come[0].reverses) + tuple(come)
    if len(pair) > len(come) and not _sum(pair):
        yield pair
        left = _without(left, pair)
    if left and not _sum(left):
        yield tuple(left)


def _sum(lines: Iterable[PartyLine]) -> int:
    return sum(line.cents for line in lines)


def _without(lines: list[PartyLine], settled: Iterable[PartyLine]) -> list[PartyLine]:
    gone = set(settled)
    return [line for line in lines if line not in gone]
