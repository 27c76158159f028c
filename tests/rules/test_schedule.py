"""AMIE's schedule: loan instalments, rents, months, early ends (domain.md §3.3, §10.3)."""

from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from billing.schedule import (
    AMIE_2008,
    LOAN_LIMITS,
    Loan,
    Month,
    Programme,
    check_loan,
    cut_month,
    due_months,
    end_early,
    instalment_cents,
    month_spans,
    plan,
    rents,
)
from mobility.errors import RuleBroken

INSTALMENTS = [
    (500_000, "0.05", 24, 21_936, "domain.md §3.3: 219.36 €"),
    (500_000, "0", 24, 20_833, "at rate 0, P / n: 208.333… rounds down"),
    (1000, "0", 16, 63, "62.5 rounds half up"),
    (100_000, "0.12", 1, 101_000, "one month: principal and one month of interest"),
    (100_000, "0.12", 2, 50_751, "by hand: 1000 × 0.01 × 1.0201 / 0.0201 = 507.512…"),
    (800_000, "0.095", 84, 13_075, "the largest and longest microcredit: 130.75 €"),
    (384_000, "0.015", 36, 10_915, "the average case at the lowest rate seen: 109.15 €"),
    (1, "1", 84, 0, "a cent at 100 %: less than half a cent a month"),
]


@pytest.mark.parametrize(("principal", "rate", "months", "cents", "why"), INSTALMENTS, ids=[case[4] for case in INSTALMENTS])
def test_instalments(principal: int, rate: str, months: int, cents: int, why: str) -> None:
    assert instalment_cents(principal, Decimal(rate), months) == cents, why


@given(st.integers(1000, 800_000), st.integers(0, 2000), st.integers(1, 84))
def test_an_instalment_pays_the_loan_back(principal: int, basis_points: int, months: int) -> None:
    """Paid with it month after month, what is left is only the rounding's fault."""
    rate = Decimal(basis_points).scaleb(-4)
    instalment = instalment_cents(principal, rate, months)
    balance, rounding = Decimal(principal), Decimal(0)
    for _ in range(months):
        balance += balance * rate / 12 - instalment
        rounding += rounding * rate / 12 + Decimal("0.5")
    assert abs(balance) <= rounding + Decimal("0.001")


LOAN_REFUSALS = [
    (0, "0.05", 24, "principal_cents", "no loan of nothing"),
    (1, "0.05", 0, "months", "no loan without a month"),
    (1, "5", 24, "yearly_rate", "5 typed for 5 %"),
    (1, "-0.01", 24, "yearly_rate", "a negative rate"),
    (1, "NaN", 24, "yearly_rate", "no number at all"),
    (1, "Infinity", 24, "yearly_rate", "no finite number"),
    (1, "1E-999999", 24, "yearly_rate", "an endless fraction would take for ever"),
]


@pytest.mark.parametrize(("principal", "rate", "months", "field", "why"), LOAN_REFUSALS, ids=[case[4] for case in LOAN_REFUSALS])
def test_impossible_loans(principal: int, rate: str, months: int, field: str, why: str) -> None:
    with pytest.raises(RuleBroken) as refusal:
        instalment_cents(principal, Decimal(rate), months)
    assert refusal.value.field == field, why


def test_a_zero_with_a_huge_exponent_is_a_zero() -> None:
    assert instalment_cents(2400, Decimal("0E+999999"), 24) == 100


@pytest.mark.parametrize(("principal", "months", "field"), [(800_001, 84, "principal_cents"), (800_000, 85, "months"), (800_000, 84, None)])
def test_a_microcredit_has_limits(principal: int, months: int, field: str | None) -> None:
    loan = Loan(principal_cents=principal, yearly_rate=Decimal("0.05"), months=months)
    if field is None:
        check_loan(loan, LOAN_LIMITS[-1])
        return
    with pytest.raises(RuleBroken) as refusal:
        check_loan(loan, LOAN_LIMITS[-1])
    assert refusal.value.field == field


RENTS = [
    ((0, 4600, 22_000), [0, 4600, 10_400, 16_200, 22_000], "the preset of 2008: 0 / 46 / 104 / 162 / 220"),
    ((0, 4600, 21_936), [0, 4600, 10_379, 16_157, 21_936], "towards the instalment itself: 103.786… and 161.573…"),
    ((1500, 0, 100), [1500, 0, 33, 67, 100], "month 1 stands alone; thirds round half up"),
    ((0, 9000, 3000), [0, 9000, 7000, 5000, 3000], "a target below the start steps down"),
    ((0, 0, 0), [0, 0, 0, 0, 0], "free throughout"),
]


@pytest.mark.parametrize(("given_cents", "expected", "why"), RENTS, ids=[case[2] for case in RENTS])
def test_rents(given_cents: tuple[int, int, int], expected: list[int], why: str) -> None:
    assert rents(*given_cents) == expected, why


def test_half_a_cent_of_rent_rounds_up() -> None:
    assert rents(0, 0, 1, months=4) == [0, 0, 1, 1]


def test_a_line_needs_two_ends() -> None:
    with pytest.raises(ValueError, match="three months"):
        rents(0, 1, 2, months=2)


SPANS = [
    (date(2026, 3, 16), ["03-16 04-15", "04-16 05-15", "05-16 06-15", "06-16 07-15", "07-16 08-15"], "the ordinary case"),
    (date(2026, 1, 31), ["01-31 02-27", "02-28 03-30", "03-31 04-29", "04-30 05-30", "05-31 06-29"], "the last day of shorter months"),
    (date(2024, 1, 30), ["01-30 02-28", "02-29 03-29", "03-30 04-29", "04-30 05-29", "05-30 06-29"], "29 February in a leap year"),
    (date(2026, 10, 1), ["10-01 10-31", "11-01 11-30", "12-01 12-31", "01-01 01-31", "02-01 02-28"], "over the new year"),
]


@pytest.mark.parametrize(("handed_over_on", "spans", "why"), SPANS, ids=[case[2] for case in SPANS])
def test_month_spans(handed_over_on: date, spans: list[str], why: str) -> None:
    assert [f"{first:%m-%d} {last:%m-%d}" for first, last in month_spans(handed_over_on)] == spans, why


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)))
def test_months_follow_each_other_without_hole_or_twin(handed_over_on: date) -> None:
    spans = month_spans(handed_over_on)
    assert spans[0][0] == handed_over_on
    assert all(following[0] - month[1] == timedelta(days=1) for month, following in pairwise(spans))
    assert all(28 <= (last - first).days + 1 <= 31 for first, last in spans)


MARCH = Month(month=2, first_on=date(2026, 3, 1), last_on=date(2026, 3, 31), rent_cents=4600, covers=("insurance",))
PRORATED = [
    (date(2026, 3, 1), 148, "one day: 46 € / 31 = 1.483…"),
    (date(2026, 3, 15), 2226, "fifteen days: 22.258…"),
    (date(2026, 3, 31), 4600, "the whole month"),
]


@pytest.mark.parametrize(("ended_on", "cents", "why"), PRORATED, ids=[case[2] for case in PRORATED])
def test_prorated(ended_on: date, cents: int, why: str) -> None:
    assert cut_month(MARCH, ended_on).rent_cents == cents, why


@pytest.mark.parametrize("day", [date(2026, 2, 28), date(2026, 4, 1)])
def test_a_month_is_prorated_on_its_own_days_only(day: date) -> None:
    with pytest.raises(ValueError, match="one of its days"):
        cut_month(MARCH, day)


def test_the_plan_says_what_each_month_costs_and_covers() -> None:
    months = plan(AMIE_2008, date(2026, 1, 31))
    assert [month.rent_cents for month in months] == [0, 4600, 10_400, 16_200, 22_000]
    assert [month.covers for month in months] == [("rental", "fuel", "insurance")] + [("insurance",)] * 4
    assert (months[1].first_on, months[1].last_on) == (date(2026, 2, 28), date(2026, 3, 30))


def test_what_a_month_covers_is_data() -> None:
    generous = Programme(label="Essai", first_rent_cents=0, second_rent_cents=0, target_cents=0, covers=(("fuel",), ("rental",), ()))
    assert [month.covers for month in plan(generous, date(2026, 1, 1))] == [("fuel",), ("rental",), (), (), ()]


ENDS = [
    (date(2026, 3, 1), [0], "on the first day, month 1 is free anyway"),
    (date(2026, 4, 10), [0, 1533], "ten days of month 2: 46 € × 10 / 30"),
    (date(2026, 4, 30), [0, 4600], "on the last day of a month, that month whole"),
    (date(2026, 9, 30), [0, 4600, 10_400, 16_200, 22_000], "nothing after month 5"),
]


@pytest.mark.parametrize(("ended_on", "cents", "why"), ENDS, ids=[case[2] for case in ENDS])
def test_early_ends(ended_on: date, cents: list[int], why: str) -> None:
    cut = end_early(plan(AMIE_2008, date(2026, 3, 1)), ended_on)
    assert [month.rent_cents for month in cut] == cents, why
    assert cut[-1].last_on == min(ended_on, date(2026, 7, 31))


def test_an_end_does_not_come_before_the_handover() -> None:
    with pytest.raises(RuleBroken) as refusal:
        end_early(plan(AMIE_2008, date(2026, 3, 1)), date(2026, 2, 28))
    assert refusal.value.field == "ended_on"


DUE = [
    (date(2026, 3, 31), set(), False, [], "the month's last day: not over"),
    (date(2026, 4, 1), set(), False, [1], "the day after"),
    (date(2026, 6, 2), {1}, False, [2, 3], "after a stop, each missed month once"),
    (date(2026, 4, 10), {1}, True, [2, 3, 4, 5], "at the stay's end all that the cut plan still holds"),
]


@pytest.mark.parametrize(("today", "posted", "ended", "numbers", "why"), DUE, ids=[case[4] for case in DUE])
def test_months_due(today: date, posted: set[int], ended: bool, numbers: list[int], why: str) -> None:
    months = plan(AMIE_2008, date(2026, 3, 1))
    assert [month.month for month in due_months(months, today=today, posted=posted, ended=ended)] == numbers, why
