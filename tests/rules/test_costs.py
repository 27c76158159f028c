from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fleet.costs import PURCHASE, Figures, Price, Span, check_cost, reckon, rent_over, spread
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


def reckoned(**told: date | Price | None) -> Figures:
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


@pytest.mark.parametrize(
    ("cents", "came_on", "left_on", "years", "share", "why"),
    [
        (182_500, date(2025, 1, 1), None, 1, None, "its year was over before"),
        (182_500, date(2026, 1, 1), None, 1, 45_000, "90 days at 5 €"),
        (182_500, date(2026, 3, 1), None, 1, 15_500, "it came in March"),
        (182_500, date(2026, 1, 1), date(2026, 1, 10), 1, 5_000, "it left: what is left of its price is not made up"),
        (100, date(2026, 1, 1), None, 1, 25, "less than a cent a day, rounded once"),
        (None, date(2026, 1, 1), None, 1, None, "no price was noted"),
        (182_500, date(2026, 1, 1), None, 0, None, "the platform counts none"),
    ],
)
def test_the_price_paid_is_spread_over_its_days(
    cents: int | None, came_on: date, left_on: date | None, years: int, share: int | None, why: str
) -> None:
    found = reckoned(came_on=came_on, left_on=left_on, price=spread(cents, came_on=came_on, years=years))
    assert found.by_kind.get(PURCHASE) == share, why
    assert found.cents == 8_005 + (share or 0)


@given(st.integers(1, 10**7), st.integers(1, 10), st.lists(st.integers(1, 400), max_size=12))
def test_the_shares_of_spans_that_touch_are_the_price(cents: int, years: int, lengths: list[int]) -> None:
    price = spread(cents, came_on=date(2024, 2, 29), years=years)
    assert price is not None
    ends = [price.first_on + timedelta(days=sum(lengths[:count])) for count in range(1, len(lengths) + 1)]
    shares = [price.cents_by(end) - price.cents_by(start) for start, end in pairwise([date(2024, 1, 1), *ends, date(2050, 1, 1)])]
    assert sum(shares) == cents and min(shares) >= 0


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


@pytest.mark.parametrize(
    ("first", "last", "noted", "cents", "why"),
    [
        (date(2026, 1, 1), date(2026, 2, 28), [], 60_000, "two whole months"),
        (date(2026, 1, 1), date(2026, 1, 10), [], 9_677, "ten days of thirty-one"),
        (date(2026, 1, 11), date(2026, 1, 31), [], 20_323, "the others: together the month to the cent"),
        (date(2026, 1, 20), date(2026, 3, 31), [date(2026, 2, 3)], 41_613, "what was noted in February counts alone"),
        (date(2026, 2, 1), date(2026, 1, 31), [], 0, "no day"),
    ],
)
def test_a_monthly_rent_counts_by_the_day_unless_it_was_noted(first: date, last: date, noted: list[date], cents: int, why: str) -> None:
    assert rent_over(30_000, first, last, noted) == cents, why


def test_the_rent_of_the_sheet_is_among_the_costs() -> None:
    told = {"came_on": date(2026, 3, 1), "left_on": None, "today": date(2026, 6, 1)}
    spent = [(date(2026, 3, 2), "fuel", 1_000)]
    found = reckon(spent, READINGS, SPAN, month_rent_cents=28_950, **told)  # type: ignore[arg-type]
    assert found.by_kind == {"fuel": 1_000, "rent": 28_950}
