"""When somebody has to be at work next, from what was typed of their hours."""

from datetime import date, datetime, time

import pytest

from fleet.shifts import first_hour, next_shift
from mobility.periods import instant_of

MONDAY_TO_FRIDAY = 0b0011111
WEDNESDAY = instant_of(date(2026, 3, 4), time(9))


@pytest.mark.parametrize(
    ("words", "hour"),
    [
        ("5h-13h", (5, 0)),
        ("de 5 h à 13 h", (5, 0)),
        ("05:00", (5, 0)),
        ("nuit 21h", (21, 0)),
        ("Nuit, 21 H 30 à 5 H 30", (21, 30)),
        ("6h30-14h", (6, 30)),
        ("6h 14h", (6, 0)),  # two hours, no minutes
        ("de 5 à 13 h", (5, 0)),
        ("5-13h", (5, 0)),
        ("4 heures du matin", (4, 0)),
        ("2x8, 5h ou 13h", (5, 0)),
        ("lundi 2 mars : 7h", (7, 0)),  # a day of the month is no hour
        ("20h par semaine, dès 7h15", (7, 15)),
        ("jusqu’à 20h, dès 12h", (12, 0)),  # an end is no beginning
        ("de minuit à 8 h", (0, 0)),
        ("35 h/semaine", None),
        ("24h/sem", None),
        ("7 h par jour", None),
        ("25h", None),
        ("3 hommes en équipe", None),
        ("matin", None),
        ("3×8", None),
        ("", None),
        (None, None),
    ],
)
def test_the_first_hour_of_what_was_typed(words: str | None, hour: tuple[int, int] | None) -> None:
    assert first_hour(words) == (time(*hour) if hour else None)


@pytest.mark.parametrize(
    ("weekdays", "hours", "pattern", "from_at", "on", "at"),
    [
        (MONDAY_TO_FRIDAY, None, None, WEDNESDAY, date(2026, 3, 4), None),  # today, at an hour that nobody said
        (MONDAY_TO_FRIDAY, None, None, instant_of(date(2026, 3, 7)), date(2026, 3, 9), None),  # Saturday waits for Monday
        (0b1100000, "matin", None, WEDNESDAY, date(2026, 3, 7), None),  # weekends only
        (0, None, None, WEDNESDAY, date(2026, 3, 4), None),  # nobody said: as soon as can be
        (MONDAY_TO_FRIDAY, "13h-21h", None, WEDNESDAY, date(2026, 3, 4), time(13)),  # this afternoon
        (MONDAY_TO_FRIDAY, "9h", None, WEDNESDAY, date(2026, 3, 4), time(9)),  # this very minute
        (MONDAY_TO_FRIDAY, "5h-13h", None, WEDNESDAY, date(2026, 3, 5), time(5)),  # today's has begun
        (MONDAY_TO_FRIDAY, "5h", None, instant_of(date(2026, 3, 6), time(9)), date(2026, 3, 9), time(5)),  # over the weekend
        (MONDAY_TO_FRIDAY, "2h30", None, instant_of(date(2026, 3, 27), time(9)), date(2026, 3, 30), time(2, 30)),  # over summer time
        (MONDAY_TO_FRIDAY, "5h", "12345 14:00-22:00", WEDNESDAY, date(2026, 3, 4), time(14)),  # a sharer's own hours
        (MONDAY_TO_FRIDAY, None, "3 08:00-12:00", WEDNESDAY, date(2026, 3, 11), time(8)),  # today's has begun
        (MONDAY_TO_FRIDAY, None, "3 08:00-12:00 - 2026-02-23", WEDNESDAY, date(2026, 3, 11), time(8)),  # one week in two
    ],
)
def test_the_next_shift(weekdays: int, hours: str | None, pattern: str | None, from_at: datetime, on: date, at: time | None) -> None:
    shift = next_shift(weekdays, hours, pattern=pattern, from_at=from_at)
    assert (shift.on, shift.at) == (on, None if at is None else instant_of(on, at))


def test_who_begins_early_comes_before_an_hour_unknown_and_before_who_begins_late() -> None:
    said = {"5h": None, None: None, "13h": None}
    begun = sorted(said, key=lambda hours: next_shift(MONDAY_TO_FRIDAY, hours, from_at=instant_of(date(2026, 3, 4))).sorts_at)
    assert begun == ["5h", None, "13h"]
