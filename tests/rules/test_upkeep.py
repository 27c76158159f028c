"""What a vehicle needs next: by kilometres really driven, by days, by date."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fleet.availability import Occupied
from fleet.kinds import KIND_CODES
from fleet.odometer import Reading
from fleet.upkeep import ITEM_NAMES, USUAL, Ahead, Done, Plan, Use, due_by_date, first_free_day, judge_day, measure_use, next_due
from mobility.periods import Period, instant_of

TODAY = date(2026, 3, 2)  # a Monday
SERVICE = Plan(item="service", every_km=15_000, every_days=365)


def read(*pairs: tuple[int, int]) -> list[Reading]:
    """Readings as (days ago, kilometres)."""
    return [Reading(id=n, at=instant_of(TODAY - timedelta(days=ago)), km=km) for n, (ago, km) in enumerate(pairs)]


@pytest.mark.parametrize(
    ("readings", "km", "km_a_day"),
    [
        ([], None, None),  # nobody read anything
        (read((0, 500)), 500, None),  # one reading says where, not how fast
        (read((3, 0), (0, 900)), 900, None),  # three days say nothing
        (read((50, 10_000), (10, 11_600)), 12_000, 40.0),  # 40 km a day since, ten days of it not yet read
        (read((400, 0), (60, 9_000), (0, 10_200)), 10_200, 20.0),  # last year's use is not today's
        (read((400, 0), (30, 9_250), (0, 9_550)), 9_550, 9_550 / 400),  # the window opens at the last reading before it
        (read((40, 80_000), (20, 0), (0, 400)), 400, 10.0),  # a replaced meter never runs backwards
    ],
)
def test_use_is_what_the_last_sixty_days_show(readings: list[Reading], km: int | None, km_a_day: float | None) -> None:
    assert measure_use(readings, TODAY) == Use(km=km, km_a_day=km_a_day)


def test_whichever_comes_first_is_due() -> None:
    last = Done(on=date(2025, 12, 1), km=40_000)
    driven = next_due(SERVICE, last, Use(km=52_000, km_a_day=100.0), ahead=Ahead(), today=TODAY)
    assert driven is not None
    assert (driven.on, driven.km) == (date(2026, 4, 1), 55_000)
    assert driven.sentence == "à 55 000 km, vers le 1er avril 2026 à raison de 100 km par jour"
    parked = next_due(SERVICE, last, Use(km=40_100, km_a_day=1.0), ahead=Ahead(), today=TODAY)
    assert parked is not None
    assert (parked.on, parked.km) == (date(2026, 12, 1), None)


def test_the_reminder_comes_by_kilometres_or_by_days_whichever_is_earlier() -> None:
    last = Done(on=date(2026, 2, 1), km=40_000)
    slow = next_due(SERVICE, last, Use(km=50_000, km_a_day=10.0), ahead=Ahead(days=30, km=1_000), today=TODAY)
    assert slow is not None and slow.on - slow.remind_on == timedelta(days=30)  # by days, here: the plan's year ends first
    fast = next_due(SERVICE, last, Use(km=50_000, km_a_day=20.0), ahead=Ahead(days=30, km=1_000), today=TODAY)
    assert fast is not None and fast.on - fast.remind_on == timedelta(days=50)


@pytest.mark.parametrize("km", [55_000, 61_000])
def test_kilometres_gone_past_are_due_at_once(km: int) -> None:
    due = next_due(SERVICE, Done(on=date(2026, 1, 1), km=40_000), Use(km=km), ahead=Ahead(), today=TODAY)
    assert due is not None and due.on == TODAY


@pytest.mark.parametrize(
    ("plan", "last", "use"),
    [
        (Plan(item="tyres", every_km=10_000, every_days=None), Done(on=TODAY), Use(km=5_000, km_a_day=9.0)),  # never read at the time
        (Plan(item="tyres", every_km=10_000, every_days=None), Done(on=TODAY, km=0), Use()),  # never read since
        (Plan(item="tyres", every_km=10_000, every_days=None), Done(on=TODAY, km=0), Use(km=5, km_a_day=0.0)),  # it stands still
        (Plan(item="tyres", every_km=None, every_days=None), Done(on=TODAY, km=0), Use(km=5, km_a_day=9.0)),  # never planned
    ],
)
def test_what_nobody_can_tell_is_not_told(plan: Plan, last: Done, use: Use) -> None:
    assert next_due(plan, last, use, ahead=Ahead(), today=TODAY) is None


@given(st.integers(1, 40_000), st.integers(0, 60_000), st.floats(0.5, 400), st.integers(0, 2_000))
def test_nothing_is_reminded_after_it_is_due(every_km: int, driven: int, rate: float, days_ago: int) -> None:
    plan = Plan(item="service", every_km=every_km, every_days=365)
    last = Done(on=TODAY - timedelta(days=days_ago), km=10_000)
    due = next_due(plan, last, Use(km=10_000 + driven, km_a_day=rate), ahead=Ahead(), today=TODAY)
    assert (due is not None and due.remind_on <= due.on <= last.on + timedelta(days=365)) or (due is not None and due.on == TODAY)


@pytest.mark.parametrize(
    ("until_on", "word"),
    [(date(2026, 3, 1), "dépassé"), (TODAY, "à prévoir"), (date(2026, 4, 1), "à prévoir"), (date(2026, 4, 2), "plus tard")],
)
def test_a_paper_is_renewed_by_its_last_day(until_on: date, word: str) -> None:
    due = due_by_date("inspection", until_on, ahead=Ahead(days=30))
    assert judge_day(due.on, due.remind_on, TODAY)[0] == word


@pytest.mark.parametrize(
    ("every_km", "every_days", "said"),
    [(15_000, 365, "tous les 15 000 km ou tous les 365 jours"), (None, 1_825, "tous les 1 825 jours"), (None, None, "jamais")],
)
def test_a_rhythm_in_words(every_km: int | None, every_days: int | None, said: str) -> None:
    assert Plan(item="service", every_km=every_km, every_days=every_days).rhythm == said


def held(first: date, last: date) -> Occupied:
    return Occupied(period=Period(starts_at=instant_of(first), ends_at=instant_of(last)), status="confirmed")


def test_the_first_working_day_on_which_nobody_has_it() -> None:
    friday = date(2026, 3, 6)
    free = first_free_day([held(TODAY, friday), held(friday, date(2026, 3, 7))], from_on=TODAY, until_on=date(2026, 3, 20))
    assert free == Period(
        starts_at=instant_of(date(2026, 3, 9)) + timedelta(hours=8), ends_at=instant_of(date(2026, 3, 9)) + timedelta(hours=18)
    )
    assert first_free_day([held(TODAY, date(2026, 4, 1))], from_on=TODAY, until_on=date(2026, 3, 20)) is None


def test_every_kind_has_its_plans_and_every_item_its_name() -> None:
    assert set(USUAL) == set(KIND_CODES)
    assert {item for plans in USUAL.values() for item in plans} <= set(ITEM_NAMES)
