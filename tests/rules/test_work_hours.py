"""The hours of a job, day by day, from what was typed."""

from datetime import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mobility.work_hours import MONDAY_TO_FRIDAY, read_week, short_days, usual_span, worked_days

EARLY, OFFICE = (time(5), time(13)), (time(8), time(18))


@pytest.mark.parametrize(
    ("words", "week"),
    [
        ("lun–ven 5:00–13:00", dict.fromkeys(range(5), EARLY)),
        ("Du lundi au vendredi : de 5 h à 13 h", dict.fromkeys(range(5), EARLY)),
        ("lun, mar, jeu 5h-13h ; sam 08:00-12:30", dict.fromkeys((0, 1, 3), EARLY) | {5: (time(8), time(12, 30))}),
        ("lun-ven 8h-12h 14h-18h, sam 5h-13h", dict.fromkeys(range(5), OFFICE) | {5: EARLY}),  # the pause is no way home
        ("sam–lun 21h–5h", dict.fromkeys((5, 6, 0), (time(21), time(5)))),
        ("samedi et dimanche 5-13", dict.fromkeys((5, 6), EARLY)),
        ("tous les jours 5h-13h", dict.fromkeys(range(7), EARLY)),
        ("lun–ven 5:00–13:00, une semaine sur deux", None),  # half understood is not understood
        ("5 h à 13 h", None),
        ("lundi", None),
        ("lun 5h-13h, lun 8h-18h", None),
        ("lun-ven 9h-9h", None),
        ("lun-ven 25:00-26:00", None),
        ("marché 8-12", None),
        ("", None),
        (None, None),
    ],
)
def test_a_text_wholly_understood_says_each_day(words: str | None, week: dict[int, tuple[time, time]] | None) -> None:
    read = read_week(words)
    assert (dict(read.days) if read else None) == week
    assert worked_days(words) == (sum(1 << day for day in week) if week else MONDAY_TO_FRIDAY)


def test_the_day_that_begins_first_is_the_hardest_to_reach() -> None:
    week = read_week("lun-jeu 8h-18h, sam 5h-13h")
    assert (
        week is not None
        and week.earliest == usual_span("lun-jeu 8h-18h, sam 5h-13h") == EARLY
        and short_days(week.bits) == "lun., mar., mer., jeu., sam."
    )


@pytest.mark.parametrize(
    ("words", "span"),
    [("5 h – 13 h", EARLY), ("de 8h à 12h et 14h-18h", OFFICE), ("5 h à 13 h, une semaine sur deux", None), ("matin", None), (None, None)],
)
def test_hours_without_a_day_still_say_when_to_be_there(words: str | None, span: tuple[time, time] | None) -> None:
    assert usual_span(words) == span


@given(st.text(alphabet="lunmarjevsdi 0123456789hà:–-,;.", max_size=80))
def test_whatever_is_typed_is_read_or_left(words: str) -> None:
    week = read_week(words)
    assert week is None or all(begins != ends and 0 <= day <= 6 for day, (begins, ends) in week.days.items())
