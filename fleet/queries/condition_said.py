"""A condition report as statements, one a line: as its paper says it, and the words with which a device says the same without network."""

from collections.abc import Iterable, Mapping
from typing import Any

from fleet.checklists import FOUND_NAMES, NOT_SEEN
from fleet.checks import CHECK_IN, CHECK_OUT, FUEL_NAMES, MOMENT_NAMES, STATE_NAMES, say_level
from fleet.documents.condition_report import ConditionReportPaper
from fleet.marks import KIND_NAMES, ZONE_NAMES, say_mark
from fleet.models import Vehicle, VehicleMark
from fleet.queries.rentals import Rental
from mobility.tongues import capital

_KM = "Compteur : {} km"
_REMARK = "Remarque : {}"
_PICTURES = "Photos : {}"


def said_of(paper: ConditionReportPaper, *, reads_km: bool) -> tuple[str, ...]:
    """What a paper says, in lines; the odometer when this report read it. Figures are plain: "Compteur : 48000 km"."""
    moment = CHECK_IN if paper.is_return else CHECK_OUT
    return (
        *_heads(moment, paper.vehicle.kind, paper.vehicle.label, paper.vehicle.plate, paper.person.full_name),
        *((_KM.format(paper.vehicle.odometer_km),) if reads_km else ()),
        _energy(paper.energy),
        *(_stated(check.part, check.state) for check in paper.checks),
        *(_stated(item, found) for item, found in paper.checklist),
        *(_marked(mark.words, mark.note) for mark in paper.marks),
        *((_REMARK.format(paper.remark),) if paper.remark else ()),
        _PICTURES.format(paper.photos),
    )


def words_of(rental: Rental, moment: str, asks: Mapping[str, Any], known: Iterable[VehicleMark]) -> dict[str, Any]:
    """What a script needs to say the same of a form that is still to be sent: each answer's line by field and code."""
    vehicle, person = rental.vehicle, rental.person
    zones = [(f"zone_{code}", {state: _stated(name, words) for state, words in STATE_NAMES.items()}) for code, name in asks["zones"]]
    found = FOUND_NAMES | {"": NOT_SEEN}
    checks = [(f"check_{code}", {state: _stated(item, words) for state, words in found.items()}) for code, item in asks["checklist"]]
    return {
        "heads": _heads(moment, capital(rental.kind.name), vehicle.label, vehicle.plate, f"{person.first_name} {person.last_name}"),
        "km": _KM,
        "answers": [("fuel", _levels(vehicle)), *zones, *checks],
        "mark": _marked("{kind}, {zone}", ""),
        "kinds": {code: capital(name) for code, name in KIND_NAMES.items()},
        "zones": ZONE_NAMES,
        "known": [_marked(say_mark(mark.kind, mark.zone), mark.note or "") for mark in known],
        "remark": _REMARK,
        "pictures": _PICTURES,
    }


def _heads(moment: str, kind: str, label: str, plate: str | None, person: str) -> tuple[str, ...]:
    named = ", ".join(part for part in (kind, label, plate) if part)
    return capital(MOMENT_NAMES[moment]), f"Véhicule : {named}", f"Personne : {person}"


def _levels(vehicle: Vehicle) -> dict[str, str]:
    return {code: _energy(say_level(vehicle.energy, code or None)) for code in ("", *FUEL_NAMES)}


def _energy(words: str) -> str:
    return f"Énergie : {words}"


def _stated(part: str, state: str) -> str:
    return f"{capital(part)} : {state}"


def _marked(words: str, note: str) -> str:
    """A mark with its note; one that is not noted yet ends at its words, and its note follows after " ; "."""
    return f"Marque : {capital(words)}{f' ; {note}' if note else ''}"
