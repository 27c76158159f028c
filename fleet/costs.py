"""What a vehicle costs: noted, work orders, its rent by the sheet, its share of the price paid; per kilometre and per day. Pure.

The price is spread straight over the platform's number of years from the day of service, a day at a time, and ends with them or with the
vehicle. Nothing is taken off for a sale: what an old car of an association will fetch is not known, and mostly is nothing.
"""

from calendar import monthrange
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from fleet.odometer import Reading, legs
from mobility.errors import RuleBroken
from mobility.money import round_half_up
from mobility.periods import ONE_DAY, check_order, days_between, months_after, paris_day

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
PURCHASE = "purchase"
RENT = "rent"
FIGURE_NAMES = {**COST_NAMES, PURCHASE: "part du prix d’achat"}
YEARS = "fleet.purchase_years"  # dated setting: over how many years a price is spread


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
class Price:
    """What was paid for a vehicle, and the first and last day over which it is spread."""

    cents: int
    first_on: date
    last_on: date

    def cents_by(self, day: date) -> int:
        """The share of all days until one, included: rounded once, so that the shares of spans that touch add up to the cent."""
        days = min((day - self.first_on).days, (self.last_on - self.first_on).days) + 1
        return round_half_up(self.cents * max(days, 0), (self.last_on - self.first_on).days + 1)


def spread(cents: int | None, *, came_on: date, years: int) -> Price | None:
    """A price over its years; none without a price, or where the platform counts none (0 years)."""
    if not cents or not years:
        return None
    return Price(cents=cents, first_on=came_on, last_on=months_after(came_on, 12 * years) - ONE_DAY)


def rent_over(month_cents: int | None, first: date, last: date, noted: Iterable[date] = ()) -> int:
    """The monthly rent over some days, both included, a day at a time; a month in which a rent was noted counts by what was noted."""
    known = {(on.year, on.month) for on in noted}
    days = Counter((day.year, day.month) for day in days_between(first, last))
    months = (month for month in days if month not in known)
    return sum(_share_of_month(month_cents or 0, month, first, last) for month in months)


def _share_of_month(cents: int, month: tuple[int, int], first: date, last: date) -> int:
    """Rounded on the month's first days to the one and to the other end, so that spans that touch add up to the cent."""
    begins_on, length = date(*month, 1), monthrange(*month)[1]
    until, before = (min(max((day - begins_on).days, 0), length) for day in (last + ONE_DAY, first))
    return round_half_up(cents * until, length) - round_half_up(cents * before, length)


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
    spent: Iterable[tuple[date, str, int]],
    readings: Iterable[Reading],
    span: Span,
    *,
    came_on: date,
    left_on: date | None,
    today: date,
    price: Price | None = None,
    month_rent_cents: int | None = None,
) -> Figures:
    """The figures of a span from what was spent (day, kind, cents) and the odometer; a kilometre counts on the day it was read."""
    counted = [line for line in spent if span.holds(line[0])]
    by_kind: dict[str, int] = {}
    for _, kind, cents in counted:
        by_kind[kind] = by_kind.get(kind, 0) + cents
    km = sum(leg.km for leg in legs(readings) if span.holds(paris_day(leg.second.at)))
    first, last = max(span.since, came_on), min(span.until, today, left_on or today)
    days = max((last - first).days + 1, 0)
    if price is not None and days and (share := price.cents_by(last) - price.cents_by(first - ONE_DAY)):
        by_kind[PURCHASE] = share
    if rent := rent_over(month_rent_cents, first, last, [on for on, kind, _ in counted if kind == RENT]):
        by_kind[RENT] = by_kind.get(RENT, 0) + rent
    return Figures(by_kind={kind: by_kind[kind] for kind in FIGURE_NAMES if kind in by_kind}, km=km, days=days)


def check_cost(kind: str, on: date, *, today: date) -> None:
    """Raises RuleBroken on fields `kind` and `on`: a work order brings its own cost, and nothing was spent tomorrow."""
    if kind not in NOTED_NAMES:
        raise RuleBroken("Choisissez un des coûts proposés : un ordre de réparation apporte le sien.", field="kind")
    if on > today:
        raise RuleBroken("Une dépense se note à partir du jour où elle est faite.", field="on")
