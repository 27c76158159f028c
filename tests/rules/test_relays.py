"""Whose kilometres between two readings of a vehicle that two people share."""

from datetime import UTC, date, datetime, timedelta

import pytest

from fleet.odometer import Reading
from fleet.relays import Held, Share, day_from, share_of
from mobility.periods import Period


def at(hour: float, day: int = 2) -> datetime:
    return datetime(2026, 3, day, tzinfo=UTC) + timedelta(hours=hour)


def held(booking_id: int, first: float, last: float, day: int = 2) -> Held:
    return Held(booking_id=booking_id, period=Period(starts_at=at(first, day), ends_at=at(last, day)))


HELD = [held(1, 5, 14), held(2, 14, 23), held(1, 5, 14, day=3), held(2, 14, 23, day=3)]


@pytest.mark.parametrize(
    ("readings", "share"),
    [
        ([(5, 100), (14, 140), (23, 190)], Share(km=40)),  # read as it passes on: each their own
        ([(5.2, 100), (13.7, 140), (14.2, 140), (22.9, 190)], Share(km=40)),  # both read it, a little off the hour
        ([(5, 100), (14.4, 140), (23, 190)], Share(km=40)),  # half an hour late still counts for the one before
        ([(5, 100), (23, 190)], Share(km=0, unshared_km=90)),  # nobody read it as it passed on
        ([(5, 100), (12, 130), (23, 190)], Share(km=30, unshared_km=60)),  # read too early
        ([(15, 100), (22, 150)], Share(km=0)),  # the other's
        ([(23.2, 190), (28.8, 200)], Share(km=0)),  # at night it stays with whoever had it last
        ([(14, 140), (29, 150)], Share(km=0)),  # the other's hours, then nobody's
        ([(13.5, 100), (14.2, 112)], Share(km=12)),  # too short to leave out the ends: its middle says
        ([(5, 100)], Share(km=0)),
    ],
)
def test_kilometres_belong_to_whoever_had_the_hours(readings: list[tuple[float, int]], share: Share) -> None:
    read = [Reading(id=place, at=at(hour), km=km) for place, (hour, km) in enumerate(readings)]
    assert share_of(1, read, HELD) == share
    other = share_of(2, read, HELD)
    total = readings[-1][1] - readings[0][1]
    assert share.km + other.km + share.unshared_km == total, "every kilometre is counted once"


def test_before_anybody_held_it_a_kilometre_is_nobodys() -> None:
    read = [Reading(id=1, at=at(1), km=10), Reading(id=2, at=at(3), km=20)]
    assert share_of(1, read, HELD) == Share(km=0)


@pytest.mark.parametrize(
    ("hour", "day", "counts_from"),
    [
        (8, 3, 3),  # read as the keys are handed over: this day's way is still ahead
        (13, 3, 4),  # their hours are done: it is behind
        (4, 4, 4),  # before their hours
        (5.2, 4, 4),  # as they take it
        (22, 4, 5),  # read by the other: their own day is behind
        (12, 5, 5),  # a day without hours
    ],
)
def test_a_cap_counts_the_days_that_lie_between_two_readings(hour: float, day: int, counts_from: int) -> None:
    mine = [held(1, 4, 13, day=3), held(1, 5, 14, day=4), held(2, 14, 23, day=4)]
    assert day_from(1, at(hour, day), mine, handed_over_at=at(8, 3)) == date(2026, 3, counts_from)
