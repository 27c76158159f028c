"""A loan paid back month by month, in whole cents, and what it asks beside the rent of today (domain.md §3.3, §9)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from billing.schedule import LOAN_LIMITS, Loan, LoanLimits, check_loan, instalment_cents, monthly_rate
from mobility.money import euros, round_half_up

MONTH_DAYS = 30  # a rental by the day, beside a month of a loan


@dataclass(frozen=True, kw_only=True)
class Instalment:
    """One month: what is paid, the interest in it, and what is left of the loan after it, in cents."""

    number: int
    cents: int
    interest_cents: int
    left_cents: int


@dataclass(frozen=True, kw_only=True)
class Repayment:
    """A loan and its instalments: equal ones, but for the last, which takes what rounding left."""

    loan: Loan
    instalments: tuple[Instalment, ...]

    @property
    def instalment_cents(self) -> int:
        """What is paid each month."""
        return self.instalments[0].cents

    @property
    def last_cents(self) -> int:
        """What is paid in the last month."""
        return self.instalments[-1].cents

    @property
    def total_cents(self) -> int:
        """Everything paid, the loan and its interest."""
        return sum(month.cents for month in self.instalments)

    @property
    def cost_cents(self) -> int:
        """What the loan costs: its interest."""
        return sum(month.interest_cents for month in self.instalments)

    @property
    def sentence(self) -> str:
        """As in "5 000 € sur 24 mois à 5 % : 219,36 € par mois (219,28 € le dernier), 264,56 € d’intérêts en tout."."""
        last = f" ({euros(self.last_cents)} le dernier)" if self.last_cents != self.instalment_cents else ""
        cost = f"{euros(self.cost_cents)} d’intérêts en tout" if self.cost_cents else "sans intérêts"
        return f"{say_loan(self.loan)} : {euros(self.instalment_cents)} par mois{last}, {cost}."


def repay(loan: Loan, limits: LoanLimits = LOAN_LIMITS[-1]) -> Repayment:
    """A loan's instalments: each month's interest on what is left, rounded half up. Raises RuleBroken beside the loan's field."""
    check_loan(loan, limits)
    usual_cents = instalment_cents(loan.principal_cents, loan.yearly_rate, loan.months)
    monthly, left_cents, paid = monthly_rate(loan.yearly_rate), loan.principal_cents, []
    for number in range(1, loan.months + 1):
        interest = left_cents * monthly
        interest_cents = round_half_up(interest.numerator, interest.denominator)
        repaid_cents = left_cents if number == loan.months else min(usual_cents - interest_cents, left_cents)
        left_cents -= repaid_cents
        paid.append(Instalment(number=number, cents=repaid_cents + interest_cents, interest_cents=interest_cents, left_cents=left_cents))
    return Repayment(loan=loan, instalments=tuple(paid))


def month_of_days(cents_by_day: Mapping[date, int]) -> int | None:
    """What 30 days cost at the price of the last ones charged, 30 at most; None when none was."""
    last = sorted(cents_by_day)[-MONTH_DAYS:]
    return round_half_up(sum(cents_by_day[day] for day in last) * MONTH_DAYS, len(last)) if last else None


def compare(rent_cents: int, instalment_cents: int) -> str:
    """The rent of today beside the instalment, in one sentence."""
    both = f"Aujourd’hui, votre location revient à {euros(rent_cents)} par mois ; la mensualité du prêt serait de {euros(instalment_cents)}"
    more_cents = instalment_cents - rent_cents
    if not more_cents:
        return f"{both} : autant."
    return f"{both} : {euros(abs(more_cents))} de {'plus' if more_cents > 0 else 'moins'} par mois."


def say_loan(loan: Loan) -> str:
    """As in "5 000 € sur 24 mois à 5 %"."""
    return f"{euros(loan.principal_cents)} sur {loan.months} mois à {say_rate(loan.yearly_rate)} %"


def say_rate(rate: Decimal) -> str:
    """In per cent, as it is typed: "5", "1,5"."""
    return f"{(rate * 100).normalize():f}".replace(".", ",")
