"""The fuel allowance: what a receipt draws on it, and when it draws nothing (domain.md §3.3, §3.4)."""

from dataclasses import replace
from datetime import date

import pytest

from billing.fuel import Allowance, allowance, draw
from billing.schedule import Programme, plan
from mobility.errors import RuleBroken

FIRST, LAST = date(2026, 3, 2), date(2026, 4, 1)
HUNDRED = Allowance(cents=10_000, used_cents=0, first_on=FIRST, last_on=LAST)
PROGRAMME = Programme(label="AMIE", first_rent_cents=0, second_rent_cents=4600, target_cents=22_000)


def test_the_allowance_holds_for_the_months_that_cover_fuel() -> None:
    assert allowance(plan(PROGRAMME, FIRST), 10_000, 0) == HUNDRED
    assert allowance(plan(replace(PROGRAMME, covers=(("rental",),)), FIRST), 10_000, 0) is None


@pytest.mark.parametrize(
    ("used", "cents", "covered", "why"),
    [(0, 3210, 3210, "whole"), (9000, 3210, 1000, "what is left"), (0, 10_000, 10_000, "to the last cent")],
)
def test_a_receipt_draws_what_is_left(used: int, cents: int, covered: int, why: str) -> None:
    assert draw(replace(HUNDRED, used_cents=used), cents, spent_on=LAST, for_work=True, today=LAST) == covered, why


REFUSED = [
    ({"for_work": False}, "for_work", "private trips are never paid"),
    ({"spent_on": date(2026, 4, 2), "today": date(2026, 4, 9)}, "spent_on", "month 2"),
    ({"spent_on": date(2026, 3, 1)}, "spent_on", "before the keys"),
    ({"spent_on": date(2026, 3, 12)}, "spent_on", "tomorrow"),
    ({"cents": 0}, "cents", "nothing"),
]


@pytest.mark.parametrize(("changes", "field", "why"), REFUSED, ids=[case[2] for case in REFUSED])
def test_what_is_not_paid_is_refused_beside_its_field(changes: dict[str, object], field: str, why: str) -> None:
    asked: dict[str, object] = {"cents": 100, "spent_on": FIRST, "for_work": True, "today": date(2026, 3, 11)} | changes
    with pytest.raises(RuleBroken) as refused:
        draw(HUNDRED, asked.pop("cents"), **asked)  # type: ignore[arg-type]
    assert refused.value.field == field, why


def test_nothing_is_drawn_on_an_allowance_used_up() -> None:
    with pytest.raises(RuleBroken) as refused:
        draw(replace(HUNDRED, used_cents=10_000), 100, spent_on=FIRST, for_work=True, today=LAST)
    assert refused.value.field == "cents" and "100 €" in refused.value.sentence
