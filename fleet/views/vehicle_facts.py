"""A vehicle's sheet as its page shows it: only what is known, and what matters for its kind."""

from datetime import date

from fleet.checks import level_names
from fleet.kinds import get_kind
from fleet.models import Vehicle
from fleet.vehicle_sheet import ENERGIES, EQUIPMENT, GEARBOXES, KEEPERS, OWNED, OWNERSHIPS, fields_of
from mobility.money import euros
from mobility.periods import say_day

Facts = list[tuple[str, str]]


def sheet_facts(vehicle: Vehicle) -> Facts:
    """Names and words, in the order of the form."""
    told = [*_identity(vehicle), *_drive(vehicle), *_ownership(vehicle), *_insurance(vehicle)]
    return [(name, said) for name, said in told if said]


def _identity(vehicle: Vehicle) -> list[tuple[str, str | None]]:
    has_plate = "plate" in fields_of(get_kind(vehicle.kind))
    return [
        ("Plaque", vehicle.plate or ("–" if has_plate else None)),
        ("Numéro de série" if has_plate else "Numéro de cadre", vehicle.frame_number),
        ("Stationnement", vehicle.parking),
        ("Clés", vehicle.keys_place),
        ("Dans le parc depuis le", _day(vehicle.in_service_on)),
        ("Sortie du parc le", _day(vehicle.out_of_service_on)),
    ]


def _drive(vehicle: Vehicle) -> list[tuple[str, str | None]]:
    gearbox = GEARBOXES[vehicle.gearbox].capitalize() if vehicle.gearbox else None
    return [
        ("Boîte de vitesses", f"{gearbox}, doubles commandes" if gearbox and vehicle.double_controls else gearbox),
        ("Adaptations", vehicle.adaptations),
        ("Énergie", None if vehicle.energy == "none" else ENERGIES[vehicle.energy].capitalize()),
        ("Niveau au dernier relevé", level_names(vehicle.energy)[vehicle.level].capitalize() if vehicle.level else None),
        ("CO₂", None if vehicle.co2_g_km is None else f"{vehicle.co2_g_km} g/km"),
        ("Équipement", ", ".join(EQUIPMENT[code] for code in vehicle.equipment)),
    ]


def _ownership(vehicle: Vehicle) -> list[tuple[str, str | None]]:
    is_hired_out = "keeper" in fields_of(get_kind(vehicle.kind)) and vehicle.ownership != OWNED
    return [
        ("À qui il est", OWNERSHIPS[vehicle.ownership].capitalize()),
        ("Loueur ou partenaire", vehicle.lessor),
        ("À lui rendre le", _day(vehicle.lease_until)),
        ("Loyer par mois", _amount(vehicle.lease_cents)),
        ("Carte grise au nom de", KEEPERS[vehicle.keeper].capitalize() if is_hired_out else None),
        ("Acheté le", _day(vehicle.purchased_on)),
        ("Prix d’achat", _amount(vehicle.purchase_cents)),
    ]


def _insurance(vehicle: Vehicle) -> list[tuple[str, str | None]]:
    return [
        ("Assureur", vehicle.insurer),
        ("Contrat", vehicle.policy),
        ("Franchise", _amount(vehicle.excess_cents)),
    ]


def _day(day: date | None) -> str | None:
    return None if day is None else say_day(day)


def _amount(cents: int | None) -> str | None:
    return None if cents is None else euros(cents)
