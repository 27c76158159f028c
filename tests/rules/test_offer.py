"""The days on which a vehicle of the public offer is free: whole days in Paris, never one that something holds (domain.md §8)."""

from datetime import date, datetime, timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from fleet.availability import Occupied
from fleet.kinds import get_kind
from fleet.offer import KindOffer, free_days
from mobility.periods import ONE_DAY, Period, days_between, instant_of

MONDAY = date(2026, 3, 23)  # the summer time begins on the Sunday after
NOW = instant_of(MONDAY) + timedelta(hours=9)
UNTIL = MONDAY + timedelta(days=28)


def held(first_hour: int, hours: int, status: str = "confirmed") -> Occupied:
    starts_at = instant_of(MONDAY) + timedelta(hours=first_hour)
    return Occupied(period=Period(starts_at=starts_at, ends_at=starts_at + timedelta(hours=hours)), status=status)


def spans(*busy: Occupied, now: datetime = NOW, from_on: date = date(2025, 1, 1)) -> list[tuple[int, int]]:
    found = free_days(now, busy, from_on=from_on, until_on=UNTIL)
    return [((first_on - MONDAY).days, (last_on - MONDAY).days) for first_on, last_on in found]


def test_today_counts_while_nothing_holds_the_rest_of_it() -> None:
    assert spans() == [(0, 28)]
    assert spans(held(6, 3)) == [(0, 28)], "back at nine, the very hour"
    assert spans(held(8, 3)) == [(1, 28)], "back at eleven: from tomorrow on"
    assert spans(held(33, 2)) == [(0, 0), (2, 28)]
    assert spans(from_on=MONDAY + 3 * ONE_DAY) == [(3, 28)], "not in the fleet before"
    assert spans(from_on=UNTIL + ONE_DAY) == []
    assert spans(held(0, 24 * 40)) == []


stretches = st.lists(st.tuples(st.integers(-48, 24 * 30), st.integers(1, 24 * 9)), max_size=8)


@given(stretches=stretches)
def test_a_published_day_is_a_day_that_nothing_holds_and_no_free_day_is_left_out(stretches: list[tuple[int, int]]) -> None:
    busy = [held(first, hours) for first, hours in stretches]
    told = {day for first_on, last_on in free_days(NOW, busy, from_on=MONDAY, until_on=UNTIL) for day in days_between(first_on, last_on)}
    for day in days_between(MONDAY, UNTIL):
        rest = Period(starts_at=max(NOW, instant_of(day)), ends_at=instant_of(day + ONE_DAY))
        assert (day in told) == (not any(one.period.overlaps(rest) for one in busy))


def offered(**told: Any) -> KindOffer:
    plain: dict[str, Any] = {"kind": get_kind("car"), "day_cents": 500, "deposit_cents": 30000, "least_age": 18, "licence_years": 1}
    counted = {"papers": ["pièce d’identité"], "count": 3, "free_now": {1: 2}, "next_free_on": MONDAY}
    return KindOffer(**(plain | counted | told))


def test_a_kind_says_its_price_what_it_asks_and_what_is_free() -> None:
    assert offered().price == "5 € par jour, caution 300 €"
    assert offered(day_cents=0, deposit_cents=0).price == "gratuit"
    assert offered().conditions == ["permis B depuis 1 an", "18 ans", "pièce d’identité"]
    assert offered(kind=get_kind("bike"), least_age=0, papers=[]).conditions == []
    assert offered().say_free(MONDAY) == "2 libres aujourd’hui"
    assert offered(free_now={}, next_free_on=MONDAY + ONE_DAY).say_free(MONDAY) == "la première libre le 24 mars 2026"
    assert offered(free_now={}, next_free_on=None, kind=get_kind("bike")).say_free(MONDAY) == "aucun libre avant le 20 avril 2026"
