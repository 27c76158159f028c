"""Working days, the insurer's clock, and the life of an accident."""

from datetime import date

import pytest

from fleet.accidents import CLOSE, COMPLETE, DECLARE, DECLARED, NEXT, OPEN, STATUS_NAMES, after, check_declared, clock_of, due_after
from fleet.working_days import easter, is_working
from mobility.errors import Conflict, RuleBroken


@pytest.mark.parametrize(
    ("year", "day"),
    [
        (1954, date(1954, 4, 18)),  # where simpler formulas fail
        (1981, date(1981, 4, 19)),
        (2000, date(2000, 4, 23)),
        (2008, date(2008, 3, 23)),  # very early
        (2026, date(2026, 4, 5)),
        (2100, date(2100, 3, 28)),
    ],
)
def test_easter(year: int, day: date) -> None:
    assert easter(year) == day


@pytest.mark.parametrize(
    ("day", "works"),
    [
        (date(2026, 4, 3), True),  # Good Friday is worked, out of Alsace and Moselle
        (date(2026, 4, 4), False),
        (date(2026, 4, 6), False),  # Easter Monday
        (date(2026, 5, 14), False),  # Ascension
        (date(2026, 5, 25), False),  # Whit Monday
        (date(2026, 7, 14), False),
        (date(2026, 7, 15), True),
    ],
)
def test_working_days(day: date, works: bool) -> None:
    assert is_working(day) is works


@pytest.mark.parametrize(
    ("happened", "today", "due", "said", "tone"),
    [
        (date(2026, 3, 2), date(2026, 3, 2), date(2026, 3, 9), "encore 5 jours ouvrés", "near"),  # over one week-end
        (date(2026, 3, 2), date(2026, 3, 7), date(2026, 3, 9), "encore 1 jour ouvré", "over"),  # a Saturday
        (date(2026, 3, 2), date(2026, 3, 9), date(2026, 3, 9), "dernier jour", "over"),
        (date(2026, 3, 2), date(2026, 3, 10), date(2026, 3, 9), "délai passé", "over"),
        (date(2026, 4, 30), date(2026, 4, 30), date(2026, 5, 11), "encore 5 jours ouvrés", "near"),  # 1 and 8 May
    ],
)
def test_the_insurers_clock(happened: date, today: date, due: date, said: str, tone: str) -> None:
    assert due_after(happened, 5) == due
    clock = clock_of(due, today)
    assert (clock.said, clock.tone) == (said, tone) and clock.sentence.endswith(".")


@pytest.mark.parametrize(("act", "status", "then"), [(DECLARE, OPEN, DECLARED), (COMPLETE, DECLARED, DECLARED), (CLOSE, OPEN, "closed")])
def test_what_follows_an_act(act: str, status: str, then: str) -> None:
    assert after(act, status) == then


@pytest.mark.parametrize(("act", "status"), [(act, status) for act in NEXT for status in STATUS_NAMES if status not in NEXT[act]])
def test_an_act_out_of_place_says_why(act: str, status: str) -> None:
    with pytest.raises(Conflict) as refused:
        after(act, status)
    assert refused.value.sentence.endswith(".")


@pytest.mark.parametrize("day", [date(2026, 3, 1), date(2026, 3, 11)])  # before it happened, tomorrow
def test_a_declaration_follows_its_accident(day: date) -> None:
    with pytest.raises(RuleBroken) as refused:
        check_declared(day, happened_on=date(2026, 3, 2), today=date(2026, 3, 10))
    assert refused.value.field == "declared_on"
