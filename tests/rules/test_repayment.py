"""A loan month by month in whole cents, and what it asks beside a rent (domain.md §3.3, §9)."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from billing.budgets import MonthBudget, check_budget
from billing.repayment import Repayment, compare, month_of_days, repay
from billing.schedule import Loan
from mobility.errors import RuleBroken


def loan_of(principal_cents: int, rate: str, months: int) -> Repayment:
    return repay(Loan(principal_cents=principal_cents, yearly_rate=Decimal(rate), months=months))


@given(st.integers(1, 800_000), st.integers(0, 10_000), st.integers(1, 84))
def test_what_is_paid_less_its_interest_is_the_loan_to_the_cent(principal: int, basis_points: int, months: int) -> None:
    told = repay(Loan(principal_cents=principal, yearly_rate=Decimal(basis_points).scaleb(-4), months=months))
    assert told.total_cents - told.cost_cents == principal
    assert len(told.instalments) == months and told.instalments[-1].left_cents == 0
    left = [principal, *(one.left_cents for one in told.instalments)]
    assert left == sorted(left, reverse=True), "what is left never rises"
    assert all(one.cents >= one.interest_cents >= 0 for one in told.instalments)
    assert len({one.cents for one in told.instalments[:-1] if one.left_cents}) <= 1, "all alike but the last"


SAID = [
    (500_000, "0.05", 24, "5 000 € sur 24 mois à 5 % : 219,36 € par mois (219,28 € le dernier), 264,56 € d’intérêts en tout."),
    (240_000, "0", 24, "2 400 € sur 24 mois à 0 % : 100 € par mois, sans intérêts."),
    (100_000, "0.12", 1, "1 000 € sur 1 mois à 12 % : 1 010 € par mois, 10 € d’intérêts en tout."),
]


@pytest.mark.parametrize(("principal", "rate", "months", "said"), SAID)
def test_a_loan_is_said_in_one_sentence(principal: int, rate: str, months: int, said: str) -> None:
    assert loan_of(principal, rate, months).sentence == said


@pytest.mark.parametrize(("principal", "rate", "months", "field"), [(800_001, "0.05", 24, "principal_cents"), (1, "0.05", 85, "months")])
def test_no_larger_and_no_longer_than_a_microcredit(principal: int, rate: str, months: int, field: str) -> None:
    with pytest.raises(RuleBroken) as refused:
        loan_of(principal, rate, months)
    assert refused.value.field == field


COMPARED = [(16_200, 21_936, "57,36 € de plus par mois."), (22_000, 21_936, "0,64 € de moins par mois."), (22_000, 22_000, ": autant.")]


@pytest.mark.parametrize(("rent", "instalment", "end"), COMPARED)
def test_the_rent_beside_the_instalment(rent: int, instalment: int, end: str) -> None:
    assert compare(rent, instalment).endswith(end)


def test_a_rental_by_the_day_is_told_by_the_month() -> None:
    first = date(2026, 3, 2)
    days = {first + timedelta(days=count): 500 for count in range(7)}
    assert (month_of_days({}), month_of_days(days)) == (None, 15_000)
    dearer = {first + timedelta(days=count): 500 if count < 30 else 1000 for count in range(60)}
    assert month_of_days(dearer) == 30_000, "the last thirty alone"


def test_a_budget_says_what_is_left_and_what_the_loan_leaves() -> None:
    told = MonthBudget(lines={"wages": 138_000, "benefits": 20_000, "home": 60_000, "living": 80_000})
    assert (told.income_cents, told.costs_cents, told.left_cents) == (158_000, 140_000, 18_000)
    assert told.sentence == "Il reste 180 € par mois, avant toute mensualité."
    assert told.say_after(18_000).endswith("il resterait 0 € par mois.")
    assert told.say_after(21_936).endswith("il manquerait 39,36 € par mois : ce prêt est trop lourd pour ce budget.")
    with pytest.raises(RuleBroken):
        check_budget({"home": 60_000})
