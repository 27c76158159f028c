"""Who pays what share of the day: tiers, the spans their proofs cover, and the price of each day with its explanation (domain.md §10.1)."""

import unicodedata
from collections.abc import Collection, Iterable, Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import date
from typing import Any

from billing.scales import FullDay
from billing.shares import Agreement, Share, share_out, used_up
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
    """Raises RuleBroken unless a tier has exactly one of a whole share and prices of its own, each of them possible.

    A transition's steps are such shares, each checked as one (billing/transitions.py).
    """
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
    """One charged day: its place in the stay at the full tariff, its tier, its cents, its explanation, and who else pays what of it.

    `used_up` are the agreements that would pay more of it, had they not reached what they pay at most.
    """

    day: date
    full: FullDay
    tier: Tier
    cents: int
    explanation: Explanation
    shares: tuple[Share, ...] = ()
    used_up: tuple[Agreement, ...] = ()

    @property
    def own_cents(self) -> int:
        """What the person pays of it."""
        return self.cents - sum(share.cents for share in self.shares)


def explain(day: DayPrice) -> dict[str, Any]:
    """A day as charges keep it and the API answers it: its tier, the person's cents and why, in plain values; and the payers' shares."""
    told = {"day": day.day.isoformat(), "tier": day.tier.code, "cents": day.own_cents, "why": asdict(day.explanation)}
    if not day.shares:
        return told
    shares = [
        {"agreement": share.agreement.id, "payer": share.agreement.payer, "reference": share.agreement.reference, "cents": share.cents}
        for share in day.shares
    ]
    return told | {"price_cents": day.cents, "shares": shares}


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
    def own_cents(self) -> int:
        """What the person pays of it."""
        return sum(day.own_cents for day in self.days)

    @property
    def cents_by_day(self) -> dict[date, int]:
        """Day → the person's cents, as charges and credits compare them."""
        return {day.day: day.own_cents for day in self.days}

    @property
    def shares_by_day(self) -> dict[date, dict[int, int]]:
        """Day → the payers' cents by agreement, of the days that somebody shares."""
        return {day.day: {share.agreement.id: share.cents for share in day.shares} for day in self.days if day.shares}


def price_days(
    kind: str,
    tariff: Tariff,
    days: Iterable[date],
    spans: Iterable[TierSpan] = (),
    out_of_service: Collection[date] = (),
    *,
    before: Collection[date] = (),
) -> Price:
    """Each day of a stay, from its first on, at the cheapest tier that holds on it; days out of service are not charged (domain.md §10.1).

    Those and the days `before`, left out too, keep their place in the stay: a day found idle later changes no other day's price.
    Raises RuleBroken for an unknown kind, or one the tariff does not lend.
    """
    spans, numbered = tuple(spans), zip(sorted(set(days)), tariff.full_days(kind), strict=False)
    left = [(day, full) for day, full in numbered if day not in before]
    priced = tuple(_price_day(day, full, kind, tariff, spans) for day, full in left if day not in out_of_service)
    return Price(kind=kind, tariff=tariff, days=priced, idle_days=len(left) - len(priced))


def share_price(price: Price, agreements: Collection[Agreement]) -> Price:
    """The price with what others pay of each of its days; the ceilings count from its first day on."""
    if not agreements:
        return price
    shares = share_out({day.day: day.cents for day in price.days}, agreements)
    return replace(price, days=tuple(_shared(day, shares.get(day.day, ()), agreements) for day in price.days))


def _shared(day: DayPrice, shares: tuple[Share, ...], agreements: Collection[Agreement]) -> DayPrice:
    return replace(day, shares=shares, used_up=used_up(day.cents, day.day, agreements, shares))


def _price_day(day: date, full: FullDay, kind: str, tariff: Tariff, spans: tuple[TierSpan, ...]) -> DayPrice:
    full_cents = full.cents
    holding = [FULL, *(span.tier for span in spans if span.holds_on(day))]
    # On equal prices the full tier wins: nobody is told of a reduction that changed nothing.
    cents, _, code, tier = min(
        ((tier.price_cents(kind, full_cents), tier.code != FULL.code, tier.code, tier) for tier in holding), key=lambda choice: choice[:3]
    )
    inputs: dict[str, str | int] = {
        "kind": kind,
        "full_cents": full_cents,
        "share": f"{tier.numerator}/{tier.denominator}",
        "own_price": int(kind in tier.day_cents),
        "holding": " ".join(sorted({tier.code for tier in holding})),
    }
    if kind in tariff.scales:
        inputs |= {"number": full.number, "rate_cents": full.rate_cents, "limit": full.limit}
    explanation = Explanation(
        rule="domain.md §10.1", tariff=tariff.label, tariff_from_on=tariff.from_on.isoformat(), tier=code, inputs=inputs
    )
    return DayPrice(day=day, full=full, tier=tier, cents=cents, explanation=explanation)


def check_told(last_on: date, *, told_on: date, today: date) -> None:
    """Raises RuleBroken unless a right's end was announced before the price rises: never backwards, never in silence (domain.md §9)."""
    if told_on > today:
        raise RuleBroken("Notez la fin une fois la personne prévenue.", field="told_on")
    if last_on < today:
        raise RuleBroken("Le prix ne monte jamais pour des jours passés : la fin est aujourd’hui au plus tôt.", field="last_on")
