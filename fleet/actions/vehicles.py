"""Vehicles come into the fleet, change, go through the steps of their life, and leave it."""

import re
import secrets
from datetime import date, datetime
from typing import Any

from sqlalchemy import select

from fleet.actions.occupancy import lock_vehicle
from fleet.actions.steps import note_step
from fleet.actions.transfers import note_correction
from fleet.actions.upkeep import reckon
from fleet.actions.work_orders import begin_stay, end_stay
from fleet.kinds import get_kind
from fleet.models import Occupancy, Vehicle, VehicleStep, is_holding
from fleet.queries.vehicles import last_step_on
from fleet.vehicle_life import IN_SERVICE, ORDERED, OUT, WORKSHOP, check_step, stage_on
from fleet.vehicle_sheet import PLAIN, SHEET_FIELDS, Sheet, check_sheet, energies_of, in_order
from mobility import audit
from mobility.db import db
from mobility.errors import Conflict, RuleBroken
from mobility.models import Site
from mobility.periods import ONE_DAY, instant_of, paris_day
from mobility.rights import Viewer

LABEL_CODE = re.compile(r"[A-Za-z0-9_-]{22}")  # 128 bits that nobody guesses: a label stands in public
OWN_NAMES = {
    "label": "Un véhicule porte déjà ce nom.",
    "plate": "Un véhicule porte déjà cette plaque.",
    "frame_number": "Un véhicule porte déjà ce numéro de cadre ou de série.",
}


def add_vehicle(
    *, kind: str, label: str, site_id: int, in_service_on: date, stage: str = IN_SERVICE, by: Viewer, now: datetime, **more: Any
) -> Vehicle:
    """A vehicle joins the fleet; `more` holds the other columns of Vehicle. Raises RuleBroken, Conflict when a name of its own is known."""
    vehicle = Vehicle(kind=get_kind(kind).code, stage=stage, code=secrets.token_urlsafe(16))
    _fill(vehicle, label=label, site_id=site_id, in_service_on=in_service_on, **more)
    db.session.add(vehicle)
    audit.record("add", vehicle, by=by, now=now)
    note_step(vehicle, stage, on=paris_day(now) if stage == ORDERED else in_service_on, by=by, now=now)
    reckon([vehicle], now=now)
    return vehicle


def change_vehicle(vehicle_id: int, *, by: Viewer, now: datetime, **changes: Any) -> Vehicle:
    """What is known of it is put right; its kind never changes. Raises NotFound, RuleBroken, Conflict."""
    vehicle = lock_vehicle(vehicle_id)
    from_id = vehicle.site_id
    _fill(vehicle, **changes)
    if vehicle.out_of_service_on is not None:
        _check_leaves_free(vehicle, vehicle.out_of_service_on, field="out_of_service_on")
    elif vehicle.stage == OUT:
        raise RuleBroken("Ce véhicule est sorti du parc : remettez-le d’abord en service.", field="out_of_service_on")
    audit.record("change", vehicle, by=by, now=now)
    note_correction(vehicle, from_id, by=by, now=now)
    reckon([vehicle], now=now)
    return vehicle


def step_vehicle(
    vehicle_id: int, *, to: str, on: date, note: str | None = None, ends_at: datetime | None = None, by: Viewer, now: datetime
) -> VehicleStep:
    """The next step of its life; to the workshop and back it goes by a work order, which keeps it back until `ends_at`.

    Raises NotFound, RuleBroken, Conflict when bookings stand after the day it leaves, VehicleTaken.
    """
    vehicle, today = lock_vehicle(vehicle_id), paris_day(now)
    stage = stage_on(today, stage=vehicle.stage, out_of_service_on=vehicle.out_of_service_on)
    check_step(stage, to, on=on, last_on=last_step_on(vehicle), today=today)
    if to == WORKSHOP:
        begin_stay(vehicle, ends_at=ends_at, description=note, by=by, now=now)
    elif vehicle.stage == WORKSHOP:
        end_stay(vehicle, by=by, now=now)
    if to == OUT:
        _check_leaves_free(vehicle, on, field="on")
    if stage == ORDERED:
        vehicle.in_service_on = on
    vehicle.out_of_service_on = on if to == OUT else None if stage == OUT else vehicle.out_of_service_on
    return note_step(vehicle, to, on=on, note=note, by=by, now=now)


def _fill(vehicle: Vehicle, **values: Any) -> None:
    values |= {name: plain(values[name]) for name, plain in PLAIN.items() if values.get(name)}
    if "site_id" in values and db.session.get(Site, values["site_id"]) is None:
        raise RuleBroken("Ce pôle n’existe pas ici.", field="site_id")
    _check_own_names(vehicle, values)
    values["energy"] = values.get("energy") or vehicle.energy or energies_of(get_kind(vehicle.kind))[0]
    for name, value in values.items():
        setattr(vehicle, name, value)
    _keep_to_its_kind(vehicle)


def _keep_to_its_kind(vehicle: Vehicle) -> None:
    has_gearbox = get_kind(vehicle.kind).has_gearbox
    vehicle.gearbox = (vehicle.gearbox or "manual") if has_gearbox else None
    vehicle.double_controls = bool(has_gearbox and vehicle.double_controls)
    vehicle.adaptations = vehicle.adaptations if has_gearbox else None
    vehicle.equipment = in_order(vehicle.equipment or ())
    check_sheet(Sheet(**{name: getattr(vehicle, name) for name in SHEET_FIELDS}))


def _check_own_names(vehicle: Vehicle, values: dict[str, Any]) -> None:
    for field, sentence in OWN_NAMES.items():
        value = values.get(field)
        if value and db.session.scalar(select(Vehicle.id).filter(getattr(Vehicle, field) == value, Vehicle.id != (vehicle.id or 0))):
            raise Conflict(sentence, field=field)


def _check_leaves_free(vehicle: Vehicle, gone_on: date, *, field: str) -> None:
    gone_at = instant_of(gone_on + ONE_DAY)
    held = select(Occupancy.id).filter(Occupancy.vehicle_id == vehicle.id, is_holding(), Occupancy.ends_at >= gone_at)
    if db.session.scalar(held.limit(1)):
        raise Conflict("Ce véhicule est encore réservé après ce jour : changez d’abord ces réservations.", field=field)
