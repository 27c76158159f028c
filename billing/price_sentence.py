"""The price in one French sentence: what, which tier and why, how many days, total (domain.md §10.2)."""

from billing.tariffs import KIND_LABELS
from billing.tiers import FULL, DayPrice, Price
from mobility.money import euros


def say_price(price: Price) -> str:
    """As in "Voiture à 5 €, demi-tarif quartier prioritaire, 7 jours : 17,50 €", with its days out of service when there were any."""
    return f"{_say_what(price)} : {euros(price.total_cents)}{_say_idle(price.idle_days)}"


def say_days(count: int) -> str:
    """As in "1 jour", "7 jours"."""
    return f"{count} jour{_s(count)}"


def join_and(parts: list[str]) -> str:
    """French enumeration: "a", "a et b", "a, b et c"."""
    *head, last = parts
    return f"{', '.join(head)} et {last}" if head else last


def _say_what(price: Price) -> str:
    full_cents = price.tariff.full_cents(price.kind)
    head = f"{KIND_LABELS[price.kind]} à {euros(full_cents)}"
    runs = _by_tier(price.days)
    if full_cents == 0 and runs:
        return f"{KIND_LABELS[price.kind]}, prêt gratuit, {say_days(len(price.days))}"
    if not runs:
        return f"{head}, aucun jour à payer"
    if len(runs) > 1:
        parts = [_say_run(run) for run in runs]
        return f"{head} : {join_and(parts)}, {say_days(len(price.days))}"
    tier = _say_only_tier(runs[0][0])
    return f"{head}{tier}, {say_days(len(price.days))}"


def _by_tier(days: tuple[DayPrice, ...]) -> list[list[DayPrice]]:
    """Days gathered by tier, in the order in which each tier first appears."""
    runs: dict[str, list[DayPrice]] = {}
    for day in days:
        runs.setdefault(day.tier.code, []).append(day)
    return list(runs.values())


def _say_only_tier(day: DayPrice) -> str:
    if day.tier.code == FULL.code:
        return ""
    if day.cents == 0:
        return f", gratuité {day.tier.reason}"
    if _is_half(day):
        return f", demi-tarif {day.tier.reason}"
    return f", tarif {day.tier.reason} à {euros(day.cents)}"


def _say_run(run: list[DayPrice]) -> str:
    day, count = run[0], len(run)
    if day.tier.code == FULL.code:
        return f"{say_days(count)} au plein tarif"
    if day.cents == 0:
        return f"{say_days(count)} gratuit{_s(count)} ({day.tier.reason})"
    if _is_half(day):
        return f"{say_days(count)} à demi-tarif ({day.tier.reason})"
    return f"{say_days(count)} à {euros(day.cents)} ({day.tier.reason})"


def _is_half(day: DayPrice) -> bool:
    tier = day.tier
    return not day.explanation.inputs["own_price"] and 2 * tier.numerator == tier.denominator


def _say_idle(count: int) -> str:
    return f" ({say_days(count)} hors service non compté{_s(count)})" if count else ""


def _s(count: int) -> str:
    return "s" if count > 1 else ""
