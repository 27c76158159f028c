"""How a kind's price goes on beyond its first day: steps by days held, a price a week, a least amount (domain.md §9 "Rates seen").

Each is told day by day, so that a total stays the sum of its days and what comes later changes no earlier day.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from mobility.errors import RuleBroken

WEEK = 7
STEP_DAYS = 30
BY_WEEK, BY_LEAST = "week", "least"


@dataclass(frozen=True, kw_only=True)
class Scale:
    """Cents a day of the second step and the next ones, the last of which goes on; what a week comes to at most, a rental at least.

    A week is seven days held in a row. Raises RuleBroken on an amount below zero.
    """

    step_cents: tuple[int, ...] = ()
    week_cents: int | None = None
    least_cents: int = 0

    def __post_init__(self) -> None:
        if min((*self.step_cents, self.week_cents or 0, self.least_cents)) < 0:
            raise RuleBroken("Un prix ne peut pas être négatif.", field="car")


class FullDay(NamedTuple):
    """One day held at the full tariff: its number in the stay from 1, its step's cents, its cents, and what made the two differ."""

    number: int
    rate_cents: int
    cents: int
    limit: str = ""


FLAT = Scale()


def full_days(day_cents: int, scale: Scale, step_days: int) -> Iterator[FullDay]:
    """The days of a stay from its first on, without end."""
    rates = (day_cents, *scale.step_cents)
    number = week_cents = so_far_cents = 0
    while True:
        number += 1
        rate = rates[min((number - 1) // step_days, len(rates) - 1)]
        if (number - 1) % WEEK == 0:
            week_cents = 0
        in_week = _under(week_cents + rate, scale.week_cents) - _under(week_cents, scale.week_cents)
        cents = max(so_far_cents + in_week, scale.least_cents) - (max(so_far_cents, scale.least_cents) if number > 1 else 0)
        yield FullDay(number, rate, cents, "" if cents == rate else BY_LEAST if so_far_cents < scale.least_cents else BY_WEEK)
        week_cents, so_far_cents = week_cents + rate, so_far_cents + in_week


def _under(cents: int, most_cents: int | None) -> int:
    return cents if most_cents is None else min(cents, most_cents)
