"""The escalating schedule of AMIE: five rents that rise to a loan instalment, prorated at an early end (domain.md §3.3, §10.3)."""

from collections.abc import Collection
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

from mobility.errors import RuleBroken
from mobility.money import euros, round_half_up
from mobility.periods import ONE_DAY, months_after

MONTHS = 5  # at most
READY_MONTH = 3  # from then on a vehicle of one's own is spoken of
FEWEST_MONTHS = 3  # a line from month 2 to the last needs them
COVER_LABELS = {"rental": "location", "fuel": "carburant", "insurance": "assurance"}
# Month 1 covers everything; every later month without a list of its own covers the insurance.
DEFAULT_COVERS: tuple[tuple[str, ...], ...] = (("rental", "fuel", "insurance"), ("insurance",))
_HIGHEST_RATE = 1  # 100 %: above it somebody typed 5 for 5 %
_FINEST_RATE = -400  # decimals, more than any number a machine writes: an endless one would be an endless sum


@dataclass(frozen=True, kw_only=True)
class LoanLimits:
    """The most a personal microcredit may be, from a day on (domain.md §9)."""

    from_on: date
    principal_cents: int
    months: int


LOAN_LIMITS = (LoanLimits(from_on=date(2018, 1, 1), principal_cents=800_000, months=84),)


@dataclass(frozen=True, kw_only=True)
class Loan:
    """A personal microcredit: principal in cents, exact yearly nominal rate (0.05 = 5 %), months."""

    principal_cents: int
    yearly_rate: Decimal
    months: int


@dataclass(frozen=True, kw_only=True)
class Programme:
    """A platform's escalating programme: rent of month 1, of month 2, and the target reached in the last month, in cents.

    Rents from month 2 on are rounded half up to `rounding_cents`.
    """

    label: str
    first_rent_cents: int
    second_rent_cents: int
    target_cents: int
    covers: tuple[tuple[str, ...], ...] = field(default=DEFAULT_COVERS)
    months: int = MONTHS
    rounding_cents: int = 1


AMIE_2008 = Programme(label="AMIE 2008", first_rent_cents=0, second_rent_cents=4600, target_cents=22_000)


@dataclass(frozen=True, kw_only=True)
class Month:
    """One month of a stay: both days included, its rent in cents, what that rent covers; `part` is (days held, days) of one not whole."""

    month: int
    first_on: date
    last_on: date
    rent_cents: int
    covers: tuple[str, ...]
    part: tuple[int, int] | None = None


def instalment_cents(principal_cents: int, yearly_rate: Decimal, months: int) -> int:
    """P·i / (1 − (1+i)^−n) with i = rate / 12, exact and rounded half up once; P / n at rate 0. Raises RuleBroken on an impossible loan."""
    if principal_cents < 1:
        raise RuleBroken("Le prêt doit être d’au moins un centime.", field="principal_cents")
    if months < 1:
        raise RuleBroken("Le prêt dure au moins un mois.", field="months")
    monthly = monthly_rate(yearly_rate)
    if not monthly:
        return round_half_up(principal_cents, months)
    growth = (1 + monthly) ** months
    instalment = principal_cents * monthly * growth * Fraction(1, growth - 1)
    return round_half_up(instalment.numerator, instalment.denominator)


def check_loan(loan: Loan, limits: LoanLimits) -> None:
    """Raises RuleBroken beside the field that passes what a microcredit may be."""
    if loan.principal_cents > limits.principal_cents:
        raise RuleBroken(f"Un microcrédit personnel va jusqu’à {euros(limits.principal_cents)}.", field="principal_cents")
    if loan.months > limits.months:
        raise RuleBroken(f"Un microcrédit personnel dure au plus {limits.months} mois.", field="months")


def rents(first_rent_cents: int, second_rent_cents: int, target_cents: int, months: int = MONTHS, rounding_cents: int = 1) -> list[int]:
    """The rent of each month: the first, then a straight line from the second to the target, each rounded half up."""
    if months < FEWEST_MONTHS:
        raise ValueError("a line from month 2 to the last needs three months")
    steps = months - 2
    line = (second_rent_cents * (steps - step) + target_cents * step for step in range(steps + 1))
    return [first_rent_cents, *(round_half_up(cents, steps * rounding_cents) * rounding_cents for cents in line)]


def month_spans(handed_over_on: date, months: int = MONTHS) -> list[tuple[date, date]]:
    """First and last day of each month: from the handover's day of the month (the last day of a shorter month) to the eve of the next."""
    starts = [months_after(handed_over_on, count) for count in range(months + 1)]
    return [(first, following - ONE_DAY) for first, following in pairwise(starts)]


def month_on(handed_over_on: date, day: date, months: int = MONTHS) -> int | None:
    """The number of the month that runs on a day; None before the handover and once the programme is over."""
    spans = enumerate(month_spans(handed_over_on, months), start=1)
    return next((number for number, (first, last) in spans if first <= day <= last), None)


def is_time_to_buy(handed_over_on: date, today: date) -> bool:
    """Whether the stay has come to the month from which buying is spoken of."""
    return today >= months_after(handed_over_on, READY_MONTH - 1)


def covers_of(month: int, covers: tuple[tuple[str, ...], ...] = DEFAULT_COVERS) -> tuple[str, ...]:
    """What a month's rent covers: its own list, or the last one given."""
    return covers[min(month, len(covers)) - 1]


def plan(programme: Programme, handed_over_on: date) -> list[Month]:
    """The whole stay as foreseen at the handover, all its months."""
    ends = programme.first_rent_cents, programme.second_rent_cents, programme.target_cents
    amounts = rents(*ends, programme.months, programme.rounding_cents)
    return [
        Month(month=number, first_on=first, last_on=last, rent_cents=cents, covers=covers_of(number, programme.covers))
        for number, ((first, last), cents) in enumerate(zip(month_spans(handed_over_on, programme.months), amounts, strict=True), start=1)
    ]


def cut_month(month: Month, ended_on: date, idle_days: int = 0) -> Month:
    """The month held until `ended_on` included, less its days out of service: its rent prorated, rounded half up.

    Raises ValueError for a day outside the month.
    """
    if not month.first_on <= ended_on <= month.last_on:
        raise ValueError("a month is prorated on one of its days")
    held, length = (ended_on - month.first_on).days + 1 - idle_days, (month.last_on - month.first_on).days + 1
    if held == length:
        return month
    return replace(month, last_on=ended_on, rent_cents=round_half_up(month.rent_cents * held, length), part=(held, length))


def end_early(months: list[Month], ended_on: date) -> list[Month]:
    """The plan of a stay that ended on a day: months before it whole, its own prorated and cut there, nothing after.

    Raises RuleBroken when the end comes before the handover.
    """
    if ended_on < months[0].first_on:
        raise RuleBroken("La fin vient avant la remise du véhicule.", field="ended_on")
    return [cut_month(month, min(month.last_on, ended_on)) for month in months if month.first_on <= ended_on]


def due_months(months: list[Month], *, today: date, posted: Collection[int] = (), ended: bool = False) -> list[Month]:
    """The months to post: those over before today, or at the stay's end all that are left; never a number in `posted`."""
    return [month for month in months if month.month not in posted and (ended or month.last_on < today)]


def monthly_rate(yearly_rate: Decimal) -> Fraction:
    """A twelfth of the rate, exact. Raises RuleBroken unless it is a finite number from 0, in bounds that a sum can be made of."""
    if not yearly_rate.is_finite() or not 0 <= yearly_rate <= _HIGHEST_RATE:
        raise RuleBroken("Écrivez le taux annuel en nombre décimal de 0 à 1 : 0,05 pour 5 %.", field="yearly_rate")
    exponent = yearly_rate.as_tuple().exponent
    if isinstance(exponent, int) and exponent < _FINEST_RATE and yearly_rate:
        raise RuleBroken("Le taux annuel porte trop de décimales.", field="yearly_rate")
    return Fraction(yearly_rate) * Fraction(1, 12) if yearly_rate else Fraction(0)  # 0E+999999999 is a zero too
