"""Closing a day, a month or a year of the books, for good."""

from datetime import date, datetime, timedelta

from billing.actions.ledger import lock_books
from billing.chain import GENESIS
from billing.closings import CLOSES_BY_ITSELF, KINDS, Closed, check_end, closing_hash, ends_over
from billing.models import Closing
from billing.queries.closings import first_entry_on, last_closed_on, last_closing, running_cents, sums_between
from mobility import audit, practice
from mobility.db import db, platform_id
from mobility.errors import Conflict, RuleBroken
from mobility.periods import paris_day
from mobility.rights import Viewer, house


def close_period(*, kind: str, last_on: date, for_good: bool, by: Viewer, now: datetime) -> Closing:
    """Freeze everything up to a day, and keep what the entries since the last closing of this kind come to.

    Behind the lock of the books: an entry being written is waited for and counted, the next one finds the period closed.
    Raises RuleBroken for a day that ends no such period or a box left empty, Conflict when there is nothing to close.
    """
    if not for_good:
        raise RuleBroken("Cochez la case pour clôturer.", field="for_good")
    books = lock_books()
    check_end(kind, last_on, today=paris_day(now), last_closed_on=last_closed_on(kind))
    first_on = _first_open(kind)
    if first_on is None or first_on > last_on:
        raise Conflict("Aucune écriture jusqu’à ce jour : il n’y a rien à clôturer.")
    closed = Closed(
        kind=kind,
        first_on=first_on,
        last_on=last_on,
        closed_at=now,
        closed_by=by.account_id,
        last_entry=books.last_entry,
        last_hash=books.last_hash,
        sums=sums_between(first_on, last_on),
        running_cents=running_cents(last_on),
    )
    before = last_closing()
    closing = Closing(**vars(closed), hash=closing_hash(before.hash if before else GENESIS, closed))
    books.closed_through = max(last_on, books.closed_through or last_on)
    db.session.add(closing)
    audit.record("close_books", closing, by=by, now=now)
    return closing


def close_what_is_over(*, now: datetime) -> int:
    """The night's closings of one platform that wants them: days, months and years over since the last one; how many.

    Run again it closes nothing twice. A period in which nothing was entered is closed with the next one.
    """
    today, closed = paris_day(now), 0
    if not practice.value_on(CLOSES_BY_ITSELF, today):
        return closed
    lock_books()
    ends = ((end, kind) for kind in KINDS for end in ends_over(kind, last_closed_on=last_closed_on(kind), today=today))
    for end, kind in sorted(ends, key=lambda each: each[0]):
        first_on = _first_open(kind)
        if first_on is not None and sums_between(first_on, end):
            close_period(kind=kind, last_on=end, for_good=True, by=house(platform_id()), now=now)
            closed += 1
    return closed


def _first_open(kind: str) -> date | None:
    """The day after the last closing of a kind, else that of the first entry."""
    earlier = last_closed_on(kind)
    return earlier + timedelta(days=1) if earlier else first_entry_on()
