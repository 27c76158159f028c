"""What one stay owes by now: the weeks or months to post, and what turned out too dear (domain.md §10.1, §10.3)."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from billing.charges import credit_for, due_weeks, week_key
from billing.price_sentence import join_and, say_days, say_price
from billing.schedule import COVER_LABELS, Month, cut_month, due_months, plan
from billing.shares import moved_shares
from billing.terms import Terms
from billing.tiers import Price, TierSpan, explain, price_days, share_price
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

    def days_until(self, last_on: date) -> list[date]:
        """The days that count from the first to a last one, while the vehicle is out."""
        return [day for day in days_between(self.terms.first_day(self.handed_over_at), last_on) if self.terms.counts(day)]


@dataclass(frozen=True, kw_only=True)
class Due:
    """A charge to post once: its key ("2026-W14", "month-2"), its span, cents, sentence, and its days with their explanation.

    `cents` is the person's part, `shares` the payers', by agreement.
    """

    key: str
    kind: str
    first_on: date
    last_on: date
    cents: int
    sentence: str
    days: list[dict[str, Any]] = field(default_factory=list)
    shares: Mapping[int, int] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Reckoning:
    """What to post, and the present price of every span that may have been charged, by its first day; of days, who else pays what."""

    due: tuple[Due, ...]
    cents_now: Mapping[date, int]
    shares_now: Mapping[date, Mapping[int, int]] = field(default_factory=dict)


def reckon(stay: Stay, spans: Iterable[TierSpan], *, today: date, posted: Collection[str]) -> Reckoning:
    """The stay as it stands today, by the day or by the month; keys in `posted` are not posted again."""
    if stay.terms.programme is None:
        return _reckon_days(stay, spans, today=today, posted=posted)
    return _reckon_months(stay, today=today, posted=posted)


def due_of(stay: Stay, spans: Iterable[TierSpan], *, today: date, posted: Collection[str]) -> tuple[Due, ...]:
    """What `reckon` has to post, the days posted before not priced anew: all that a run over many rentals asks."""
    if stay.terms.programme is not None:
        return _reckon_months(stay, today=today, posted=posted).due
    days = _days_over(stay, today)
    return _due_weeks(stay, held_price(stay, spans, days, before={day for day in days if week_key(day) in posted}), days, today, posted)


def lowered(charged: Mapping[date, int], reckoning: Reckoning) -> Mapping[date, int]:
    """Cents to give back on what was charged (net of earlier credits), by day or by month's first day; never a cent more to pay."""
    return credit_for(charged, reckoning.cents_now).cents_by_day


def moved(charged: Mapping[date, int], shared: Mapping[date, Mapping[int, int]], reckoning: Reckoning) -> dict[date, dict[int, int]]:
    """What the payers take over of days already charged, or are given back of them, by agreement."""
    return moved_shares(charged=charged, shared=shared, lowered=lowered(charged, reckoning), shares_now=reckoning.shares_now)


def sum_shares(shares: Mapping[date, Mapping[int, int]]) -> dict[int, int]:
    """The shares of several days together, by agreement; what comes to nothing is left out."""
    total = Counter[int]()
    for parts in shares.values():
        total.update(parts)
    return {agreement_id: cents for agreement_id, cents in total.items() if cents}


def say_credit(why: str, cents_by_day: Mapping[date, int], *, monthly: bool, payers: Mapping[str, int]) -> str:
    """As in "Droit RSA depuis le 2 mars 2026 : 5 jours déjà comptés, 25 € en moins"; then what changes for each of the payers."""
    count = len(cents_by_day)
    what = f"{count} mois déjà compté{'s' if count > 1 else ''}" if monthly else f"{say_days(count)} déjà compté{'s' if count > 1 else ''}"
    shares = "".join(f" ; {payer} : {euros(abs(cents))} en {'plus' if cents > 0 else 'moins'}" for payer, cents in payers.items() if cents)
    return f"{why} : {what}, {euros(sum(cents_by_day.values()))} en moins{shares}"


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


def held_price(stay: Stay, spans: Iterable[TierSpan], days: Iterable[date], *, before: Collection[date] = ()) -> Price:
    """The price of the stay's days from its first on, idle ones left out, and those that were priced `before`.

    These count towards the payers' ceilings like the others.
    """
    held, agreements = list(days), stay.terms.agreements
    price = price_days(stay.kind, stay.terms.tariff, held, spans, stay.idle, before=before)
    if not agreements or not before:
        return share_price(price, agreements)
    whole = share_price(price_days(stay.kind, stay.terms.tariff, held, spans, stay.idle), agreements)
    return replace(price, days=tuple(day for day in whole.days if day.day not in before))


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
    due = _due_weeks(stay, price, days, today, posted)
    return Reckoning(due=due, cents_now=price.cents_by_day, shares_now=price.shares_by_day)


def _due_weeks(stay: Stay, price: Price, days: list[date], today: date, posted: Collection[str]) -> tuple[Due, ...]:
    weeks = due_weeks(price.cents_by_day, today=today, posted=posted, returned=stay.returned_at is not None)
    return tuple(_due_week(week.week, price, days) for week in weeks)


def _days_over(stay: Stay, today: date) -> list[date]:
    if stay.returned_at is not None:
        return stay.terms.days_of(stay.handed_over_at, stay.returned_at)
    return stay.days_until(monday_of(today) - ONE_DAY)


def _due_week(key: str, price: Price, days: list[date]) -> Due:
    charged = tuple(day for day in price.days if week_key(day.day) == key)
    held = sum(week_key(day) == key for day in days)
    part = replace(price, days=charged, idle_days=held - len(charged))
    return Due(
        key=key,
        kind="rental",
        first_on=charged[0].day,
        last_on=charged[-1].day,
        cents=part.own_cents,
        sentence=say_price(part),
        days=list(map(explain, charged)),
        shares=sum_shares(part.shares_by_day),
    )


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
