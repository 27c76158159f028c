"""What a vehicle's sheet holds beyond its name: whose it is, what drives it, what comes with it; no more than its kind has. Pure."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, fields
from datetime import date

from fleet.kinds import Kind, get_kind
from fleet.plates import written
from mobility.errors import RuleBroken

GEARBOXES = {"manual": "manuelle", "automatic": "automatique"}
OWNED = "owned"
OWNERSHIPS = {
    OWNED: "propriété de la plateforme",
    "leased": "crédit-bail",
    "hired": "location à une société",
    "lent": "prêt d’un partenaire",
}
# Who the registration names: fines reach them first (domain.md §9 "Fines").
KEEPERS = {"platform": "la plateforme", "hirer": "le loueur ou le propriétaire"}

NO_ENERGY, ELECTRIC, PETROL, DIESEL, HYBRID = "none", "electric", "petrol", "diesel", "hybrid"
ENERGIES = {NO_ENERGY: "sans moteur", ELECTRIC: "électrique", PETROL: "essence", DIESEL: "gazole", HYBRID: "hybride"}
_ENERGIES_OF = {
    "bike": (NO_ENERGY,),
    "ebike": (ELECTRIC,),
    "cargo_bike": (ELECTRIC, NO_ENERGY),
    "quadricycle": (DIESEL, ELECTRIC, PETROL),
    "car": (PETROL, DIESEL, HYBRID, ELECTRIC),
}
_MOTORCYCLE_ENERGIES = (PETROL, ELECTRIC)

EQUIPMENT = {
    "lock": "antivol",
    "helmet_s": "casque, taille S",
    "helmet_m": "casque, taille M",
    "helmet_l": "casque, taille L",
    "child_seat": "siège enfant",
    "basket": "panier ou sacoches",
    "rain_cover": "protection contre la pluie",
    "charger": "chargeur",
}
_CYCLE_EQUIPMENT = tuple(code for code in EQUIPMENT if code != "charger")
_MOTORCYCLE_EQUIPMENT = ("lock", "helmet_s", "helmet_m", "helmet_l", "rain_cover", "charger")


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """What is checked of a vehicle's sheet: days are the lessor's return date and the purchase; amounts in cents."""

    kind: str
    energy: str
    equipment: Sequence[str] = ()
    ownership: str | None = OWNED
    lessor: str | None = None
    lease_until: date | None = None
    lease_cents: int | None = None
    in_service_on: date
    out_of_service_on: date | None = None


SHEET_FIELDS = tuple(field.name for field in fields(Sheet))
# How a vehicle's own names are kept, so that two people who type them alike mean one vehicle.
PLAIN: dict[str, Callable[[str], str]] = {
    "plate": written,
    "frame_number": lambda text: text.upper().replace(" ", ""),
}


def energies_of(kind: Kind) -> tuple[str, ...]:
    """What may drive a vehicle of this kind, the usual first."""
    return _ENERGIES_OF.get(kind.code, _MOTORCYCLE_ENERGIES)


def equipment_of(kind: Kind) -> tuple[str, ...]:
    """What may come with a vehicle of this kind, by code."""
    if not kind.needs_licence:
        return _CYCLE_EQUIPMENT if kind.code == "bike" else tuple(EQUIPMENT)
    return ("child_seat", "charger") if kind.feminine else _MOTORCYCLE_EQUIPMENT


def fields_of(kind: Kind) -> frozenset[str]:
    """The fields of the sheet that only some kinds have, for this one."""
    found = {"plate", "keeper", "inspection_until", "co2_g_km"} if kind.needs_licence else set()
    found |= {"gearbox", "double_controls", "adaptations"} if kind.has_gearbox else set()
    found |= {"energy"} if len(energies_of(kind)) > 1 else set()
    return frozenset(found | ({"level"} if energies_of(kind) != (NO_ENERGY,) else set()))


def check_sheet(sheet: Sheet) -> None:
    """Raises RuleBroken beside the field at fault."""
    kind = get_kind(sheet.kind)
    if sheet.energy not in energies_of(kind):
        known = ", ".join(ENERGIES[code] for code in energies_of(kind))
        raise RuleBroken(f"Pour {kind.a}, choisissez parmi : {known}.", field="energy")
    if foreign := [EQUIPMENT[code] for code in sheet.equipment if code not in equipment_of(kind)]:
        raise RuleBroken(f"Cet équipement ne va pas avec {kind.a} : {', '.join(foreign)}.", field="equipment")
    if sheet.out_of_service_on is not None and sheet.out_of_service_on < sheet.in_service_on:
        raise RuleBroken("La sortie du parc vient après la mise en service.", field="out_of_service_on")
    _check_ownership(sheet)


def _check_ownership(sheet: Sheet) -> None:
    terms = {"lessor": sheet.lessor, "lease_until": sheet.lease_until, "lease_cents": sheet.lease_cents}
    if sheet.ownership in (None, OWNED):
        for field, value in terms.items():
            if value is not None:
                raise RuleBroken("Ce véhicule est noté comme le vôtre : dites d’abord qu’il est loué ou prêté.", field=field)
    elif not sheet.lessor:
        raise RuleBroken("Nommez la société ou le partenaire à qui il appartient.", field="lessor")
    if sheet.lease_until is not None and sheet.lease_until < sheet.in_service_on:
        raise RuleBroken("La fin de la location vient après la mise en service.", field="lease_until")


def in_order(codes: Iterable[str]) -> list[str]:
    """Equipment by code, each once, in the order it is shown."""
    given = set(codes)
    return [code for code in EQUIPMENT if code in given]
