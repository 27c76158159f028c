"""The planning board as rows of places, two columns a day: pure numbers, so that a page needs no inline style."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from itertools import pairwise
from typing import NamedTuple

from fleet.lifecycle import LATE, OUT
from mobility.periods import days_between

WEEKS = (2, 6, 12)
USUAL_WEEKS = 6
_NOON, _MIDNIGHT = time(12, 0), time(0)


class Stretch(NamedTuple):
    """What holds a vehicle: when, how (a status), its words and its page; `changes` is the booking’s id while it may change.

    Of a booking cut in two (docs/adr/0011) the first part `goes_on` elsewhere, so that its end is not the return, and the second `is_next`.
    """

    starts_at: datetime
    ends_at: datetime
    status: str
    label: str
    href: str
    changes: int | None = None
    is_over: bool = False
    goes_on: bool = False
    is_next: bool = False


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

    Stretches and `now` stand on the clock of Paris: each end is looked at several times. What begins and ends on one day is drawn by
    its hours: all of them together, in what the longer ones leave of that day.
    """
    places: list[Place] = []
    cursor, end, origin = 0, 14 * weeks, first_on.toordinal()
    drawn = _by_day(_still_away(sorted(stretches), now), origin)
    for (left, after, held), (following_left, _, _) in pairwise([*drawn, (end, end, ())]):
        if after <= 0 or max(cursor, left) >= end:
            continue
        is_by_hours = _lasts_hours(held[0])
        if is_by_hours:
            after = min(after, following_left)
        left = max(cursor, left)
        right = min(max(left + 1, after), end)
        if cursor < left:
            places.append(_gap(cursor, left, origin))
        places.append(Place(right - left, None, None, held) if is_by_hours else Place(right - left, held[0]))
        cursor = right
    if cursor < end:
        places.append(_gap(cursor, end, origin))
    return places


def _lasts_hours(held: Stretch) -> bool:
    return held.starts_at.toordinal() == held.ends_at.toordinal()


def _by_day(stretches: Iterable[Stretch], origin: int) -> Iterator[tuple[int, int, tuple[Stretch, ...]]]:
    """Each long stretch by itself, those of some hours gathered a day at a time, with the half days from and until which it is drawn."""
    together: list[Stretch] = []
    for held in stretches:
        first, last = held.starts_at.toordinal() - origin, held.ends_at.toordinal() - origin
        if together and (first != last or together[0].starts_at.toordinal() - origin != first):
            yield _whole_day(together, origin)
            together = []
        if first == last:
            together.append(held)
        else:
            leaves, comes = held.starts_at.time(), held.ends_at.time()
            yield 2 * first + (leaves >= _NOON), 2 * last + (comes > _MIDNIGHT) + (comes > _NOON), (held,)
    if together:
        yield _whole_day(together, origin)


def _whole_day(together: list[Stretch], origin: int) -> tuple[int, int, tuple[Stretch, ...]]:
    left = 2 * (together[0].starts_at.toordinal() - origin)
    return left, left + 2, tuple(together)


def _still_away(stretches: list[Stretch], now: datetime) -> list[Stretch]:
    """A vehicle that should be back and is not is away until now, as far as the next stretch leaves room."""
    for place, held in enumerate(stretches):
        if held.status in (OUT, LATE) and not held.is_over and held.ends_at < now:
            room = min(now, stretches[place + 1].starts_at) if place + 1 < len(stretches) else now
            stretches[place] = held._replace(ends_at=max(held.ends_at, room))
    return stretches


def _gap(left: int, right: int, origin: int) -> Place:
    first, after = -(-left // 2), right // 2
    whole = (date.fromordinal(origin + first), date.fromordinal(origin + after - 1)) if first < after else None
    return Place(right - left, None, whole)
