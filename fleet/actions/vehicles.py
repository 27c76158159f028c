"""Vehicles come into the fleet, change, and leave it."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import select

from fleet.actions.occupancy import lock_vehicle
from fleet.kinds import get_kind
from fleet.lifecycle import HOLDING
from fleet.models import Occupancy, Vehicle
from mobility import audit
from mobility.db import db
from mobility.errors import Conflict, RuleBroken
from mobility.models import Site
from mobility.periods import ONE_DAY, instant_of
from mobility.rights import Viewer

GEARBOXES = {"manual": "manuelle", "automatic": "automatique"}


def add_vehicle(*, kind: str, label: str, site_id: int, in_service_on: date, by: Viewer, now: datetime, **more: Any) -> Vehicle:
    """A vehicle joins the fleet; `more` holds the other columns of Vehicle. Raises RuleBroken, Conflict when plate or label is known."""
    vehicle = Vehicle(kind=get_kind(kind).code)
    _fill(vehicle, label=label, site_id=site_id, in_service_on=in_service_on, **more)
    db.session.add(vehicle)
    audit.record("add", vehicle, by=by, now=now)
    return vehicle


def change_vehicle(vehicle_id: int, *, by: Viewer, now: datetime, **changes: Any) -> Vehicle:
    """What is known of it is put right; its kind never changes. Raises NotFound, RuleBroken, Conflict."""
    vehicle = lock_vehicle(vehicle_id)
    _fill(vehicle, **changes)
    if vehicle.out_of_service_on is not None:
        _check_leaves_free(vehicle)
    audit.record("change", vehicle, by=by, now=now)
    return vehicle


def _fill(vehicle: Vehicle, **values: Any) -> None:
    if values.get("plate"):
        values["plate"] = "-".join(values["plate"].upper().replace("-", " ").split())
    if "site_id" in values and db.session.get(Site, values["site_id"]) is None:
        raise RuleBroken("Ce pôle n’existe pas ici.", field="site_id")
    _check_own_name(vehicle, values)
    for name, value in values.items():
        setattr(vehicle, name, value)
    vehicle.gearbox = (vehicle.gearbox or "manual") if get_kind(vehicle.kind).has_gearbox else None
    if vehicle.out_of_service_on is not None and vehicle.out_of_service_on < vehicle.in_service_on:
        raise RuleBroken("La sortie du parc vient après la mise en service.", field="out_of_service_on")


def _check_own_name(vehicle: Vehicle, values: dict[str, Any]) -> None:
    for field, sentence in (("label", "Un véhicule porte déjà ce nom."), ("plate", "Un véhicule porte déjà cette plaque.")):
        value = values.get(field)
        if value and db.session.scalar(select(Vehicle.id).filter(getattr(Vehicle, field) == value, Vehicle.id != (vehicle.id or 0))):
            raise Conflict(sentence, field=field)


def _check_leaves_free(vehicle: Vehicle) -> None:
    assert vehicle.out_of_service_on is not None
    gone_at = instant_of(vehicle.out_of_service_on + ONE_DAY)
    held = select(Occupancy.id).filter(Occupancy.vehicle_id == vehicle.id, Occupancy.status.in_(HOLDING), Occupancy.ends_at >= gone_at)
    if db.session.scalar(held.limit(1)):
        raise Conflict("Ce véhicule est encore réservé après ce jour : changez d’abord ces réservations.", field="out_of_service_on")
