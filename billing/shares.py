"""What others pay of a day: a payer's agreement, its ceilings, and the share taken from the price of each day (domain.md §9).

The price of a day is first the tariff's and the tier's; shares are taken from it in the order the agreements were recorded, so that what
the payers and the person pay is that price, to the cent. A day's share depends on the days before it alone.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from mobility.errors import RuleBroken
from mobility.money import euros, round_half_up
from mobility.periods import say_day

PAYER_KINDS = {
    "county": "Département",
    "region": "Région, commune ou intercommunalité",
    "state": "État, France Travail",
    "mission_locale": "Mission locale",
    "temp_work_fund": "Fonds du travail temporaire",
    "employer": "Employeur",
    "other": "Autre",
}
PUBLIC = ("county", "region", "state")  # asked for a SIRET: their invoices are refused without one
PARTY = "TP-"


@dataclass(frozen=True, kw_only=True)
class Agreement:
    """A payer's part of one rental's days: a percentage of the price or cents a day, with what it never goes beyond.

    `id` and `payer_id` are the register's; `to_on` is its last day, None while it has none. Raises RuleBroken beside what is impossible.
    """

    id: int
    payer_id: int
    payer: str
    from_on: date
    to_on: date | None = None
    percent: int | None = None
    day_cents: int | None = None
    most_day_cents: int | None = None
    most_month_cents: int | None = None
    most_days: int | None = None
    most_cents: int | None = None
    reference: str = ""

    def __post_init__(self) -> None:
        if (self.percent is None) == (self.day_cents is None):
            raise RuleBroken("Donnez soit un pourcentage du prix, soit une somme par jour : l’un des deux.", field="percent")
        if self.percent is not None and not 1 <= self.percent <= 100:
            raise RuleBroken("La part prise en charge va de 1 à 100 % du prix.", field="percent")
        for name in ("day_cents", "most_day_cents", "most_month_cents", "most_days", "most_cents"):
            given = getattr(self, name)
            if given is not None and given < 1:
                raise RuleBroken("Un montant ou un plafond est au moins de 1 ; sans plafond, laissez vide.", field=name)

    def holds_on(self, day: date) -> bool:
        """Whether the day lies in the agreement."""
        return self.from_on <= day and (self.to_on is None or day <= self.to_on)

    def asked_cents(self, price_cents: int) -> int:
        """Its part of a day's price before what the month and the count of days leave."""
        part = self.day_cents if self.percent is None else round_half_up(price_cents * self.percent, 100)
        return min(price_cents, part or 0, price_cents if self.most_day_cents is None else self.most_day_cents)


@dataclass(frozen=True, kw_only=True)
class Share:
    """What one agreement pays of one day, above zero."""

    agreement: Agreement
    cents: int


def check_payer(kind: str, siret: str | None) -> None:
    """Raises RuleBroken when a public payer lacks its SIRET, or a SIRET is mistyped."""
    if siret is None and kind in PUBLIC:
        raise RuleBroken("Un payeur public demande son SIRET sur chaque facture : notez-le.", field="siret")
    check_siret(siret)


def check_siret(siret: str | None) -> None:
    """Raises RuleBroken beside a SIRET that is mistyped: its last digit checks the others."""
    if siret is None:
        return
    doubled = [int(digit) * (2 - place % 2) for place, digit in enumerate(siret)]
    if sum(number // 10 + number % 10 for number in doubled) % 10:
        raise RuleBroken("Ce SIRET n’existe pas : relisez ses 14 chiffres.", field="siret")


def party_of(payer_id: int) -> str:
    """A payer as the ledger names it."""
    return f"{PARTY}{payer_id:05d}"


def freeze_agreement(agreement: Agreement) -> dict[str, Any]:
    """An agreement as plain JSON; what it does not set is not written."""
    kept = {name: value for name, value in asdict(agreement).items() if value not in (None, "")}
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in kept.items()}


def thaw_agreement(frozen: Mapping[str, Any]) -> Agreement:
    """An agreement back from its JSON."""
    days = {name: date.fromisoformat(frozen[name]) for name in ("from_on", "to_on") if name in frozen}
    return Agreement(**{**frozen, **days})


def share_out(cents_by_day: Mapping[date, int], agreements: Iterable[Agreement]) -> dict[date, tuple[Share, ...]]:
    """Who pays what of each day, in the order of the days; a day that nobody shares is left out."""
    left, shares = dict(sorted(cents_by_day.items())), dict[date, tuple[Share, ...]]()
    for agreement in agreements:
        days, paid_cents, by_month = 0, 0, Counter[tuple[int, int]]()
        for day, price_cents in left.items():
            if not agreement.holds_on(day) or days == agreement.most_days:
                continue
            # Of the whole price, as far as those before it leave something of the day.
            cents, month = min(agreement.asked_cents(cents_by_day[day]), price_cents), (day.year, day.month)
            if agreement.most_month_cents is not None:
                cents = min(cents, agreement.most_month_cents - by_month[month])
            if agreement.most_cents is not None:
                cents = min(cents, agreement.most_cents - paid_cents)
            if cents > 0:
                days, paid_cents, by_month[month], left[day] = days + 1, paid_cents + cents, by_month[month] + cents, price_cents - cents
                shares[day] = (*shares.get(day, ()), Share(agreement=agreement, cents=cents))
    return shares


def used_up(price_cents: int, day: date, agreements: Iterable[Agreement], shares: Iterable[Share]) -> tuple[Agreement, ...]:
    """Who would pay more of a day, had what it pays in all, in a month or in days not been reached: the person is told so."""
    left_cents, paid = price_cents, {share.agreement.id: share.cents for share in shares}
    found = list[Agreement]()
    for agreement in agreements:
        cents = paid.get(agreement.id, 0)
        if agreement.holds_on(day) and cents < min(agreement.asked_cents(price_cents), left_cents):
            found.append(agreement)
        left_cents -= cents
    return tuple(found)


def moved_shares(
    *,
    charged: Mapping[date, int],
    shared: Mapping[date, Mapping[int, int]],
    lowered: Mapping[date, int],
    shares_now: Mapping[date, Mapping[int, int]],
) -> dict[date, dict[int, int]]:
    """What to add to, or give back of, the payers' shares of days already charged, by agreement.

    `charged` is the person's part so far, `shared` the payers', `lowered` what the person is given back now. A payer takes over at most
    what the person is relieved of: no day ever costs more in all than it did, and no share is above what the agreement allows.
    """
    moved: dict[date, dict[int, int]] = {}
    for day in charged:
        held, now = shared.get(day, {}), shares_now.get(day, {})
        left, kept = sum(held.values()) + lowered.get(day, 0), dict[int, int]()
        for agreement_id, cents in now.items():
            kept[agreement_id] = min(cents, left)
            left -= kept[agreement_id]
        changes = {one: kept.get(one, 0) - held.get(one, 0) for one in sorted({*held, *kept})}
        if any(changes.values()):
            moved[day] = {one: cents for one, cents in changes.items() if cents}
    return moved


def say_agreement(agreement: Agreement) -> str:
    """As in "Département de Ferrelande : 60 % du prix, au plus 3 € par jour, 60 € par mois, 90 jours, depuis le 2 mars 2026"."""
    part = f"{agreement.percent} % du prix" if agreement.percent is not None else f"{euros(agreement.day_cents or 0)} par jour"
    ceilings = [
        f"{euros(cents)} par {unit}"
        for cents, unit in ((agreement.most_day_cents, "jour"), (agreement.most_month_cents, "mois"))
        if cents is not None
    ]
    if agreement.most_days is not None:
        ceilings.append(f"{agreement.most_days} jour{'s' if agreement.most_days > 1 else ''}")
    if agreement.most_cents is not None:
        ceilings.append(f"{euros(agreement.most_cents)} en tout")
    most = f", au plus {', '.join(ceilings)}" if ceilings else ""
    end = f" jusqu’au {say_day(agreement.to_on)}" if agreement.to_on else ""
    return f"{agreement.payer} : {part}{most}, depuis le {say_day(agreement.from_on)}{end}"
