"""The monthly review: which month is due when, and what may be told of it (domain.md §3.6)."""

import re
from datetime import date, timedelta
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fleet.reviews import (
    AGREED,
    HELD_HOW,
    JOBS,
    NO_ADDRESS,
    NO_CONSENT,
    NO_REFERENT,
    OPPOSED,
    STEPS_TAKEN,
    WITHDRAWN,
    Told,
    check_held_on,
    due_months,
    review_months,
    say_review,
    why_untold,
)
from mobility.errors import RuleBroken
from mobility.periods import ONE_DAY, months_after

DAYS = st.dates(date(2020, 1, 1), date(2035, 12, 31))


@given(first=DAYS, held=st.none() | st.integers(0, 250), months=st.integers(3, 5), after=st.integers(0, 31), passed=st.integers(0, 300))
def test_each_month_begun_and_ended_is_due_once(first: date, held: int | None, months: int, after: int, passed: int) -> None:
    back, today = None if held is None else first + timedelta(days=held), first + timedelta(days=passed)
    found = review_months(first, back, months=months, days_after=after)
    starts = [months_after(first, count) for count in range(months)]
    begun = [start for start in starts if back is None or start == first or start < back]
    assert [each.month for each in found] == list(range(1, len(begun) + 1)), "one for each month begun, and no other"
    ends = [months_after(first, number + 1) - ONE_DAY for number in range(len(begun))]
    assert [each.last_on for each in found] == [min(end, back) if back else end for end in ends]
    due = due_months(found, (), today)
    assert [each.month for each in due] == [each.month for each in found if each.last_on + timedelta(days=after) <= today]
    assert due_months(found, {each.month for each in due}, today) == [], "held, it is due no more"


def test_a_month_handed_over_on_the_31st_ends_before_the_last_day_of_the_next() -> None:
    found = review_months(date(2026, 1, 31), None)
    assert [(each.first_on, each.last_on) for each in found[:2]] == [
        (date(2026, 1, 31), date(2026, 2, 27)),
        (date(2026, 2, 28), date(2026, 3, 30)),
    ]


@pytest.mark.parametrize(("day", "refused"), [(9, True), (10, False), (12, False), (13, True)])
def test_it_is_held_from_the_month_on_and_not_tomorrow(day: int, refused: bool) -> None:
    (month, *_) = review_months(date(2026, 3, 10), None)
    try:
        check_held_on(date(2026, 3, day), month, date(2026, 3, 12))
    except RuleBroken as error:
        assert refused and error.field == "held_on"
    else:
        assert not refused


def test_no_word_that_may_leave_speaks_of_money_or_kilometres() -> None:
    for job, how in product(JOBS, HELD_HOW):
        said = say_review(Told(month=2, held_on=date(2026, 4, 1), held_how=how, job=job, steps=STEPS_TAKEN, agreed=AGREED))
        assert not re.search(r"€|\bkm\b|kilom|dette|impay|budget|caution", said, re.IGNORECASE), said
        assert all(words in said for words in (*STEPS_TAKEN.values(), *AGREED.values(), JOBS[job], HELD_HOW[how]))


@pytest.mark.parametrize(
    ("opposed", "referent", "withdrawn", "consent", "address", "why"),
    [
        (True, True, True, True, True, OPPOSED),
        (False, False, False, False, False, NO_REFERENT),
        (False, True, True, True, True, WITHDRAWN),
        (False, True, False, False, True, NO_CONSENT),
        (False, True, False, True, False, NO_ADDRESS),
        (False, True, False, True, True, None),
    ],
)
def test_why_nothing_leaves(opposed: bool, referent: bool, withdrawn: bool, consent: bool, address: bool, why: str | None) -> None:
    asked = {"has_referent": referent, "is_withdrawn": withdrawn, "has_consent": consent, "has_address": address}
    assert why_untold(opposed=opposed, **asked) == why
