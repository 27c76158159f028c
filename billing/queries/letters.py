"""The letters that a year's lines carry in the accountant's file."""

from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import Select, func, select

from billing.lettering import LETTERED, PartyLine, letter_groups
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
    found: dict[tuple[int, int], Letter] = {}
    for group in letter_groups(PartyLine(*line) for line in db.session.execute(lines)):
        if group.first_on.year == group.settled_on.year == year:
            letter = Letter(group.letter, group.settled_on)
            found.update({(line.number, line.position): letter for line in group.lines})
    return found
