"""What goes with a vehicle lent to another platform: its sheet, its odometer and its marks; never a word that names a person."""

from collections.abc import Mapping
from contextlib import suppress
from datetime import date, datetime
from typing import Any

from fleet.actions.readings import read_apart
from fleet.marks import Pin, find_double, known_at
from fleet.models import Vehicle, VehicleMark
from fleet.queries.insurance import insurance_of
from fleet.queries.marks import list_known
from fleet.queries.readings import last_km
from mobility import audit
from mobility.db import db
from mobility.errors import RuleBroken
from mobility.periods import paris_day
from mobility.rights import Viewer

# What the next contract and the first look over the vehicle need, as the borrower's own sheet holds it.
FACTS = (
    "plate", "frame_number", "gearbox", "double_controls", "adaptations", "energy", "level", "equipment",
    "inspection_until", "insured_until", "insurer", "policy", "excess_cents", "co2_g_km",
)  # fmt: skip
_DAYS = ("inspection_until", "insured_until")


def write_sheet(vehicle: Vehicle, *, now: datetime) -> dict[str, Any]:
    """What the borrower learns of a vehicle; its insurer and its excess are the lender's, also by its platform's rule."""
    said = insurance_of(vehicle, paris_day(now))
    kept = {name: getattr(vehicle, name) for name in ("label", *FACTS)}
    kept |= {"insurer": said.insurer or None, "excess_cents": said.excess_cents}
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in kept.items()} | write_look(vehicle, now=now)


def write_look(vehicle: Vehicle, *, now: datetime) -> dict[str, Any]:
    """How it is now: its odometer and the marks that stand. What somebody wrote beside a mark stays here."""
    marks = known_at(list_known(vehicle.id), now)
    told = [{"zone": mark.zone, "kind": mark.kind, "x": mark.x, "y": mark.y} for mark in marks]
    return {"odometer_km": last_km(vehicle.id), "marks": told}


def facts_of(sheet: Mapping[str, Any]) -> dict[str, Any]:
    """The columns of the borrower's own vehicle; a sheet of before holds fewer."""
    known = {name: sheet[name] for name in FACTS if name in sheet}
    return known | {name: date.fromisoformat(known[name]) for name in _DAYS if known.get(name)}


def read_look(vehicle: Vehicle, look: Mapping[str, Any], *, by: Viewer, now: datetime) -> None:
    """Note on a locked vehicle what the other platform knew of it and this one does not: nobody answers here for a mark made there."""
    km = look.get("odometer_km")
    if km is not None and km != last_km(vehicle.id):
        with suppress(RuleBroken):  # what the two say does not agree: the next handover reads it for itself
            read_apart(vehicle, odometer_km=km, source="loan", by=by, now=now)
    known = known_at(list_known(vehicle.id), now)
    for told in look.get("marks", ()):
        if find_double(Pin(row=0, **told), known) is None:
            mark = VehicleMark(vehicle_id=vehicle.id, seen_at=now, seen_by=by.account_id, **told)
            db.session.add(mark)
            audit.record("note_mark", mark, by=by, now=now)
