"""What a vehicle needs next: by kilometres as it is really driven, by days, by date; each with its sentence (domain.md §1 "mechanic")."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, time, timedelta

from fleet.availability import Occupied, clashes
from fleet.kinds import Kind
from fleet.odometer import Reading, legs, list_standing
from mobility.errors import RuleBroken
from mobility.periods import ONE_DAY, Period, days_between, instant_of, paris_day, say_day

SERVICE, TYRES, BATTERY, HELMET, INSPECTION, INSURANCE = "service", "tyres", "battery", "helmet", "inspection", "insurance"
ITEM_NAMES = {
    SERVICE: "entretien",
    TYRES: "pneus",
    BATTERY: "batterie",
    HELMET: "casque",
    INSPECTION: "contrôle technique",
    INSURANCE: "assurance",
}
PLANNED = (SERVICE, TYRES, BATTERY, HELMET)
PAPERS = (INSPECTION, INSURANCE)  # held by a paper with a last day; category L has an inspection since April 2024
LONGEST_PAPER = timedelta(days=5 * 366)  # years until the next inspection of the newest motorcycles; no paper lasts longer
WINDOW = timedelta(days=60)  # over which the use of a vehicle is measured
SHORTEST = 7  # days between two readings below which they say nothing about use
WORKDAY = (time(8), time(18))

_TWO_WHEELS = {SERVICE: (4_000, 365), TYRES: (10_000, 0), BATTERY: (0, 1_095), HELMET: (0, 1_825)}
# Every so many kilometres, every so many days; 0 for never. What makers and workshops usually say.
USUAL: Mapping[str, Mapping[str, tuple[int, int]]] = {
    "bike": {SERVICE: (0, 180), HELMET: (0, 1_825)},
    "ebike": {SERVICE: (0, 180), BATTERY: (0, 1_825), HELMET: (0, 1_825)},
    "cargo_bike": {SERVICE: (0, 180), BATTERY: (0, 1_825), HELMET: (0, 1_825)},
    "moped": _TWO_WHEELS,
    "scooter": _TWO_WHEELS,
    "scooter125": _TWO_WHEELS,
    "quadricycle": {SERVICE: (10_000, 365), TYRES: (30_000, 0), BATTERY: (0, 1_825)},
    "car": {SERVICE: (15_000, 365), TYRES: (40_000, 0), BATTERY: (0, 1_825)},
}


@dataclass(frozen=True, kw_only=True)
class Plan:
    """An item done every so many kilometres or days, whichever comes first; None for never."""

    item: str
    every_km: int | None
    every_days: int | None

    @property
    def rhythm(self) -> str:
        """In words: "tous les 15 000 km ou tous les 365 jours"."""
        said = [f"tous les {_say(every)} {unit}" for every, unit in ((self.every_km, "km"), (self.every_days, "jours")) if every]
        return " ou ".join(said) or "jamais"


@dataclass(frozen=True, kw_only=True)
class Done:
    """When an item was last done, and at how many kilometres when somebody read them."""

    on: date
    km: int | None = None


@dataclass(frozen=True, kw_only=True)
class Use:
    """What the odometer shows today as far as one can tell, and how many kilometres a day the vehicle is driven."""

    km: int | None = None
    km_a_day: float | None = None


@dataclass(frozen=True, kw_only=True)
class Ahead:
    """How early somebody wants to hear of it."""

    days: int = 30
    km: int = 500


@dataclass(frozen=True, kw_only=True)
class Due:
    """An item with the day it is due, the kilometres that make it so, the day to speak of it, and why in words."""

    item: str
    on: date
    remind_on: date
    km: int | None = None
    sentence: str


def measure_use(readings: Iterable[Reading], today: date) -> Use:
    """The use of the last 60 days, from the readings that stand; a replaced meter counts what it was seen to run."""
    standing = list_standing(readings)
    if not standing:
        return Use()
    before = [r for r in standing if paris_day(r.at) <= today - WINDOW][-1:]
    recent = before + [r for r in standing if paris_day(r.at) > today - WINDOW]
    days = (paris_day(recent[-1].at) - paris_day(recent[0].at)).days
    if days < SHORTEST:
        return Use(km=standing[-1].km)
    rate = sum(leg.km for leg in legs(recent)) / days
    return Use(km=standing[-1].km + round(rate * (today - paris_day(standing[-1].at)).days), km_a_day=rate)


def next_due(plan: Plan, last: Done, use: Use, *, ahead: Ahead, today: date) -> Due | None:
    """When a planned item is due, by the first of its days and its kilometres; None for a plan that says nothing yet."""
    found = [due for due in (_by_km(plan, last, use, ahead, today), _by_days(plan, last, ahead)) if due is not None]
    return min(found, key=lambda due: (due.on, due.km is None), default=None)


def _by_days(plan: Plan, last: Done, ahead: Ahead) -> Due | None:
    if not plan.every_days:
        return None
    on = last.on + timedelta(days=plan.every_days)
    return Due(
        item=plan.item,
        on=on,
        remind_on=on - timedelta(days=ahead.days),
        sentence=f"le {say_day(on)}, {_say(plan.every_days)} jours après le {say_day(last.on)}",
    )


def _by_km(plan: Plan, last: Done, use: Use, ahead: Ahead, today: date) -> Due | None:
    if not plan.every_km or last.km is None or use.km is None:
        return None
    at_km, left = last.km + plan.every_km, last.km + plan.every_km - use.km
    if left <= 0:
        said = f"à {_say(at_km)} km : le compteur est à {_say(use.km)} km environ"
        return Due(item=plan.item, on=today, remind_on=today, km=at_km, sentence=said)
    if not use.km_a_day or left / use.km_a_day > 3_650:
        return None  # it stands still: its kilometres say nothing about a day
    on = today + timedelta(days=-int(-left // use.km_a_day))
    early = timedelta(days=int(ahead.km / use.km_a_day))
    return Due(
        item=plan.item,
        on=on,
        remind_on=on - max(early, timedelta(days=ahead.days)),
        km=at_km,
        sentence=f"à {_say(at_km)} km, vers le {say_day(on)} à raison de {round(use.km_a_day)} km par jour",
    )


def due_by_date(item: str, until_on: date, *, ahead: Ahead) -> Due:
    """An inspection or an insurance: to be renewed by its last day."""
    return Due(item=item, on=until_on, remind_on=until_on - timedelta(days=ahead.days), sentence=f"valable jusqu’au {say_day(until_on)}")


def papers_of(kind: Kind) -> tuple[str, ...]:
    """Those of the papers with a last day that such a vehicle has: the law inspects what is driven with a licence."""
    return PAPERS if kind.needs_licence else (INSURANCE,)


def check_renewal(until_on: date, *, from_on: date, field: str) -> None:
    """Raises RuleBroken when a paper renewed on a day would be over before it, or last longer than any does."""
    if until_on < from_on:
        raise RuleBroken(f"Ce jour vient avant le {say_day(from_on)} : indiquez la nouvelle date de fin.", field=field)
    if until_on > from_on + LONGEST_PAPER:
        raise RuleBroken("C’est bien loin : relisez l’année sur le document.", field=field)


def judge_day(on: date, remind_on: date, today: date) -> tuple[str, str]:
    """How pressing it is: a word and a tone."""
    if on < today:
        return "dépassé", "over"
    if remind_on <= today:
        return "à prévoir", "near"
    return "plus tard", "fine"


def first_free_day(occupied: Iterable[Occupied], *, from_on: date, until_on: date) -> Period | None:
    """The first working day, its opening hours, on which nothing holds the vehicle, until a day included; None when there is none."""
    busy = list(occupied)
    for day in days_between(from_on, until_on):
        period = Period(starts_at=instant_of(day, WORKDAY[0]), ends_at=instant_of(day, WORKDAY[1]))
        if day.weekday() < 5 and not clashes(period, busy):
            return period
    return None


def search_until(due_on: date, today: date) -> date:
    """How far to look for a free day: until the item is due, and a month from now when that is past or near."""
    return max(due_on, today + 30 * ONE_DAY)


def _say(count: int) -> str:
    return f"{count:,}".replace(",", " ")


def setting_key(kind: str, item: str, unit: str) -> str:
    """Where a platform keeps the rhythm of a kind (mobility/practice.py); `unit` is "km" or "days"."""
    return f"fleet.upkeep.{kind}.{item}_{unit}"
