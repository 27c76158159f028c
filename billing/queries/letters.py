"""The letters that a year's lines carry in the accountant's file."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import Select, func, select

from billing.fec import Carried
from billing.lettering import LETTERED, Group, PartyLine, letter_groups
from billing.models import JournalEntry, LedgerLine
from billing.queries.figures import DEBIT_LESS_CREDIT, in_year
from mobility.db import db

CHUNK = 500


class Letter(NamedTuple):
    """A group's letter, and the day it came to zero."""

    letter: str
    settled_on: date


def letters_of(year: int) -> dict[tuple[int, int], Letter]:
    """By entry and position, the letters of the groups that lie whole in a year: programs refuse a letter of which a part is elsewhere.

    Read from the first entry on, so that a letter is the same in every file; nothing after the year's last entry can be part of it.
    """
    return _on_lines(group for group in _settled_in(year) if group.first_on.year == year)


def letters_over(year: int) -> tuple[dict[tuple[int, int], Letter], dict[tuple[str, str | None], list[Carried]]]:
    """The same where the file carries over what the year began with, and so holds all that it settles: the letters of the year's own
    lines, and by account and party what each settles of the lines before them.
    """
    groups, carried = list(_settled_in(year)), defaultdict[tuple[str, str | None], list[Carried]](list)
    for group in groups:
        if cents := sum(line.cents for line in group.lines if line.on.year < year):
            carried[group.lines[0].account, group.lines[0].party].append(Carried(group.letter, group.settled_on, cents))
    return _on_lines(groups), carried


def _on_lines(groups: Iterable[Group]) -> dict[tuple[int, int], Letter]:
    return {(line.number, line.position): Letter(group.letter, group.settled_on) for group in groups for line in group.lines}


def _settled_in(year: int) -> Iterator[Group]:
    last = in_year(select(func.max(JournalEntry.number)), year).scalar_subquery()
    lines: Select[*tuple[Any, ...]] = (
        select(
            JournalEntry.number,
            LedgerLine.position,
            JournalEntry.on,
            LedgerLine.ledger_code,
            LedgerLine.subject_number,
            LedgerLine.account_id,
            DEBIT_LESS_CREDIT,
            JournalEntry.reverses,
        )
        .join(LedgerLine, LedgerLine.entry_number == JournalEntry.number)
        .filter(LedgerLine.ledger_code.in_(LETTERED), JournalEntry.number <= last)
        .order_by(JournalEntry.number, LedgerLine.position)
        .execution_options(yield_per=CHUNK)
    )
    groups = letter_groups(PartyLine(*line) for line in db.session.execute(lines))
    return (group for group in groups if group.settled_on.year == year)
