"""What a vehicle costs: what was noted and what its work orders came to; per kilometre and per day in the fleet. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from fleet.odometer import Reading, legs
from mobility.errors import RuleBroken
from mobility.money import round_half_up
from mobility.periods import check_order, paris_day

WORKSHOP = "workshop"
NOTED_NAMES = {
    "fuel": "carburant ou recharge",
    "insurance": "assurance",
    "rent": "loyer du véhicule",
    "repair": "réparation",
    "inspection": "contrôle technique",
    "cleaning": "nettoyage",
    "equipment": "équipement",
    "other": "autre coût",
}
COST_NAMES = {WORKSHOP: "ordres de réparation", **NOTED_NAMES}


@dataclass(frozen=True, kw_only=True)
class Span:
    """The days looked at, both included. Raises RuleBroken on field `until` when it ends before it begins."""

    since: date
    until: date

    def __post_init__(self) -> None:
        check_order(self.since, self.until, sentence="La fin vient après le début.", field="until")

    def holds(self, day: date) -> bool:
        """Whether a day is one of them."""
        return self.since <= day <= self.until


@dataclass(frozen=True, kw_only=True)
class Figures:
    """What a vehicle cost over a span, by kind and in all; the kilometres read and the days it was in the fleet."""

    by_kind: Mapping[str, int]
    km: int
    days: int

    @property
    def cents(self) -> int:
        """All kinds together."""
        return sum(self.by_kind.values())

    @property
    def km_cents(self) -> int | None:
        """Cents per kilometre; None when no kilometre was read."""
        return round_half_up(self.cents, self.km) if self.km else None

    @property
    def day_cents(self) -> int | None:
        """Cents per day in the fleet; None when it was there on none."""
        return round_half_up(self.cents, self.days) if self.days else None


def reckon(
    spent: Iterable[tuple[date, str, int]], readings: Iterable[Reading], span: Span, *, came_on: date, left_on: date | None, today: date
) -> Figures:
    """The figures of a span from what was spent (day, kind, cents) and the odometer; a kilometre counts on the day it was read."""
    by_kind: dict[str, int] = {}
    for on, kind, cents in spent:
        if span.holds(on):
            by_kind[kind] = by_kind.get(kind, 0) + cents
    km = sum(leg.km for leg in legs(readings) if span.holds(paris_day(leg.second.at)))
    first, last = max(span.since, came_on), min(span.until, today, left_on or today)
    return Figures(by_kind={kind: by_kind[kind] for kind in COST_NAMES if kind in by_kind}, km=km, days=max((last - first).days + 1, 0))


def check_cost(kind: str, on: date, *, today: date) -> None:
    """Raises RuleBroken on fields `kind` and `on`: a work order brings its own cost, and nothing was spent tomorrow."""
    if kind not in NOTED_NAMES:
        raise RuleBroken("Choisissez un des coûts proposés : un ordre de réparation apporte le sien.", field="kind")
    if on > today:
        raise RuleBroken("Une dépense se note à partir du jour où elle est faite.", field="on")
