"""What one stay owes by now: the weeks or months to post, and what turned out too dear (domain.md §10.1, §10.3)."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import date, datetime
from typing import Any

from billing.charges import credit_for, due_weeks, week_key
from billing.price_sentence import join_and, say_days, say_price
from billing.schedule import COVER_LABELS, Month, cut_month, due_months, plan
from billing.tariffs import chargeable_days
from billing.terms import Terms
from billing.tiers import DayPrice, Price, TierSpan, price_days
from mobility.money import euros
from mobility.periods import ONE_DAY, days_between, monday_of, paris_day, say_day


@dataclass(frozen=True, kw_only=True)
class Stay:
    """One vehicle kind held under frozen terms from the handover to the return (None while it is out); idle days were out of service."""

    kind: str
    terms: Terms
    handed_over_at: datetime
    returned_at: datetime | None = None
    idle: frozenset[date] = frozenset()

    @property
    def first_on(self) -> date:
        """The day of the handover."""
        return paris_day(self.handed_over_at)


@dataclass(frozen=True, kw_only=True)
class Due:
    """A charge to post once: its key ("2026-W14", "month-2"), its span, cents, sentence, and its days with their explanation."""

    key: str
    kind: str
    first_on: date
    last_on: date
    cents: int
    sentence: str
    days: list[dict[str, Any]] = field(default_factory=list)


@dataclass(frozen=True, kw_only=True)
class Reckoning:
    """What to post, and the present price of every span that may have been charged, by its first day."""

    due: tuple[Due, ...]
    cents_now: Mapping[date, int]


def reckon(stay: Stay, spans: Iterable[TierSpan], *, today: date, posted: Collection[str]) -> Reckoning:
    """The stay as it stands today, by the day or by the month; keys in `posted` are not posted again."""
    if stay.terms.programme is None:
        return _reckon_days(stay, spans, today=today, posted=posted)
    return _reckon_months(stay, today=today, posted=posted)


def lowered(charged: Mapping[date, int], reckoning: Reckoning) -> Mapping[date, int]:
    """Cents to give back on what was charged (net of earlier credits), by day or by month's first day; never a cent more to pay."""
    return credit_for(charged, reckoning.cents_now).cents_by_day


def say_credit(why: str, cents_by_day: Mapping[date, int], *, monthly: bool) -> str:
    """As in "Droit RSA depuis le 2 mars 2026 : 5 jours déjà comptés, 25 € en moins"."""
    count = len(cents_by_day)
    what = f"{count} mois déjà compté{'s' if count > 1 else ''}" if monthly else f"{say_days(count)} déjà compté{'s' if count > 1 else ''}"
    return f"{why} : {what}, {euros(sum(cents_by_day.values()))} en moins"


def say_month(month: Month) -> str:
    """As in "Mois 2, du 2 avril 2026 au 11 avril 2026, 10 jours sur 30, assurance comprise : 15,33 €"; a whole month says no days."""
    span = f"du {say_day(month.first_on)} au {say_day(month.last_on)}"
    days = f", {say_days(month.part[0])} sur {month.part[1]}" if month.part else ""
    return f"Mois {month.month}, {span}{days}{_say_covers(month.covers)} : {euros(month.rent_cents)}"


def counted_before(month: Month) -> Due:
    """A month that other books counted: it is posted as nothing, so that these never charge it."""
    span = f"du {say_day(month.first_on)} au {say_day(month.last_on)}"
    sentence = f"Mois {month.month}, {span} : compté avant la reprise"
    return Due(key=f"month-{month.month}", kind="rental", first_on=month.first_on, last_on=month.last_on, cents=0, sentence=sentence)


def _say_covers(covers: Collection[str]) -> str:
    """French agrees: "assurance comprise", but "location, carburant et assurance compris"."""
    if not covers:
        return ""
    ending = "" if "fuel" in covers else "e" if len(covers) == 1 else "es"
    return f", {join_and([COVER_LABELS[cover] for cover in covers])} compris{ending}"


def held_price(stay: Stay, spans: Iterable[TierSpan], days: Iterable[date]) -> Price:
    """The price of some days of the stay, idle ones left out."""
    return price_days(stay.kind, stay.terms.tariff, days, spans, stay.idle)


def held_months(stay: Stay) -> list[Month]:
    """The plan's months as held: cut at the return, each prorated by its days out of service."""
    assert stay.terms.programme is not None
    ended_on = paris_day(stay.returned_at) if stay.returned_at else date.max
    months = plan(stay.terms.programme, stay.first_on)
    return [_held(month, min(month.last_on, ended_on), stay.idle) for month in months if month.first_on <= ended_on]


def _held(month: Month, last_on: date, idle: frozenset[date]) -> Month:
    idle_days = sum(month.first_on <= day <= last_on for day in idle)
    return cut_month(month, last_on, idle_days)


def _reckon_days(stay: Stay, spans: Iterable[TierSpan], *, today: date, posted: Collection[str]) -> Reckoning:
    days = _days_over(stay, today)
    price = held_price(stay, spans, days)
    weeks = due_weeks(price.cents_by_day, today=today, posted=posted, returned=stay.returned_at is not None)
    return Reckoning(due=tuple(_due_week(week.week, price, days) for week in weeks), cents_now=price.cents_by_day)


def _days_over(stay: Stay, today: date) -> list[date]:
    if stay.returned_at is not None:
        return chargeable_days(stay.handed_over_at, stay.returned_at, stay.terms.return_hour, stay.terms.rhythm)
    return [day for day in days_between(stay.first_on, monday_of(today) - ONE_DAY) if stay.terms.counts(day)]


def _due_week(key: str, price: Price, days: list[date]) -> Due:
    charged = tuple(day for day in price.days if week_key(day.day) == key)
    held = sum(week_key(day) == key for day in days)
    part = replace(price, days=charged, idle_days=held - len(charged))
    return Due(
        key=key,
        kind="rental",
        first_on=charged[0].day,
        last_on=charged[-1].day,
        cents=part.total_cents,
        sentence=say_price(part),
        days=[_day_kept(day) for day in charged],
    )


def _day_kept(day: DayPrice) -> dict[str, Any]:
    return {"day": day.day.isoformat(), "tier": day.tier.code, "cents": day.cents, "why": asdict(day.explanation)}


def _reckon_months(stay: Stay, *, today: date, posted: Collection[str]) -> Reckoning:
    months = held_months(stay)
    numbers = [month.month for month in months if f"month-{month.month}" in posted]
    due = due_months(months, today=today, posted=numbers, ended=stay.returned_at is not None)
    return Reckoning(due=tuple(map(_due_month, due)), cents_now={month.first_on: month.rent_cents for month in months})


def _due_month(month: Month) -> Due:
    kept = {"day": month.first_on.isoformat(), "cents": month.rent_cents, "month": month.month, "covers": list(month.covers)}
    return Due(
        key=f"month-{month.month}",
        kind="rental",
        first_on=month.first_on,
        last_on=month.last_on,
        cents=month.rent_cents,
        sentence=say_month(month),
        days=[kept],
    )
