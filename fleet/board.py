"""The planning board as rows of places, two columns a day: pure numbers, so that a page needs no inline style."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, time, timedelta
from itertools import groupby, pairwise
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
    """So many half days of a row: a stretch, the hours of one day, or nothing, with the whole days free in it, from first to last."""

    span: int
    held: Stretch | None = None
    free: tuple[date, date] | None = None
    hours: tuple[Stretch, ...] = ()


def days_from(first_on: date, weeks: int = USUAL_WEEKS) -> list[date]:
    """The days across the board."""
    return list(days_between(first_on, first_on + timedelta(days=7 * weeks - 1)))


def lay(stretches: Iterable[Stretch], first_on: date, weeks: int = USUAL_WEEKS, *, now: datetime) -> list[Place]:
    """One vehicle's row in order, each stretch at least half a day wide; the spans always sum to twice the days.

    What begins and ends on one day is drawn by its hours: all of them together, in what the longer ones leave of that day.
    """
    places: list[Place] = []
    cursor, end = 0, 14 * weeks
    together = _by_day(_still_away(sorted(stretches), now))
    for held, following in pairwise([*together, ()]):
        left, after = _halves(held, first_on)
        if after <= 0 or max(cursor, left) >= end:
            continue
        if following and _lasts_hours(held[0]):
            after = min(after, _halves(following, first_on)[0])
        left = max(cursor, left)
        right = min(max(left + 1, after), end)
        place = Place(right - left, hours=held) if _lasts_hours(held[0]) else Place(right - left, held[0])
        places += [*_gap(cursor, left, first_on), place]
        cursor = right
    return [*places, *_gap(cursor, end, first_on)]


def _lasts_hours(held: Stretch) -> bool:
    return paris_day(held.starts_at) == paris_day(held.ends_at)


def _by_day(stretches: Iterable[Stretch]) -> Iterator[tuple[Stretch, ...]]:
    """Each long stretch by itself; those of some hours gathered, a day at a time."""
    for key, group in groupby(stretches, key=lambda held: paris_day(held.starts_at) if _lasts_hours(held) else held):
        yield (key,) if isinstance(key, Stretch) else tuple(group)


def _halves(held: tuple[Stretch, ...], first_on: date) -> tuple[int, int]:
    """The half days from which and until which this is drawn: a day by its hours is drawn whole."""
    if _lasts_hours(held[0]):
        left = 2 * (paris_day(held[0].starts_at) - first_on).days
        return left, left + 2
    return _half(held[0].starts_at, first_on), _half_after(held[0].ends_at, first_on)


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
