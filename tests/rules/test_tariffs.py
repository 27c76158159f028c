"""Which days are charged, and what the tariff says they cost (domain.md §2.4, §10.1)."""

from datetime import date, datetime, time, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from billing.tariffs import REFERENCE_KINDS, REFERENCE_TARIFF, Tariff, chargeable_days
from mobility.errors import RuleBroken
from mobility.periods import PARIS, instant_of, paris_day


def paris(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=PARIS)


CASES = [
    ("2026-03-02 09:00", "2026-03-09 08:00", 7, "back before noon: the return's date is free"),
    ("2026-03-02 09:00", "2026-03-09 11:59", 7, "one minute before the hour is still before"),
    ("2026-03-02 09:00", "2026-03-09 12:00", 8, "at the hour is not before it"),
    ("2026-03-02 09:00", "2026-03-02 09:30", 1, "the handover's date is charged even when back at once"),
    ("2026-03-02 18:00", "2026-03-03 08:00", 1, "a night is one day"),
    ("2026-03-02 23:59", "2026-03-03 00:01", 1, "two minutes over midnight are one day"),
    ("2026-03-27 09:00", "2026-03-30 12:00", 4, "the Sunday of 23 hours is one day"),
    ("2026-10-23 09:00", "2026-10-26 11:30", 3, "the Sunday of 25 hours is one day, and noon is read in winter time"),
    ("2024-02-28 09:00", "2024-03-01 13:00", 3, "29 February exists in a leap year"),
]


@pytest.mark.parametrize(("out", "back", "count", "why"), CASES, ids=[case[3] for case in CASES])
def test_days_charged(out: str, back: str, count: int, why: str) -> None:
    days = chargeable_days(paris(out), paris(back))
    assert len(days) == count, why
    assert days[0] == paris(out).date()


def test_the_platform_sets_its_own_return_hour() -> None:
    out, back = paris("2026-03-02 09:00"), paris("2026-03-03 09:30")
    early, late = time(9), time(10)
    assert [len(chargeable_days(out, back, hour)) for hour in (early, late)] == [2, 1]


def test_the_day_is_the_one_in_paris_not_in_utc() -> None:
    out = instant_of(date(2026, 7, 2), time(0, 30))
    assert out.date() == date(2026, 7, 1)
    assert chargeable_days(out, out + timedelta(minutes=5)) == [date(2026, 7, 2)]


@pytest.mark.parametrize("minutes", [0, -1])
def test_a_return_comes_after_the_handover(minutes: int) -> None:
    out = paris("2026-03-02 09:00")
    with pytest.raises(RuleBroken) as refusal:
        chargeable_days(out, out + timedelta(minutes=minutes))
    assert refusal.value.field == "returned_at"


@given(st.integers(0, 10 * 365 * 24 * 60), st.integers(1, 200 * 24 * 60))
def test_days_follow_each_other_inside_the_rental(start: int, minutes: int) -> None:
    out = instant_of(date(2020, 1, 1)) + timedelta(minutes=start)
    back = out + timedelta(minutes=minutes)
    days = chargeable_days(out, back)
    assert days[0] == paris_day(out)
    assert days[-1] in {paris_day(back), paris_day(back) - timedelta(days=1)}
    assert all(later - earlier == timedelta(days=1) for earlier, later in pairwise(days))


def test_the_reference_tariff_is_the_one_of_la_ciotat() -> None:
    assert {kind: REFERENCE_TARIFF.full_cents(kind) for kind in REFERENCE_KINDS} == {
        "bike": 100,
        "ebike": 100,
        "moped": 200,
        "scooter": 200,
        "car": 500,
    }


REFUSALS = [
    (lambda: REFERENCE_TARIFF.full_cents("truck"), "kind", "no such kind"),
    (
        lambda: Tariff(label="Deux roues", from_on=date(2026, 1, 1), day_cents={"bike": 50}).full_cents("car"),
        "kind",
        "this version lends no car",
    ),
    (lambda: Tariff(label="Faux", from_on=date(2026, 1, 1), day_cents={"bike": -1}), "bike", "a day does not pay the person"),
    (lambda: Tariff(label="Faux", from_on=date(2026, 1, 1), day_cents={"tank": 1}), "tank", "no price for a kind that is none"),
]


@pytest.mark.parametrize(("act", "field", "why"), REFUSALS, ids=[case[2] for case in REFUSALS])
def test_refusals_name_their_field(act, field: str, why: str) -> None:
    with pytest.raises(RuleBroken) as refusal:
        act()
    assert refusal.value.field == field, why
