"""What a rental or a schedule would cost, for anybody, from nothing but the question asked (domain.md §10.1–§10.3)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from billing.price_sentence import join_and
from billing.repayment import say_loan
from billing.schedule import LOAN_LIMITS, Loan, LoanLimits, check_loan, covers_of, instalment_cents, rents
from billing.tariffs import REFERENCE_TARIFF, check_kind
from billing.tiers import STANDARD_TIERS, Price, TierSpan, price_days
from mobility.errors import RuleBroken
from mobility.money import MAX_CENTS, euros
from mobility.periods import days_between

MOST_DAYS = 366


@dataclass(frozen=True, kw_only=True)
class TierAsked:
    """A standard tier by its code, and the days it is asked for, both included; open when `to_on` is None."""

    tier: str
    from_on: date
    to_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class SimulatedMonth:
    """One month of a schedule: its number, its rent in cents, what the rent covers."""

    month: int
    rent_cents: int
    covers: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class ScheduleSimulation:
    """A schedule month by month, the loan's instalment when one was asked for, and the whole in one sentence."""

    months: tuple[SimulatedMonth, ...]
    instalment_cents: int | None
    sentence: str


def simulate_rental(kind: str, first_day: date, last_day: date, tiers: Sequence[TierAsked] = ()) -> Price:
    """Each day from first to last, both included, at the reference tariff; `say_price` says it.

    Raises RuleBroken beside kind, last_day (before the first, or more than 366 days) or tiers.
    """
    check_kind(kind)
    if last_day < first_day:
        raise RuleBroken("Le dernier jour vient avant le premier.", field="last_day")
    if (last_day - first_day).days >= MOST_DAYS:
        raise RuleBroken(f"Une simulation porte sur {MOST_DAYS} jours au plus.", field="last_day")
    return price_days(kind, REFERENCE_TARIFF, days_between(first_day, last_day), [_span(asked) for asked in tiers])


def simulate_schedule(
    first_rent_cents: int,
    second_rent_cents: int,
    target_cents: int | None = None,
    loan: Loan | None = None,
    limits: LoanLimits = LOAN_LIMITS[-1],
) -> ScheduleSimulation:
    """Five rents towards a target, or towards the instalment of a loan: exactly one of the two.

    Raises RuleBroken beside the rent, target_cents, or the loan's field.
    """
    if (target_cents is None) == (loan is None):
        raise RuleBroken("Donnez soit le loyer visé, soit le prêt visé : l’un des deux.", field="target_cents")
    _check_cents(first_rent_cents, "first_rent_cents")
    _check_cents(second_rent_cents, "second_rent_cents")
    instalment = None
    if loan is not None:
        check_loan(loan, limits)
        instalment = target_cents = instalment_cents(loan.principal_cents, loan.yearly_rate, loan.months)
    assert target_cents is not None
    _check_cents(target_cents, "target_cents")
    amounts = rents(first_rent_cents, second_rent_cents, target_cents)
    months = tuple(
        SimulatedMonth(month=number, rent_cents=cents, covers=covers_of(number)) for number, cents in enumerate(amounts, start=1)
    )
    return ScheduleSimulation(months=months, instalment_cents=instalment, sentence=say_schedule(amounts, loan))


def say_schedule(amounts: Sequence[int], loan: Loan | None = None) -> str:
    """As in "Gratuit le premier mois, puis 46 €, 104 €, 162 € et 220 €", and the loan whose instalment the last rent is."""
    first, *others = amounts
    start = f"{euros(first)} le premier mois" if first else "Gratuit le premier mois"
    rising = f"{start}, puis {join_and([euros(cents) for cents in others])}"
    if loan is None:
        return f"{rising} les mois suivants."
    return f"{rising} : au dernier mois, autant que la mensualité d’un prêt de {say_loan(loan)}."


def _span(asked: TierAsked) -> TierSpan:
    if asked.tier not in STANDARD_TIERS:
        known = ", ".join(STANDARD_TIERS)
        raise RuleBroken(f"Ce palier n’existe pas. Choisissez parmi : {known}.", field="tiers")
    if asked.to_on is not None and asked.to_on < asked.from_on:
        raise RuleBroken("La fin d’un palier vient avant son début.", field="tiers")
    return TierSpan(tier=STANDARD_TIERS[asked.tier], from_on=asked.from_on, to_on=asked.to_on)


def _check_cents(cents: int, field: str) -> None:
    if not 0 <= cents <= MAX_CENTS:
        raise RuleBroken(f"Le montant va de 0 à {euros(MAX_CENTS)}.", field=field)
