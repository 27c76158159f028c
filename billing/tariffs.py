"""What a day costs before any tier: dated versions of the tariff, and the days that are charged (domain.md §2.4, §10.1)."""

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field
from datetime import date, datetime, time, timedelta
from itertools import islice
from typing import Any

from billing.rhythm import Rhythm
from billing.scales import FLAT, STEP_DAYS, FullDay, Scale, full_days
from mobility.errors import RuleBroken
from mobility.periods import ONE_DAY, days_between, paris_day, paris_time

KIND_LABELS = {
    "bike": "Vélo",
    "ebike": "Vélo électrique",
    "cargo_bike": "Vélo cargo",
    "moped": "Cyclomoteur",
    "scooter": "Scooter",
    "scooter125": "Scooter 125",
    "quadricycle": "Voiturette",
    "car": "Voiture",
}
KINDS = tuple(KIND_LABELS)
RETURN_HOUR = time(12, 0)


def check_kind(kind: str, *, field: str = "kind") -> None:
    """Raises RuleBroken, naming the kinds there are, when the kind is none of them."""
    if kind not in KIND_LABELS:
        known = ", ".join(KINDS)
        raise RuleBroken(f"Ce type de véhicule n’existe pas. Choisissez parmi : {known}.", field=field)


@dataclass(frozen=True, kw_only=True)
class Tariff:
    """One dated version: cents a day for each kind lent. A contract freezes the one `dated.in_force` when it was made.

    `scales` say how a kind goes on beyond its first day, in steps of `step_days`. The handover's day is free from `handover_hour` on,
    the return's before `return_hour`; without one the former counts, and the latter follows the platform's setting. `days_gone` were held
    and settled before these books, by a rental they took over: its steps go on from there.
    """

    label: str
    from_on: date
    day_cents: Mapping[str, int]
    scales: Mapping[str, Scale] = field(default_factory=dict)
    step_days: int = STEP_DAYS
    membership_cents: int = 0
    handover_hour: time | None = None
    return_hour: time | None = None
    days_gone: int = 0

    def __post_init__(self) -> None:
        for kind, cents in self.day_cents.items():
            check_kind(kind, field=kind)
            if cents < 0:
                raise RuleBroken("Un prix par jour ne peut pas être négatif.", field=kind)
        for kind in self.scales:
            if kind not in self.day_cents:
                raise RuleBroken("Donnez d’abord le prix d’un jour.", field=kind)
        if self.step_days < 1:
            raise RuleBroken("Un palier dure au moins un jour.", field="step_days")
        if self.handover_hour == time(0):
            raise RuleBroken("Choisissez une heure après minuit : sinon, aucun jour de remise ne compterait.", field="handover_hour")

    def full_cents(self, kind: str) -> int:
        """The day price of a kind in cents. Raises RuleBroken when this version does not lend it."""
        check_kind(kind)
        if kind not in self.day_cents:
            raise RuleBroken(
                f"{self.label} ne donne aucun prix pour « {KIND_LABELS[kind].lower()} » : le responsable en ajoute un aux tarifs.",
                field="kind",
            )
        return self.day_cents[kind]

    def full_days(self, kind: str) -> Iterator[FullDay]:
        """The days of a stay at the full tariff, from its first on. Raises RuleBroken when this version does not lend the kind."""
        return islice(full_days(self.full_cents(kind), self.scales.get(kind, FLAT), self.step_days), self.days_gone, None)


def freeze_tariff(tariff: Tariff) -> dict[str, Any]:
    """A version as plain JSON; what it does not set is not written."""
    return {"label": tariff.label, "from_on": tariff.from_on.isoformat(), "day_cents": dict(tariff.day_cents)} | freeze_rules(tariff)


def freeze_rules(tariff: Tariff) -> dict[str, Any]:
    """What a version sets beyond its prices a day, as plain JSON."""
    rules: dict[str, Any] = {}
    if tariff.scales:
        rules["scales"] = {kind: asdict(scale) | {"step_cents": list(scale.step_cents)} for kind, scale in tariff.scales.items()}
        rules["step_days"] = tariff.step_days
    counts = {"membership_cents": tariff.membership_cents, "days_gone": tariff.days_gone}
    rules |= {name: count for name, count in counts.items() if count}
    hours = {"handover_hour": tariff.handover_hour, "return_hour": tariff.return_hour}
    return rules | {name: hour.isoformat("minutes") for name, hour in hours.items() if hour is not None}


def thaw_tariff(frozen: Mapping[str, Any]) -> Tariff:
    """The version back from its JSON."""
    scales = {kind: Scale(**scale | {"step_cents": tuple(scale["step_cents"])}) for kind, scale in frozen.get("scales", {}).items()}
    hours = {name: time.fromisoformat(frozen[name]) for name in ("handover_hour", "return_hour") if name in frozen}
    return Tariff(
        label=frozen["label"],
        from_on=date.fromisoformat(frozen["from_on"]),
        day_cents=frozen["day_cents"],
        scales=scales,
        step_days=frozen.get("step_days", STEP_DAYS),
        membership_cents=frozen.get("membership_cents", 0),
        days_gone=frozen.get("days_gone", 0),
        **hours,
    )


# What the field charged (domain.md §2.4); a platform that lends other kinds names their price in a tariff of its own.
REFERENCE_TARIFF = Tariff(
    label="Tarif de référence",
    from_on=date(2007, 1, 1),
    day_cents={"bike": 100, "ebike": 100, "moped": 200, "scooter": 200, "car": 500},
)
REFERENCE_KINDS = tuple(REFERENCE_TARIFF.day_cents)


def first_day(handed_over_at: datetime, handover_hour: time | None) -> date:
    """The first date that counts of a rental that goes on: the day after a handover at the tariff's hour or later."""
    is_late = handover_hour is not None and paris_time(handed_over_at) >= handover_hour
    return paris_day(handed_over_at) + (ONE_DAY if is_late else timedelta(0))


def chargeable_days(
    handed_over_at: datetime,
    returned_at: datetime,
    return_hour: time = RETURN_HOUR,
    rhythm: Rhythm | None = None,
    handover_hour: time | None = None,
) -> list[date]:
    """The dates in Paris a rental [handed over, returned) is charged for, at least one (domain.md §10.1).

    The return's date is free when the vehicle is back before the platform's hour, unless it is also the handover's; then a handover's at
    `handover_hour` or later. Of a vehicle that is shared, the days of the rhythm count, whatever the hour.
    Raises RuleBroken when the return does not come after the handover.
    """
    if returned_at <= handed_over_at:
        raise RuleBroken("Le retour doit venir après la remise du véhicule.", field="returned_at")
    first, last = paris_day(handed_over_at), paris_day(returned_at)
    if rhythm is not None:
        held = list(days_between(first, paris_day(returned_at - timedelta.resolution)))
        return [day for day in held if rhythm.holds(day)] or held[:1]
    if last > first and paris_time(returned_at) < return_hour:
        last -= ONE_DAY
    return list(days_between(min(first_day(handed_over_at, handover_hour), last), last))
