"""The planning board as rows of cells, two columns a day: pure places, so that a page needs no inline style."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from mobility.periods import ONE_DAY, Period, days_between, paris_day, paris_time

DAYS = 42
_NOON = time(12, 0)


@dataclass(frozen=True, kw_only=True)
class Item:
    """A stretch to show: what holds the vehicle, its words, and where its page is."""

    period: Period
    status: str
    label: str
    href: str | None = None


@dataclass(frozen=True, kw_only=True)
class Cell:
    """A cell of `span` half days: an item, or a free day (`free_on`), or a free half day between two items."""

    span: int
    item: Item | None = None
    free_on: date | None = None


def days_from(first_on: date, count: int = DAYS) -> list[date]:
    """The days across the board."""
    return list(days_between(first_on, first_on + timedelta(days=count - 1)))


def lay(items: Iterable[Item], first_on: date, count: int = DAYS) -> list[Cell]:
    """One vehicle's row: items in order, each at least half a day wide, free days between; the spans always sum to twice the days."""
    cells, cursor, end = [], 0, 2 * count
    for item in sorted(items, key=lambda item: item.period.starts_at):
        left = min(max(cursor, _half(item.period.starts_at, first_on)), end)
        right = min(max(left + 1, _half_after(item.period.ends_at, first_on)), end)
        if right <= cursor or left >= end:
            continue
        cells += [*_free(cursor, left, first_on), Cell(span=right - left, item=item)]
        cursor = right
    return [*cells, *_free(cursor, end, first_on)]


def _half(instant: datetime, first_on: date) -> int:
    """The half day that holds an instant, counted from the board's first."""
    return 2 * (paris_day(instant) - first_on).days + (paris_time(instant) >= _NOON)


def _half_after(instant: datetime, first_on: date) -> int:
    """The first half day that an end leaves free."""
    at = paris_time(instant)
    return 2 * (paris_day(instant) - first_on).days + (at > time(0)) + (at > _NOON)


def _free(left: int, right: int, first_on: date) -> Iterator[Cell]:
    while left < right:
        whole = left % 2 == 0 and left + 2 <= right
        yield Cell(span=2, free_on=first_on + (left // 2) * ONE_DAY) if whole else Cell(span=1)
        left += 2 if whole else 1
