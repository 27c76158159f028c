"""Collective workshops: seats, marks, lengths, when a reminder leaves."""

from datetime import UTC, datetime

import pytest

from mobility.errors import Conflict, RuleBroken
from mobility.workshops import INVITED, QUEUED, check_marked, is_reminder_due, say_length, seat_for

MONDAY_10 = datetime(2026, 3, 9, 9, tzinfo=UTC)  # ten in Paris


@pytest.mark.parametrize(("taken", "state"), [(0, INVITED), (7, INVITED), (8, QUEUED), (9, QUEUED)])
def test_a_seat_while_one_is_free(taken: int, state: str) -> None:
    assert seat_for(taken=taken, places=8) == state


@pytest.mark.parametrize(("minutes", "said"), [(120, "2 h"), (90, "1 h 30"), (45, "45 min"), (125, "2 h 05")])
def test_a_length_is_read_aloud(minutes: int, said: str) -> None:
    assert say_length(minutes) == said


@pytest.mark.parametrize(
    ("asked", "now", "due"),
    [
        ((2, 9), (7, 8, 59), False),  # a Monday's leaves on Saturday, Sunday being nobody's
        ((2, 9), (7, 9, 0), True),
        ((2, 9), (7, 19, 30), False),  # half past eight in the evening
        ((2, 9), (8, 12, 0), False),
        ((2, 9), (9, 8, 1), False),  # less than an hour before: too late
        ((7, 10), (7, 11, 0), False),  # asked after the reminder's hour: they have just heard of it
    ],
)
def test_a_reminder_leaves_the_day_before_by_day(asked: tuple[int, int], now: tuple[int, int, int], due: bool) -> None:
    day, hour, minute = now
    told = {"starts_at": MONDAY_10, "asked_at": datetime(2026, 3, *asked, tzinfo=UTC)}
    assert is_reminder_due(**told, now=datetime(2026, 3, day, hour, minute, tzinfo=UTC)) is due


def test_who_is_away_is_known_once_it_began() -> None:
    early = MONDAY_10.replace(hour=8)
    check_marked("came", starts_at=MONDAY_10, now=early)
    for mark in ("late", "absent"):
        check_marked(mark, starts_at=MONDAY_10, now=MONDAY_10)
        with pytest.raises(Conflict):
            check_marked(mark, starts_at=MONDAY_10, now=early)
    with pytest.raises(Conflict):
        check_marked("came", starts_at=MONDAY_10, now=MONDAY_10.replace(day=8))
    with pytest.raises(RuleBroken):
        check_marked("maybe", starts_at=MONDAY_10, now=MONDAY_10)
