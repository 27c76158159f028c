"""A transition tier, for who starts a job and loses a benefit: shares that rise in steps from its first day (domain.md §9)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from billing.price_sentence import say_days
from billing.tiers import Tier, TierSpan
from mobility.errors import RuleBroken

MOST_STEPS = 4
WHY = "Donnez une part du plein tarif, des marches, ou des prix par jour : un seul des trois."


@dataclass(frozen=True, kw_only=True)
class Step:
    """So many days at this share, the numerator of the tier's denominator. Raises RuleBroken on less than a day."""

    days: int
    numerator: int

    def __post_init__(self) -> None:
        if self.days < 1:
            raise RuleBroken("Une marche dure au moins un jour.", field="step_1_days")


def step_spans(
    code: str, reason: str, steps: Sequence[Step], denominator: int, *, from_on: date, to_on: date | None = None, since: date = date.min
) -> Iterator[TierSpan]:
    """The days of each step, counted from `from_on` to the right's recorded end; none before `since`. Afterwards the full price holds."""
    first = from_on
    for step in steps:
        last = first + timedelta(days=step.days - 1)
        held_from, held_to = max(first, since), min(last, to_on or date.max)
        if held_from <= held_to:
            tier = Tier(code=code, reason=reason, numerator=step.numerator, denominator=denominator)
            yield TierSpan(tier=tier, from_on=held_from, to_on=held_to)
        first = last + timedelta(days=1)


def check_steps(steps: Sequence[Step], *, numerator: int | None, denominator: int | None, day_cents: object) -> None:
    """Raises RuleBroken unless the steps stand alone, each a possible share of the same denominator, and none below the one before."""
    if numerator is not None or day_cents:
        raise RuleBroken(WHY, field="step_1_numerator")
    if denominator is None:
        raise RuleBroken("Les marches sont des parts : dites sur combien, par exemple sur 3.", field="share_denominator")
    before = 0
    for number, step in enumerate(steps, start=1):
        if not before <= step.numerator <= denominator:
            raise RuleBroken(f"Chaque marche va de la précédente à {denominator} sur {denominator}.", field=f"step_{number}_numerator")
        before = step.numerator


def say_steps(steps: Sequence[Step], denominator: int) -> str:
    """As in "gratuit pendant 30 jours, puis 1 sur 3 du prix pendant 30 jours, puis plein tarif"."""
    parts = [f"{_say_share(step.numerator, denominator)} pendant {say_days(step.days)}" for step in steps]
    return ", puis ".join([*parts, "plein tarif"])


def _say_share(numerator: int, denominator: int) -> str:
    return "gratuit" if numerator == 0 else "plein tarif" if numerator == denominator else f"{numerator} sur {denominator} du prix"
