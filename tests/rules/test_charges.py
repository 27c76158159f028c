"""Weekly charges in arrears, the remainder at return, and credits (domain.md §9, §10.1)."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from billing.charges import WeekCharge, credit_for, due_weeks, week_key
from mobility.periods import days_between

WEDNESDAY = date(2026, 4, 1)


def days(first: date, last: date, cents: int = 500) -> dict[date, int]:
    return dict.fromkeys(days_between(first, last), cents)


STAY = days(WEDNESDAY, date(2026, 4, 17))  # a Wednesday to the Friday of the third week

DUE = [
    (date(2026, 4, 5), set(), False, [], "Sunday: the first week is not over"),
    (date(2026, 4, 6), set(), False, ["2026-W14"], "Monday: it is"),
    (date(2026, 4, 6), {"2026-W14"}, False, [], "once per week, even when the job runs twice"),
    (date(2026, 4, 27), {"2026-W14"}, False, ["2026-W15", "2026-W16"], "after a stop, each missed week once"),
    (date(2026, 4, 15), {"2026-W14"}, True, ["2026-W15", "2026-W16"], "at return everything left, the unfinished week too"),
    (date(2026, 4, 20), {"2026-W14", "2026-W15", "2026-W16"}, True, [], "nothing left after the return"),
]


@pytest.mark.parametrize(("today", "posted", "returned", "keys", "why"), DUE, ids=[case[4] for case in DUE])
def test_which_weeks_are_due(today: date, posted: set[str], returned: bool, keys: list[str], why: str) -> None:
    assert [week.week for week in due_weeks(STAY, today=today, posted=posted, returned=returned)] == keys, why


def test_a_week_tells_its_days_and_cents() -> None:
    week = WeekCharge(week="2026-W14", first_on=WEDNESDAY, last_on=date(2026, 4, 5), days=5, cents=2500)
    assert due_weeks(STAY, today=date(2026, 4, 6)) == [week]


def test_a_free_week_is_posted_at_zero_so_that_it_is_settled() -> None:
    assert [week.cents for week in due_weeks(days(WEDNESDAY, date(2026, 4, 5), 0), today=date(2026, 4, 6))] == [0]


def test_days_known_until_yesterday_do_not_end_a_week() -> None:
    assert due_weeks(days(WEDNESDAY, date(2026, 4, 3)), today=date(2026, 4, 4)) == []


def test_a_week_wholly_out_of_service_is_no_charge() -> None:
    gap = {day: cents for day, cents in STAY.items() if week_key(day) != "2026-W15"}
    assert [week.week for week in due_weeks(gap, today=date(2026, 5, 1))] == ["2026-W14", "2026-W16"]


WEEKS = [
    (date(2026, 3, 29), "2026-W13", "the Sunday when summer time begins ends its week"),
    (date(2026, 10, 25), "2026-W43", "the Sunday when it ends too"),
    (date(2027, 1, 1), "2026-W53", "1 January in the last week of the year before"),
    (date(2024, 12, 30), "2025-W01", "30 December in the first week of the next"),
]


@pytest.mark.parametrize(("day", "key", "why"), WEEKS, ids=[case[2] for case in WEEKS])
def test_week_keys(day: date, key: str, why: str) -> None:
    assert week_key(day) == key, why


@given(st.dates(date(2016, 1, 1), date(2026, 1, 1)), st.integers(1, 120), st.integers(1, 30))
def test_jobs_at_any_pace_charge_each_day_once(first: date, length: int, pace: int) -> None:
    stay = days(first, first + timedelta(days=length - 1))
    posted: dict[str, int] = {}
    for today in list(days_between(first, first + timedelta(days=length)))[::pace]:
        posted |= {week.week: week.cents for week in due_weeks(stay, today=today, posted=posted)}
    posted |= {week.week: week.cents for week in due_weeks(stay, today=first, posted=posted, returned=True)}
    assert sum(posted.values()) == 500 * length


TEN = date(2026, 4, 10)
CREDITS = [
    ({TEN: 500}, {TEN: 0}, {TEN: 500}, "a backdated RSA proof gives the day back"),
    ({TEN: 500}, {TEN: 250}, {TEN: 250}, "a backdated QPV gives half back"),
    ({TEN: 0}, {TEN: 500}, {}, "a missing paper never raises a day already charged"),
    ({TEN: 250}, {TEN: 250}, {}, "nothing changed"),
    ({TEN: 500}, {}, {TEN: 500}, "a day found out of service, or after the true return"),
    ({}, {TEN: 500}, {}, "a day never charged is no credit"),
]


@pytest.mark.parametrize(("charged", "now", "credit", "why"), CREDITS, ids=[case[3] for case in CREDITS])
def test_credits_only_lower(charged: dict[date, int], now: dict[date, int], credit: dict[date, int], why: str) -> None:
    found = credit_for(charged, now)
    assert found.cents_by_day == credit, why
    assert found.total_cents == sum(credit.values())


@given(st.dictionaries(st.dates(), st.integers(0, 500)), st.dictionaries(st.dates(), st.integers(0, 500)))
def test_a_credit_given_is_not_given_twice(charged: dict[date, int], now: dict[date, int]) -> None:
    credit = credit_for(charged, now)
    left = {day: cents - credit.cents_by_day.get(day, 0) for day, cents in charged.items()}
    assert all(0 <= left[day] <= charged[day] for day in charged)
    assert credit_for(left, now).total_cents == 0
