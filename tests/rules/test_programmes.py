"""The escalating programme as somebody types it: brackets, months, target or loan, rounding, covers (domain.md §3.3, §10.3)."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from billing.programmes import AMIE_PRESET, LOAN_PRESET, Bracket, read_programme, say_brackets
from billing.schedule import plan, rents
from billing.terms import freeze_programme, thaw_programme
from mobility.errors import RuleBroken

LOAN = {"principal_cents": LOAN_PRESET.principal_cents, "yearly_rate": LOAN_PRESET.yearly_rate, "months": LOAN_PRESET.months}
GIVEN: dict[str, Any] = {
    "label": "Essai",
    "from_on": date(2026, 3, 2),
    "months": 4,
    "first_rent_1_cents": 0,
    "ceiling_1_cents": 90_000,
    "first_rent_2_cents": 2000,
    "ceiling_2_cents": None,
    "first_rent_3_cents": None,
    "second_rent_cents": 4600,
    "target_cents": 22_000,
    "loan": None,
    "rounding": "euro",
    "covers_1": ["fuel", "rental"],
    "covers_2": ["insurance"],
    "covers_3": [],
    "covers_4": [],
    "covers_5": ["fuel"],
}


def test_a_programme_says_its_months_its_brackets_and_what_each_month_covers() -> None:
    dated = read_programme(GIVEN)
    assert dated.covers == (("rental", "fuel"), ("insurance",), (), ())
    assert say_brackets(dated.brackets) == [("jusqu’à 900 € par mois", 0), ("au-delà", 2000)]
    months = plan(dated.programme, date(2026, 3, 31))
    # By hand: 46 + 174/2 = 133; the fourth and last ends the day before the fifth would begin.
    assert [(month.rent_cents, month.covers) for month in months] == list(zip([0, 4600, 13_300, 22_000], dated.covers, strict=True))
    assert months[-1].last_on == date(2026, 7, 30)
    assert thaw_programme(freeze_programme(dated.programme)) == dated.programme


def test_a_loan_is_the_target_and_the_preset_is_amie_2008() -> None:
    aimed = read_programme(GIVEN | {"target_cents": None, "loan": LOAN, "months": 5, "rounding": "cent"})
    assert (aimed.target_cents, aimed.loan) == (21_936, LOAN_PRESET)
    assert [month.rent_cents for month in plan(AMIE_PRESET.programme, date(2008, 1, 1))] == [0, 4600, 10_400, 16_200, 22_000]
    assert AMIE_PRESET.brackets == (Bracket(up_to_cents=None, first_rent_cents=0),)


def test_what_was_frozen_before_programmes_had_months_has_five() -> None:
    frozen = freeze_programme(AMIE_PRESET.programme)
    del frozen["months"], frozen["rounding_cents"]
    assert thaw_programme(frozen) == AMIE_PRESET.programme


ROUNDED = [
    (1, [0, 4600, 10_379, 16_157, 21_936], "the loan's instalment, 10378.67 and 16157.33"),
    (50, [0, 4600, 10_400, 16_150, 21_950], "the nearest half euro"),
    (100, [0, 4600, 10_400, 16_200, 21_900], "the nearest euro"),
]


@pytest.mark.parametrize(("to", "cents", "why"), ROUNDED, ids=[case[2] for case in ROUNDED])
def test_rents_are_rounded_as_asked(to: int, cents: list[int], why: str) -> None:
    assert rents(0, 4600, 21_936, rounding_cents=to) == cents, why


REFUSALS = [
    ({"target_cents": None}, "target_cents", "nowhere to go"),
    ({"loan": LOAN}, "target_cents", "two ways to go"),
    ({"target_cents": 4599}, "target_cents", "down the stairs"),
    ({"target_cents": None, "loan": LOAN | {"yearly_rate": Decimal(5)}}, "yearly_rate", "5 typed for 5 %"),
    ({"first_rent_2_cents": None}, "first_rent_2_cents", "a ceiling with nothing above"),
    ({"ceiling_1_cents": None}, "ceiling_1_cents", "a second rent for nobody"),
    ({"ceiling_2_cents": 90_000, "first_rent_3_cents": 1}, "ceiling_2_cents", "two ceilings alike"),
]


@pytest.mark.parametrize(("given", "field", "why"), REFUSALS, ids=[case[2] for case in REFUSALS])
def test_refused_beside_its_field(given: dict[str, Any], field: str, why: str) -> None:
    with pytest.raises(RuleBroken) as refused:
        read_programme(GIVEN | given)
    assert refused.value.field == field, why
