"""A plan's state is what payments make of it."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from billing.deposits import instalment_plan
from billing.plans import LIVE, check_plan, standing
from mobility.errors import RuleBroken

TODAY = date(2026, 3, 10)
MONEY = st.integers(0, 10**7)
PLAN = instalment_plan(9000, 3, date(2026, 3, 1))  # 30 € on the first of March, April, May

CASES = [
    (0, 9000, False, ("late", 3000, 3), "the first part did not come"),
    (2999, 6001, False, ("late", 1, 3), "a cent of it is missing"),
    (3000, 6000, False, ("kept", 0, 2), "the first part came"),
    (5000, 4000, False, ("kept", 0, 2), "and some of the second"),
    (9000, 500, False, ("done", 0, 0), "all of it came; what is owed now is younger"),
    (3000, 0, False, ("done", 0, 0), "a credit settled the rest"),
    (-1000, 9000, False, ("late", 3000, 3), "a cheque came back: it is as if nothing had come"),
    (0, 9000, True, ("ended", 0, 0), "stopped: nothing is awaited of it"),
]


@pytest.mark.parametrize(("came", "owed", "is_ended", "found", "why"), CASES, ids=[case[4] for case in CASES])
def test_where_a_plan_stands(came: int, owed: int, is_ended: bool, found: tuple[str, int, int], why: str) -> None:
    there = standing(PLAN, came_cents=came, owed_cents=owed, is_ended=is_ended, today=TODAY)
    assert (there.state, there.late_cents, len(there.left)) == found, why
    assert there.sentence.endswith(".")


@given(st.integers(1, 10**7), st.integers(1, 24), MONEY, MONEY, st.dates(date(2025, 1, 1), date(2029, 1, 1)))
def test_what_is_left_is_never_more_than_is_owed_and_a_payment_never_worsens(
    cents: int, months: int, came: int, owed: int, today: date
) -> None:
    plan = instalment_plan(cents, min(months, cents), date(2026, 1, 31))
    there = standing(plan, came_cents=came, owed_cents=owed, is_ended=False, today=today)
    left = sum(part.cents for part in there.left)
    assert left == min(max(cents - came, 0), owed) and 0 <= there.late_cents <= left
    assert (there.state in LIVE) == bool(left)
    better = standing(plan, came_cents=came + 1, owed_cents=max(owed - 1, 0), is_ended=False, today=today)
    assert better.late_cents <= there.late_cents


REFUSED = [
    ({"owed_cents": 0}, "cents", "nothing is owed"),
    ({"cents": 9001}, "cents", "more than is owed"),
    ({"first_on": date(2026, 3, 9)}, "first_on", "a day gone by"),
    ({"first_on": date(2026, 6, 11)}, "first_on", "too far away"),
    ({"agreed": False}, "agreed", "nobody asked the person"),
]


@pytest.mark.parametrize(("asked", "field", "why"), REFUSED, ids=[case[2] for case in REFUSED])
def test_what_is_no_plan(asked: dict, field: str, why: str) -> None:
    fine = {"cents": 9000, "owed_cents": 9000, "first_on": TODAY, "agreed": True, "today": TODAY}
    check_plan(**fine)
    with pytest.raises(RuleBroken) as refused:
        check_plan(**fine | asked)
    assert refused.value.field == field, why
