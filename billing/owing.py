"""What is owed today and why, what is still to come, in one sentence each (domain.md §10.2)."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from billing.allocation import Owed, allocate
from billing.price_sentence import join_and, say_price
from billing.reckoning import Stay, held_price
from billing.schedule import Month
from billing.tiers import TierSpan
from mobility.money import euros
from mobility.periods import say_day, say_span
from mobility.tongues import say


@dataclass(frozen=True, kw_only=True)
class Owing:
    """Cents to pay today (never below zero), the charges they stand for, oldest first, and the sentence."""

    cents: int
    parts: tuple[Owed, ...]
    sentence: str


@dataclass(frozen=True, kw_only=True)
class Forecast:
    """Cents still to come until the foreseen return: an estimate, not a charge."""

    cents: int
    sentence: str


def owing(charges: Iterable[Owed], *, paid_cents: int, lost_cents: int = 0) -> Owing:
    """What is left of the charges once payments, and what of `paid_cents` was written off, have settled the oldest first."""
    charges = list(charges)
    balance_cents = sum(charge.cents for charge in charges) - paid_cents
    if balance_cents <= 0:
        return Owing(cents=0, parts=(), sentence=_say_settled(charges, -balance_cents, lost_cents))
    parts = tuple(allocate(charges, paid_before_cents=paid_cents, cents=balance_cents))
    return Owing(
        cents=balance_cents, parts=parts, sentence=_say_parts(parts, balance_cents, {charge.label: charge.cents for charge in charges})
    )


def days_ahead(stay: Stay, spans: Iterable[TierSpan], *, charged: Collection[date], last_on: date) -> Forecast:
    """The days until the foreseen last one that no charge has reached yet."""
    price = held_price(stay, spans, stay.days_until(last_on), before=charged)
    return Forecast(
        cents=price.own_cents, sentence=say("Jusqu’au %(day)s : %(price)s", day=say_day(last_on), price=_within(say_price(price)))
    )


def months_ahead(months: Iterable[Month]) -> Forecast:
    """The months not yet posted, the last one as foreseen."""
    months = list(months)
    if not months:
        return Forecast(cents=0, sentence=say("Plus rien à venir."))
    rents = join_and([euros(month.rent_cents) for month in months])
    last = say_day(months[-1].last_on)
    sentence = say("Encore %(count)s mois, jusqu’au %(day)s : %(rents)s", count=len(months), day=last, rents=rents)
    return Forecast(cents=sum(month.rent_cents for month in months), sentence=sentence)


def say_charge(key: str, first_on: date, last_on: date, sentence: str) -> str:
    """A charge's sentence with its days before it: "Du 2 au 8 mars 2026, voiture à 5 €, 7 jours : 35 €"; months and credits name theirs."""
    if "W" not in key:
        return sentence
    span = say_span(first_on, last_on)
    return f"{span[0].upper()}{span[1:]}, {sentence[0].lower()}{sentence[1:]}"


def _within(label: str) -> str:
    """A label after a colon; AMIE keeps its capitals."""
    return label if label[:2].isupper() else label[0].lower() + label[1:]


def _say_settled(charges: list[Owed], ahead_cents: int, lost_cents: int) -> str:
    if lost_cents > 0 and not ahead_cents:
        return say("Plus rien à payer : %(sum)s ont été passés en perte et ne sont plus demandés.", sum=euros(lost_cents))
    if ahead_cents:
        return say("Tout est réglé, avec %(sum)s d’avance.", sum=euros(ahead_cents))
    return say("Tout est réglé : rien à payer aujourd’hui.") if charges else say("Rien à payer pour le moment.")


def _say_parts(parts: tuple[Owed, ...], total_cents: int, whole: dict[str, int]) -> str:
    last = parts[-1]
    if len(parts) > 1:
        told = {"sum": euros(total_cents), "count": len(parts), "last": _within(last.label)}
        return say("%(sum)s à payer pour %(count)s périodes. La dernière : %(last)s.", **told)
    if last.cents < whole[last.label]:
        return say("Il reste %(sum)s à payer sur : %(what)s.", sum=euros(total_cents), what=_within(last.label))
    return say("%(sum)s à payer. %(what)s.", sum=euros(total_cents), what=last.label)
