"""The price in one French sentence: what, which tier and why, how many days, total (domain.md §10.2)."""

from collections import Counter

from billing.scales import BY_LEAST, BY_WEEK, FLAT, Scale
from billing.tariffs import KIND_LABELS
from billing.tiers import FULL, DayPrice, Price
from mobility.money import euros
from mobility.tongues import joined, say


def say_price(price: Price) -> str:
    """As in "Voiture à 5 €, demi-tarif quartier prioritaire, 7 jours : 17,50 €", with what others pay of it and its days out of service."""
    return f"{_say_what(price)} : {euros(price.total_cents)}{_say_shares(price)}{_say_idle(price.idle_days)}"


def say_days(count: int) -> str:
    """As in "1 jour", "7 jours"."""
    return f"{count} jour{_s(count)}"


def say_scale(scale: Scale, step_days: int) -> str:
    """As in "3,50 € dès le 31e jour, 4 € dès le 61e jour, 18 € la semaine, 10 € au moins"."""
    parts = [f"{euros(cents)} dès le {step_days * count + 1}e jour" for count, cents in enumerate(scale.step_cents, start=1)]
    if scale.week_cents is not None:
        parts.append(f"{euros(scale.week_cents)} la semaine")
    return ", ".join([*parts, f"{euros(scale.least_cents)} au moins"] if scale.least_cents else parts)


def join_and(parts: list[str]) -> str:
    """French enumeration: "a", "a et b", "a, b et c"."""
    *head, last = parts
    return say("%(head)s et %(last)s", head=joined(", ", head), last=last) if head else last


def _say_what(price: Price) -> str:
    head = f"{KIND_LABELS[price.kind]} à {_say_rates(price)}"
    runs = _by_tier(price.days)
    if runs and not any(day.full.rate_cents or day.full.cents for day in price.days):
        return f"{KIND_LABELS[price.kind]}, prêt gratuit, {say_days(len(price.days))}"
    if not runs:
        return f"{head}, aucun jour à payer"
    if len(runs) > 1 and any(day.tier.code != FULL.code for day in price.days):
        parts = [_say_run(run) for run in runs]
        return f"{head} : {join_and(parts)}, {say_days(len(price.days))}"
    tier = _say_only_tier(runs[0])
    return f"{head}{tier}, {say_days(len(price.days))}"


def _say_rates(price: Price) -> str:
    """As in "3 € puis 3,50 €", "5 €, 25 € la semaine", "5 €, 15 € au moins": what the days meet of the tariff, nothing else."""
    rates = dict.fromkeys(day.full.rate_cents for day in price.days) or [price.tariff.full_cents(price.kind)]
    limits, scale = {day.full.limit for day in price.days}, price.tariff.scales.get(price.kind, FLAT)
    said = " puis ".join(map(euros, rates))
    if BY_WEEK in limits:
        said += f", {euros(scale.week_cents or 0)} la semaine"
    return said + (f", {euros(scale.least_cents)} au moins" if BY_LEAST in limits else "")


def _say_shares(price: Price) -> str:
    """As in ", dont 21 € pris en charge (Département de Ferrelande) ; reste 14 €"; a ceiling reached is told, be the share nothing."""
    by_payer = Counter[str]()
    for day in price.days:
        for share in day.shares:
            by_payer[share.agreement.payer] += share.cents
    reached = {agreement.payer for day in price.days for agreement in day.used_up}
    by_payer.update(dict.fromkeys(sorted(reached), 0))
    if not by_payer:
        return ""
    said = [(f"{payer}, plafond atteint" if payer in reached else payer, cents) for payer, cents in by_payer.items()]
    (first, cents), *others = said
    parts = [f"{euros(cents)} pris en charge ({first})", *(f"{euros(more)} ({payer})" for payer, more in others)]
    return f", dont {join_and(parts)} ; reste {euros(price.own_cents)}"


def _by_tier(days: tuple[DayPrice, ...]) -> list[list[DayPrice]]:
    """Days gathered by tier and share, in the order in which each first appears; those that others paid for already stand apart."""
    runs: dict[tuple[object, ...], list[DayPrice]] = {}
    for day in days:
        tier = day.tier
        runs.setdefault(() if _is_paid_already(day) else (tier.code, tier.numerator, tier.denominator), []).append(day)
    return list(runs.values())


def _say_only_tier(run: list[DayPrice]) -> str:
    day = run[0]
    if day.tier.code == FULL.code:
        return ""
    if day.cents == 0:
        return f", gratuité {day.tier.reason}"
    if _is_half(day):
        return f", demi-tarif {day.tier.reason}"
    return f", tarif {day.tier.reason}{_say_one_price(run)}"


def _say_run(run: list[DayPrice]) -> str:
    day, count = run[0], len(run)
    if _is_paid_already(day):
        return f"{say_days(count)} déjà compris"
    if day.tier.code == FULL.code:
        return f"{say_days(count)} au plein tarif"
    if day.cents == 0:
        return f"{say_days(count)} gratuit{_s(count)} ({day.tier.reason})"
    if _is_half(day):
        return f"{say_days(count)} à demi-tarif ({day.tier.reason})"
    return f"{say_days(count)}{_say_one_price(run) or ' à tarif réduit'} ({day.tier.reason})"


def _say_one_price(run: list[DayPrice]) -> str:
    """The price of a day when all have the same."""
    return f" à {euros(run[0].cents)}" if len({day.cents for day in run}) == 1 else ""


def _is_paid_already(day: DayPrice) -> bool:
    """A day of a week, or of the first days, that the days before it came up for."""
    return day.full.cents == 0 and day.full.rate_cents > 0


def _is_half(day: DayPrice) -> bool:
    tier = day.tier
    return not day.explanation.inputs["own_price"] and 2 * tier.numerator == tier.denominator


def _say_idle(count: int) -> str:
    return f" ({say_days(count)} hors service non compté{_s(count)})" if count else ""


def _s(count: int) -> str:
    return "s" if count > 1 else ""
