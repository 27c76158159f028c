"""The planning board as rows of places, two columns a day: pure numbers, so that a page needs no inline style."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta
from itertools import pairwise
from typing import NamedTuple

from fleet.lifecycle import LATE, OUT
from mobility.periods import ONE_DAY, days_between, paris_day, paris_time

WEEKS = (2, 6, 12)
USUAL_WEEKS = 6
_NOON = time(12, 0)


class Stretch(NamedTuple):
    """What holds a vehicle: when, how (a status), its words and its page; `changes` is the booking’s id while it may change."""

    starts_at: datetime
    ends_at: datetime
    status: str
    label: str
    href: str
    changes: int | None = None
    is_over: bool = False


class Place(NamedTuple):
    """So many half days of a row: a stretch, or nothing, with the whole days free in it, from first to last."""

    span: int
    held: Stretch | None = None
    free: tuple[date, date] | None = None


def days_from(first_on: date, weeks: int = USUAL_WEEKS) -> list[date]:
    """The days across the board."""
    return list(days_between(first_on, first_on + timedelta(days=7 * weeks - 1)))


def lay(stretches: Iterable[Stretch], first_on: date, weeks: int = USUAL_WEEKS, *, now: datetime) -> list[Place]:
    """One vehicle's row in order, each stretch at least half a day wide; the spans always sum to twice the days."""
    places: list[Place] = []
    cursor, end = 0, 14 * weeks
    for held in _still_away(sorted(stretches), now):
        left, after = max(cursor, _half(held.starts_at, first_on)), _half_after(held.ends_at, first_on)
        if after <= 0 or left >= end:
            continue
        right = min(max(left + 1, after), end)
        places += [*_gap(cursor, left, first_on), Place(right - left, held)]
        cursor = right
    return [*places, *_gap(cursor, end, first_on)]


def _still_away(stretches: Sequence[Stretch], now: datetime) -> list[Stretch]:
    """A vehicle that should be back and is not is away until now, as far as the next stretch leaves room."""
    ends = [following.starts_at for _, following in pairwise(stretches)] + [now]
    away = (held.status in (OUT, LATE) and not held.is_over and held.ends_at < now for held in stretches)
    return [
        held._replace(ends_at=max(held.ends_at, min(now, end))) if is_away else held
        for held, end, is_away in zip(stretches, ends, away, strict=False)
    ]


def _half(instant: datetime, first_on: date) -> int:
    """The half day that holds an instant, counted from the board's first."""
    return 2 * (paris_day(instant) - first_on).days + (paris_time(instant) >= _NOON)


def _half_after(instant: datetime, first_on: date) -> int:
    """The first half day that an end leaves free."""
    at = paris_time(instant)
    return 2 * (paris_day(instant) - first_on).days + (at > time(0)) + (at > _NOON)


def _gap(left: int, right: int, first_on: date) -> list[Place]:
    if left >= right:
        return []
    first, after = -(-left // 2), right // 2
    whole = (first_on + first * ONE_DAY, first_on + (after - 1) * ONE_DAY) if first < after else None
    return [Place(right - left, None, whole)]
