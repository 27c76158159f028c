"""Who pays what share of the day: tiers, the spans their proofs cover, and the price of each day with its explanation (domain.md §10.1)."""

import unicodedata
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from billing.tariffs import Tariff, check_kind
from mobility.errors import RuleBroken
from mobility.money import round_half_up


@dataclass(frozen=True, kw_only=True)
class Tier:
    """A share of the full price (numerator / denominator), or a price of its own in cents a day for the kinds it names.

    `reason` is what the person reads beside the price: "RSA", "quartier prioritaire". Raises RuleBroken on an impossible share or price.
    """

    code: str
    reason: str
    numerator: int = 1
    denominator: int = 1
    day_cents: Mapping[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.denominator < 1 or not 0 <= self.numerator <= self.denominator:
            raise RuleBroken("La part payée va de 0 à 100 % du plein tarif.", field="share")
        for kind, cents in self.day_cents.items():
            check_kind(kind, field="day_cents")
            if cents < 0:
                raise RuleBroken("Un prix par jour ne peut pas être négatif.", field="day_cents")

    def price_cents(self, kind: str, full_cents: int) -> int:
        """The day's price in cents, half a cent rounded up; a kind without a price of its own follows the share."""
        if kind in self.day_cents:
            return self.day_cents[kind]
        return round_half_up(full_cents * self.numerator, self.denominator)


FULL = Tier(code="full", reason="plein tarif")
QPV = Tier(code="qpv", reason="quartier prioritaire", denominator=2)
RSA = Tier(code="rsa", reason="RSA", numerator=0)
STANDARD_TIERS = {tier.code: tier for tier in (FULL, QPV, RSA)}
CODE_LENGTH = 20


def tier_code(label: str) -> str:
    """The code of a tier of the platform's own, from its label: "Garantie jeunes" → "garantie-jeunes". Raises RuleBroken."""
    plain = "".join(
        c if c.isascii() and c.isalnum() else " " for c in unicodedata.normalize("NFD", label.lower()) if not unicodedata.combining(c)
    )
    code = "-".join(plain.split())[:CODE_LENGTH].rstrip("-")
    if not code or code in STANDARD_TIERS:
        raise RuleBroken("Donnez au palier un nom qui le distingue des autres.", field="label")
    return code


def check_own_tier(code: str, reason: str, *, numerator: int | None, denominator: int | None, day_cents: Mapping[str, int] | None) -> None:
    """Raises RuleBroken unless a tier has exactly one of a whole share and prices of its own, each of them possible."""
    if (numerator is None) != (denominator is None):
        raise RuleBroken("Une part s’écrit en deux nombres : 1 sur 3, par exemple.", field="share_denominator")
    if (numerator is None) == (not day_cents):
        raise RuleBroken("Donnez soit une part du plein tarif, soit des prix par jour : l’un des deux.", field="share_numerator")
    if numerator is not None and denominator is not None and numerator > denominator:
        raise RuleBroken("La part payée va de 0 à 100 % du plein tarif.", field="share_numerator")
    Tier(code=code, reason=reason, numerator=numerator or 0, denominator=denominator or 1, day_cents=day_cents or {})


@dataclass(frozen=True, kw_only=True)
class TierSpan:
    """The days on which a tier holds, both ends included; open when `to_on` is None. Raises RuleBroken when it ends before it begins."""

    tier: Tier
    from_on: date
    to_on: date | None = None

    def __post_init__(self) -> None:
        if self.to_on is not None and self.to_on < self.from_on:
            raise RuleBroken("La fin du droit vient avant son début.", field="to_on")

    def holds_on(self, day: date) -> bool:
        """Whether the day lies in the span."""
        return self.from_on <= day and (self.to_on is None or day <= self.to_on)


@dataclass(frozen=True, kw_only=True)
class Explanation:
    """Why a day costs what it costs, in plain values: enough to recompute it years later."""

    rule: str
    tariff: str
    tariff_from_on: str
    tier: str
    inputs: Mapping[str, str | int]


@dataclass(frozen=True, kw_only=True)
class DayPrice:
    """One charged day: its tier, its cents and its explanation."""

    day: date
    tier: Tier
    cents: int
    explanation: Explanation


@dataclass(frozen=True, kw_only=True)
class Price:
    """A rental's charged days in order; `idle_days` counts those left out because the vehicle was out of service."""

    kind: str
    tariff: Tariff
    days: tuple[DayPrice, ...]
    idle_days: int = 0

    @property
    def total_cents(self) -> int:
        """The sum of the days: a total is never rounded by itself."""
        return sum(day.cents for day in self.days)

    @property
    def cents_by_day(self) -> dict[date, int]:
        """Day → cents, as charges and credits compare them."""
        return {day.day: day.cents for day in self.days}


def price_days(
    kind: str, tariff: Tariff, days: Iterable[date], spans: Iterable[TierSpan] = (), out_of_service: Collection[date] = ()
) -> Price:
    """Each day at the cheapest tier that holds on it; days out of service are not charged (domain.md §10.1).

    Raises RuleBroken for an unknown kind, or one the tariff does not lend.
    """
    tariff.full_cents(kind)
    spans, days = tuple(spans), sorted(set(days))
    charged = [day for day in days if day not in out_of_service]
    priced = tuple(_price_day(day, kind, tariff, spans) for day in charged)
    return Price(kind=kind, tariff=tariff, days=priced, idle_days=len(days) - len(charged))


def _price_day(day: date, kind: str, tariff: Tariff, spans: tuple[TierSpan, ...]) -> DayPrice:
    full_cents = tariff.full_cents(kind)
    holding = [FULL, *(span.tier for span in spans if span.holds_on(day))]
    # On equal prices the full tier wins: nobody is told of a reduction that changed nothing.
    cents, _, code, tier = min(
        ((tier.price_cents(kind, full_cents), tier.code != FULL.code, tier.code, tier) for tier in holding), key=lambda choice: choice[:3]
    )
    explanation = Explanation(
        rule="domain.md §10.1",
        tariff=tariff.label,
        tariff_from_on=tariff.from_on.isoformat(),
        tier=code,
        inputs={
            "kind": kind,
            "full_cents": full_cents,
            "share": f"{tier.numerator}/{tier.denominator}",
            "own_price": int(kind in tier.day_cents),
            "holding": " ".join(sorted({tier.code for tier in holding})),
        },
    )
    return DayPrice(day=day, tier=tier, cents=cents, explanation=explanation)


def check_told(last_on: date, *, told_on: date, today: date) -> None:
    """Raises RuleBroken unless a right's end was announced before the price rises: never backwards, never in silence (domain.md §9)."""
    if told_on > today:
        raise RuleBroken("Notez la fin du droit une fois la personne prévenue.", field="told_on")
    if last_on < today:
        raise RuleBroken("Le prix ne monte jamais pour des jours passés : le droit finit aujourd’hui au plus tôt.", field="last_on")
