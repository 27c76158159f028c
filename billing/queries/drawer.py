"""The cash drawer: what the books say is in it, its last count, what moved since; and the drawers closed so far."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, Select, select
from sqlalchemy.orm import aliased

from billing.documents.drawer import DrawerPaper, Movement
from billing.drawer import drawer_of, is_opening, say_difference
from billing.ledger import CASH
from billing.models import DrawerCount, JournalEntry
from billing.queries.figures import balance_of, lines_of
from mobility.db import db
from mobility.errors import NotFound
from mobility.models import Account
from mobility.queries.letterhead import letterhead

OPENING, CLOSING = aliased(DrawerCount), aliased(DrawerCount)
OPENED_BY, CLOSED_BY = aliased(Account), aliased(Account)
SHOWN = 50  # movements on the page; all of them stand in the ledger


@dataclass(frozen=True, kw_only=True)
class DrawerLine:
    """A drawer closed: the counts that opened and closed it, and who made them."""

    opening: DrawerCount
    closing: DrawerCount
    opened_by: str | None
    closed_by: str | None

    @property
    def number(self) -> int:
        """Its own number, from 1."""
        return drawer_of(self.closing.number)

    @property
    def difference_cents(self) -> int:
        """What the closing count found beside the books."""
        return self.closing.counted_cents - self.closing.expected_cents


@dataclass(frozen=True, kw_only=True)
class DrawerNow:
    """The drawer at this moment; `moves` are the lines of the books since its last count, the latest first."""

    last: DrawerCount | None
    expected_cents: int
    moves: Sequence[Row[*tuple[Any, ...]]]

    @property
    def is_open(self) -> bool:
        """Whether it was opened and not closed since."""
        return self.last is not None and is_opening(self.last.number)

    @property
    def number(self) -> int:
        """The drawer that is open, or the next one."""
        last = self.last.number if self.last else 0
        return drawer_of(last if self.is_open else last + 1)


def last_count() -> DrawerCount | None:
    """The latest count."""
    return db.session.scalar(select(DrawerCount).order_by(DrawerCount.number.desc()).limit(1))


def drawer_now() -> DrawerNow:
    """The drawer as the books have it."""
    last = last_count()
    latest = _moves(last.last_entry if last else 0).order_by(JournalEntry.number.desc()).limit(SHOWN)
    return DrawerNow(last=last, expected_cents=balance_of(CASH), moves=db.session.execute(latest).all())


def all_drawers() -> Select[*tuple[Any, ...]]:
    """Every drawer closed: what lists narrow and order."""
    return (
        select(OPENING, CLOSING, OPENED_BY.name, CLOSED_BY.name)
        .join(CLOSING, (CLOSING.number == OPENING.number + 1) & (CLOSING.platform_id == OPENING.platform_id))
        .filter(OPENING.number % 2 == 1)
        .outerjoin(OPENED_BY, OPENED_BY.id == OPENING.by)
        .outerjoin(CLOSED_BY, CLOSED_BY.id == CLOSING.by)
    )


def read_drawer(row: Any) -> DrawerLine:
    """A drawer as lists show it."""
    opening, closing, opened_by, closed_by = row
    return DrawerLine(opening=opening, closing=closing, opened_by=opened_by, closed_by=closed_by)


def drawer_paper(number: int) -> DrawerPaper:
    """A closed drawer on paper: every movement between its counts. Raises NotFound."""
    # the second count of drawer n is count 2n, asked so that no number typed is too long for the database once doubled
    row = db.session.execute(all_drawers().filter(CLOSING.number - number == number)).one_or_none()
    if row is None:
        raise NotFound
    line = read_drawer(row)
    opening, closing = line.opening, line.closing
    between = _moves(opening.last_entry).filter(JournalEntry.number <= closing.last_entry).order_by(JournalEntry.number)
    platform = letterhead()
    return DrawerPaper(
        platform=platform,
        number=number,
        opened_at=opening.at,
        opened_by=line.opened_by or platform.name,
        opened_cents=opening.counted_cents,
        opened_reason=_explained(opening),
        closed_at=closing.at,
        closed_by=line.closed_by or platform.name,
        movements=tuple(
            Movement(on=each.on, label=each.label, voucher=each.reference, moved_cents=each.debit_cents - each.credit_cents)
            for each in db.session.execute(between)
            if each.number != closing.entry_number
        ),
        expected_cents=closing.expected_cents,
        counted_cents=closing.counted_cents,
        closed_reason=_explained(closing),
    )


def _explained(count: DrawerCount) -> str | None:
    """The difference that a count found, in words, and why."""
    found = count.counted_cents - count.expected_cents
    return f"{say_difference(found)} : {count.reason}" if found else None


def _moves(after: int) -> Select[*tuple[Any, ...]]:
    """The cash lines of the entries after one."""
    return lines_of(CASH).filter(JournalEntry.number > after)
