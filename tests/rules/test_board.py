"""A row of the board: places that always fill it, stretches where they are, gaps with their whole days."""

from datetime import date, datetime, time, timedelta

import pytest

from fleet.board import Place, Stretch, days_from, lay
from mobility.periods import PARIS, instant_of

MONDAY = date(2026, 3, 2)
NOW = instant_of(date(2026, 3, 4), time(10)).astimezone(PARIS)


def at(day: int, hour: int = 9) -> datetime:
    return (instant_of(date(2026, 3, day)) + timedelta(hours=hour)).astimezone(PARIS)


def stretch(starts_at: datetime, ends_at: datetime, status: str = "confirmed", *, is_over: bool = False) -> Stretch:
    return Stretch(starts_at, ends_at, status, "Camille, réservée", "/bookings/1", 1, is_over)


def shape(*stretches: Stretch, weeks: int = 2) -> list[int | tuple[int, tuple[int, int] | None]]:
    """A stretch as its span, a gap as its span and the days of March that are whole in it."""
    return [
        place.span if place.held or place.hours else (place.span, place.free and (place.free[0].day, place.free[1].day))
        for place in lay(stretches, MONDAY, weeks, now=NOW)
    ]


@pytest.mark.parametrize(
    ("stretches", "expected", "reason"),
    [
        ([], [(28, (2, 15))], "nothing holds it: one gap"),
        ([stretch(at(3), at(5))], [(2, (2, 2)), 5, (21, (6, 15))], "back on the 5th at nine: the afternoon is free, the 6th whole"),
        ([stretch(at(2, 14), at(3, 18))], [(1, None), 3, (24, (4, 15))], "half a day has no whole day before it"),
        ([stretch(at(3, 14), at(3, 18))], [(2, (2, 2)), 2, (24, (4, 15))], "some hours: their day, from midnight to midnight"),
        ([stretch(at(3, 4), at(3, 13)), stretch(at(3, 13), at(3, 22))], [(2, (2, 2)), 2, (24, (4, 15))], "two on one day share its place"),
        ([stretch(at(2, 4), at(2, 9)), stretch(at(3, 4), at(3, 9))], [2, 2, (24, (4, 15))], "two days, two places"),
        ([stretch(at(2), at(3, 9)), stretch(at(3, 10), at(3, 11))], [3, 1, (24, (4, 15))], "what a long one leaves of the day"),
        ([stretch(at(3, 10), at(3, 11)), stretch(at(3, 14), at(5))], [(2, (2, 2)), 1, 4, (21, (6, 15))], "and before the next long one"),
        ([stretch(at(3), at(3, 10)), stretch(at(3, 11), at(4))], [(2, (2, 2)), 1, 2, (23, (5, 15))], "two on one morning: each is seen"),
        ([stretch(at(1) - timedelta(days=90), at(1))], [(28, (2, 15))], "over before the board begins"),
        ([stretch(at(14), at(30))], [(24, (2, 13)), 4], "cut where the board ends"),
        ([stretch(at(1), at(3), "late")], [5, (23, (5, 15))], "not back: away until now"),
        ([stretch(at(1), at(3), "out", is_over=True)], [3, (25, (4, 15))], "back: away until it came back"),
        ([stretch(at(1), at(3), "late"), stretch(at(3, 14), at(5))], [4, 3, (21, (6, 15))], "not back, and another waits: it is seen"),
    ],
)
def test_a_row(stretches: list[Stretch], expected: list[object], reason: str) -> None:
    assert shape(*stretches) == expected, reason


@pytest.mark.parametrize("weeks", [2, 6, 12])
def test_the_places_always_fill_the_row(weeks: int) -> None:
    away = [stretch(at(2) + timedelta(hours=31 * n), at(2) + timedelta(hours=31 * n + 13)) for n in range(70)]
    places: list[Place] = lay(away, MONDAY, weeks, now=NOW)
    assert sum(place.span for place in places) == 2 * len(days_from(MONDAY, weeks))
