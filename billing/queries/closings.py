"""The closings of the platform in force: what was kept, and whether it is still what the entries come to."""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable, Sequence
from datetime import date
from itertools import accumulate

from sqlalchemy import Select, func, select

from billing.closings import Closed, Sums, find_wrong
from billing.models import Books, Closing, JournalEntry, LedgerLine
from mobility.db import db, total_of
from mobility.models import Account
from mobility.periods import paris_day


def all_closings() -> Select[Closing, str | None]:
    """Every closing with the name of who did it: what lists narrow and order."""
    return select(Closing, Account.name).outerjoin(Account, Account.id == Closing.closed_by)


def last_closed_on(kind: str) -> date | None:
    """The last day of the last closing of this kind."""
    return db.session.scalar(select(func.max(Closing.last_on)).filter(Closing.kind == kind))


def sums_between(first_on: date, last_on: date) -> Sums:
    """What the entries of these days moved on each ledger account."""
    asked = (
        select(LedgerLine.ledger_code, total_of(LedgerLine.debit_cents), total_of(LedgerLine.credit_cents))
        .join(JournalEntry, JournalEntry.number == LedgerLine.entry_number)
        .filter(JournalEntry.on.between(first_on, last_on))
        .group_by(LedgerLine.ledger_code)
    )
    return {code: (debit, credit) for code, debit, credit in db.session.execute(asked)}


def running_cents(last_on: date) -> int:
    """The debit of every entry since the first, which is their credit too."""
    asked = select(total_of(LedgerLine.debit_cents)).join(JournalEntry, JournalEntry.number == LedgerLine.entry_number)
    return db.session.scalar(asked.filter(JournalEntry.on <= last_on)) or 0


def first_entry_on() -> date | None:
    """The day of the earliest entry."""
    return db.session.scalar(select(func.min(JournalEntry.on)))


def closed_days() -> Callable[[date], date | None]:
    """On which day the entries of a day were first frozen; looked up once for many days."""
    kept = db.session.execute(select(Closing.last_on, Closing.closed_at).order_by(Closing.id)).all()
    return lambda day: next((paris_day(closed_at) for last_on, closed_at in kept if last_on >= day), None)


def read_closed(row: Closing) -> Closed:
    """A closing as its hash holds it."""
    return Closed(
        kind=row.kind,
        first_on=row.first_on,
        last_on=row.last_on,
        closed_at=row.closed_at,
        closed_by=row.closed_by,
        last_entry=row.last_entry,
        last_hash=row.last_hash,
        sums=row.sums,
        running_cents=row.running_cents,
    )


def last_closing() -> Closing | None:
    """The one whose hash the next one holds."""
    return db.session.scalar(select(Closing).order_by(Closing.id.desc()).limit(1))


def find_wrong_closing() -> date | None:
    """The last day of the first closing that was changed, or whose sums are no longer its entries'; None when all are well."""
    rows = list(db.session.scalars(select(Closing).order_by(Closing.id)))
    if (touched := find_wrong((read_closed(row), row.hash) for row in rows)) is not None:
        return touched
    if (wrong := _find_moved(rows)) is not None:
        return wrong
    closed_through = db.session.scalar(select(Books.closed_through))
    latest = max((row.last_on for row in rows), default=None)
    return None if closed_through == latest else latest or closed_through


def _find_moved(rows: Sequence[Closing]) -> date | None:
    """The last day of the first closing whose sums are no longer its entries': read by day once, however many closings there are."""
    asked = (
        select(JournalEntry.on, LedgerLine.ledger_code, total_of(LedgerLine.debit_cents), total_of(LedgerLine.credit_cents))
        .join(LedgerLine, LedgerLine.entry_number == JournalEntry.number)
        .group_by(JournalEntry.on, LedgerLine.ledger_code)
        .order_by(JournalEntry.on)
    )
    moves = db.session.execute(asked).all() if rows else []
    days, running = [on for on, *_ in moves], [0, *accumulate(debit for _, _, debit, _ in moves)]
    for row in rows:
        first, last = bisect_left(days, row.first_on), bisect_right(days, row.last_on)
        found: dict[str, list[int]] = defaultdict(lambda: [0, 0])
        for _, code, debit, credit in moves[first:last]:
            found[code] = [found[code][0] + debit, found[code][1] + credit]
        if found != row.sums or running[last] != row.running_cents:
            return row.last_on
    return None
