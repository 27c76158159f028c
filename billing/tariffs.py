"""What a day costs before any tier: dated versions of the tariff, and the days that are charged (domain.md §2.4, §10.1)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from billing.rhythm import Rhythm
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
    """One dated version: cents a day for each kind lent. A contract freezes the one `dated.in_force` when it was made."""

    label: str
    from_on: date
    day_cents: Mapping[str, int]

    def __post_init__(self) -> None:
        for kind, cents in self.day_cents.items():
            check_kind(kind, field=kind)
            if cents < 0:
                raise RuleBroken("Un prix par jour ne peut pas être négatif.", field=kind)

    def full_cents(self, kind: str) -> int:
        """The day price of a kind in cents. Raises RuleBroken when this version does not lend it."""
        check_kind(kind)
        if kind not in self.day_cents:
            raise RuleBroken(
                f"{self.label} ne donne aucun prix pour « {KIND_LABELS[kind].lower()} » : le responsable en ajoute un aux tarifs.",
                field="kind",
            )
        return self.day_cents[kind]


# What the field charged (domain.md §2.4); a platform that lends other kinds names their price in a tariff of its own.
REFERENCE_TARIFF = Tariff(
    label="Tarif de référence",
    from_on=date(2007, 1, 1),
    day_cents={"bike": 100, "ebike": 100, "moped": 200, "scooter": 200, "car": 500},
)
REFERENCE_KINDS = tuple(REFERENCE_TARIFF.day_cents)


def chargeable_days(
    handed_over_at: datetime, returned_at: datetime, return_hour: time = RETURN_HOUR, rhythm: Rhythm | None = None
) -> list[date]:
    """The dates in Paris a rental [handed over, returned) is charged for, at least one (domain.md §10.1).

    The return's date is free when the vehicle is back before the platform's hour, unless it is also the handover's. Of a vehicle that is
    shared, the days of the rhythm count, whatever the hour.
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
    return list(days_between(first, last))
