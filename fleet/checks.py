"""The condition report (*état des lieux*): zones by kind of vehicle, states in words, what changed since the last one (domain.md §2.5)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import partial

from fleet.kinds import get_kind
from fleet.vehicle_sheet import ELECTRIC, NO_ENERGY
from mobility.errors import RuleBroken, refuse_together
from mobility.tongues import say, words

FINE, WORN, MARKED, BROKEN, MISSING = "fine", "worn", "marked", "broken", "missing"
STATE_NAMES = words({FINE: "en bon état", WORN: "usé", MARKED: "marqué ou rayé", BROKEN: "abîmé", MISSING: "manquant"})

FUEL_NAMES = words(
    {"full": "plein", "three_quarters": "aux trois quarts", "half": "à moitié", "quarter": "au quart", "reserve": "sur la réserve"}
)
_CHARGE_NAMES = FUEL_NAMES | words({"full": "pleine", "reserve": "presque vide"})

CHECK_OUT, POINT_ETAPE, CHECK_IN, SWAP = "check_out", "point_etape", "check_in", "swap"
MOMENT_NAMES = words(
    {
        CHECK_OUT: "état des lieux de départ",
        POINT_ETAPE: "point-étape",
        CHECK_IN: "état des lieux de retour",
        SWAP: "échange de véhicule",
    }
)
SCREEN, PAPER = "screen", "paper"
SIGNED_HOW = words({SCREEN: "à l’écran", PAPER: "sur papier"})
UNSIGNED = words(
    {
        "left": "la personne a dû partir",
        "declined": "la personne ne souhaite pas signer",
        "somebody_else": "quelqu’un d’autre était là à sa place",
    }
)
WITHOUT_ODOMETER = frozenset({"bike"})


@dataclass(frozen=True, kw_only=True)
class Zone:
    """One zone as found: its name and state in words, and whether that state is new since the report before."""

    code: str
    name: str
    state: str
    is_new: bool = False

    @property
    def words(self) -> str:
        """The state in words."""
        return STATE_NAMES[self.state]


def check_zones(kind: str, zones: Mapping[str, str], *, whole: bool) -> dict[str, str]:
    """The zones of this kind by code, in their order. Raises RuleBroken on an unknown one, or one left out of a whole report."""
    known = dict(get_kind(kind).zones)
    refuse_together(*(partial(_check_zone, known, code, zones.get(code)) for code in ({**known, **zones} if whole else zones)))
    return {code: zones[code] for code in known if code in zones}


def _check_zone(known: Mapping[str, str], code: str, state: str | None) -> None:
    if code not in known:
        raise RuleBroken("Cette partie n’existe pas sur ce véhicule.", field=f"zone_{code}")
    if state is None:
        raise RuleBroken(f"Dites dans quel état est cette partie : {known[code]}.", field=f"zone_{code}")
    if state not in STATE_NAMES:
        raise RuleBroken("Choisissez un des états proposés.", field=f"zone_{code}")


def check_meter(kind: str, odometer_km: int | None) -> None:
    """The odometer is read on all that has one. Raises RuleBroken on field `odometer_km`."""
    if odometer_km is None and kind not in WITHOUT_ODOMETER:
        raise RuleBroken("Relevez le compteur du véhicule.", field="odometer_km")


def check_fuel(energy: str, fuel: str | None) -> str | None:
    """The level of fuel, or of the charge, of what has either. Raises RuleBroken on field `fuel`."""
    if energy == NO_ENERGY:
        return None
    if fuel not in FUEL_NAMES:
        raise RuleBroken("Indiquez la charge de la batterie." if energy == ELECTRIC else "Indiquez le niveau de carburant.", field="fuel")
    return fuel


def level_asked(energy: str) -> str | None:
    """What a look over the vehicle asks the level of; None of what has no motor."""
    return None if energy == NO_ENERGY else say("Charge de la batterie") if energy == ELECTRIC else say("Carburant")


def level_names(energy: str) -> dict[str, str]:
    """Each level in words: a tank is *plein*, a charge *pleine*."""
    return _CHARGE_NAMES if energy == ELECTRIC else FUEL_NAMES


def say_level(energy: str, level: str | None) -> str:
    """As a paper says it: "réservoir à moitié", "batterie pleine", "sans objet"."""
    if energy == NO_ENERGY:
        return say("sans objet")
    if level is None:
        return say("niveau non relevé")
    told = level_names(energy)[level]
    return say("batterie %(level)s", level=told) if energy == ELECTRIC else say("réservoir %(level)s", level=told)


def compare(kind: str, before: Mapping[str, str], found: Mapping[str, str]) -> tuple[Zone, ...]:
    """Each zone found, marked new where its state differs from before and is not simply fine again."""
    return tuple(
        Zone(code=code, name=name, state=found[code], is_new=found[code] != FINE and found[code] != before.get(code, FINE))
        for code, name in get_kind(kind).zones
        if code in found
    )


def merge(reports: Iterable[Mapping[str, str]]) -> dict[str, str]:
    """The state known after several reports, oldest first: a short one only says what changed."""
    known: dict[str, str] = {}
    for zones in reports:
        known |= zones
    return known
