"""Ways to work beside one another: minutes, euros a month, CO₂ a year."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fleet.modes import MODE_NAMES, MODES, NOT_LENT, PACES, WALK, Effort, reckon

ON = date(2026, 3, 2)


@pytest.mark.parametrize(
    ("mode", "tenths", "days", "fixed", "expected", "why"),
    [
        ("walk", 25, 5, 0, (30, 0, 0), "2.5 km at 5 km/h; free and clean"),
        ("public_transport", 100, 5, 3500, (45, 3500, 531), "30 min and 15 to wait; the pass; 100 km a week, 47 weeks, 113 g"),
        ("car", 100, 5, 15000, (19, 19800, 1025), "13.4 min up to 14, and 5; 433 km of fuel a month: 47.67 € up to 48"),
        ("ebike", 100, 5, 3000, (34, 3100, 52), "0.87 € of current up to 1"),
        ("bike", 70, 3, None, (32, None, 0), "no price is set"),
    ],
)
def test_what_a_way_asks_for(mode: str, tenths: int, days: int, fixed: int | None, expected: tuple[int, int | None, int], why: str) -> None:
    found = reckon(mode, one_way_tenths=tenths, days_a_week=days, fixed_cents=fixed, on=ON)
    assert (found.minutes, found.month_cents, found.kg_a_year) == expected, why


def test_every_mode_has_its_name_and_its_pace() -> None:
    assert set(MODES) == set(MODE_NAMES) == set(PACES[0].of) and set(MODES) > NOT_LENT


@given(st.sampled_from(MODES), st.integers(0, 2000), st.integers(1, 7), st.integers(0, 100_000))
def test_further_or_more_often_never_asks_for_less(mode: str, tenths: int, days: int, fixed: int) -> None:
    near, far = (reckon(mode, one_way_tenths=tenths + more, days_a_week=days, fixed_cents=fixed, on=ON) for more in (0, 100))
    often = reckon(mode, one_way_tenths=tenths, days_a_week=7, fixed_cents=fixed, on=ON)
    assert near.minutes <= far.minutes and near.kg_a_year <= min(far.kg_a_year, often.kg_a_year)
    assert near.month_cents is not None and far.month_cents is not None and often.month_cents is not None
    assert near.month_cents <= min(far.month_cents, often.month_cents)
    assert reckon(WALK, one_way_tenths=tenths, days_a_week=days, fixed_cents=0, on=ON).kg_a_year == 0


@pytest.mark.parametrize(("cents", "said"), [(None, "prix à fixer"), (0, "gratuit"), (3800, "38 € par mois")])
def test_the_sentence(cents: int | None, said: str) -> None:
    assert Effort(minutes=25, month_cents=cents, kg_a_year=12).sentence == f"Environ 25 min l’aller, {said}, 12 kg de CO₂ par an."
