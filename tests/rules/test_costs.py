from datetime import UTC, date, datetime

import pytest

from fleet.costs import Figures, Span, check_cost, reckon
from fleet.odometer import Reading
from mobility.errors import RuleBroken

SPAN = Span(since=date(2026, 1, 1), until=date(2026, 3, 31))


def make_reading(id_: int, month: int, day: int, km: int, *, doubtful: bool = False) -> Reading:
    return Reading(id=id_, at=datetime(2026, month, day, 11, tzinfo=UTC), km=km, doubtful=doubtful, corrects=None)


READINGS = [
    make_reading(1, 1, 10, 1_000),
    make_reading(2, 2, 10, 1_400),
    make_reading(3, 2, 20, 9_000, doubtful=True),
    make_reading(4, 4, 1, 2_000),
]
SPENT = [
    (date(2025, 12, 31), "fuel", 100),
    (date(2026, 1, 1), "fuel", 3_000),
    (date(2026, 3, 31), "workshop", 5_005),
    (date(2026, 4, 1), "fuel", 7),
]


def reckoned(**told: date | None) -> Figures:
    return reckon(SPENT, READINGS, SPAN, **({"came_on": date(2025, 1, 1), "left_on": None, "today": date(2026, 6, 1)} | told))  # type: ignore[arg-type]


def test_what_was_spent_and_read_in_the_span_counts_and_nothing_else() -> None:
    found = reckoned()
    assert (found.by_kind, found.km, found.days) == ({"workshop": 5_005, "fuel": 3_000}, 400, 90)
    assert (found.cents, found.km_cents, found.day_cents) == (8_005, 20, 89)


@pytest.mark.parametrize(
    ("told", "days", "why"),
    [
        ({"came_on": date(2026, 3, 1)}, 31, "it came in March"),
        ({"left_on": date(2026, 1, 2)}, 2, "it left on the second day, that day included"),
        ({"today": date(2026, 1, 31)}, 31, "days to come are not held yet"),
        ({"came_on": date(2026, 5, 1)}, 0, "it was not there"),
    ],
)
def test_the_days_are_those_in_the_fleet(told: dict[str, date], days: int, why: str) -> None:
    found = reckoned(**told)
    assert found.days == days, why
    assert (found.day_cents is None) == (days == 0)


def test_without_a_kilometre_there_is_no_price_of_one() -> None:
    assert Figures(by_kind={"fuel": 100}, km=0, days=1).km_cents is None


@pytest.mark.parametrize(
    ("kind", "on", "field", "why"),
    [
        ("workshop", date(2026, 3, 2), "kind", "a work order brings its own"),
        ("fuel", date(2026, 3, 3), "on", "nothing was spent tomorrow"),
    ],
)
def test_what_cannot_have_been_spent_is_refused(kind: str, on: date, field: str, why: str) -> None:
    with pytest.raises(RuleBroken) as refused:
        check_cost(kind, on, today=date(2026, 3, 2))
    assert refused.value.field == field, why


def test_a_span_that_ends_before_it_begins_is_refused() -> None:
    with pytest.raises(RuleBroken) as refused:
        Span(since=date(2026, 3, 2), until=date(2026, 3, 1))
    assert refused.value.field == "until"
