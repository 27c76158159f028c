"""Vehicles as pages and rules read them."""

from datetime import date, datetime
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Select, func, or_, select

from fleet.availability import VehicleFacts
from fleet.models import Vehicle, VehicleStep
from fleet.vehicle_life import keys_stay, stage_on
from mobility.db import db
from mobility.errors import NotFound
from mobility.models import Site
from mobility.periods import paris_day

S = TypeVar("S", bound=Select[*tuple[Any, ...]])


def get_vehicle(vehicle_id: int) -> Vehicle:
    """The vehicle. Raises NotFound."""
    found = db.session.get(Vehicle, vehicle_id)
    if found is None:
        raise NotFound("Ce véhicule n’existe pas ici.")
    return found


def all_vehicles() -> Select[Vehicle, Site]:
    """The platform's vehicles, each with its pole, to be narrowed and put in order."""
    return select(Vehicle, Site).join(Site, Site.id == Vehicle.site_id)


def holds(words: str) -> ColumnElement[bool]:
    """Whether a vehicle's label or plate holds the words, however the plate is typed."""
    plate = words.upper().replace("-", "").replace(" ", "")
    by_plate = func.replace(Vehicle.plate, "-", "").contains(plate, autoescape=True)
    return or_(by_plate, func.lower(Vehicle.label).contains(words.strip().lower(), autoescape=True))


def matching(asked: S, words: str) -> S:
    """Those whose label or plate holds the words."""
    return asked.filter(holds(words))


def facts_of(vehicle: Vehicle) -> VehicleFacts:
    """What decides whether it can be offered."""
    return VehicleFacts(
        id=vehicle.id,
        kind=vehicle.kind,
        gearbox=vehicle.gearbox or "manual",
        inspection_until_on=vehicle.inspection_until,
        insured_until_on=vehicle.insured_until,
        leased_until_on=vehicle.lease_until,
    )


def why_keys_stay(vehicle: Vehicle, now: datetime) -> str | None:
    """Why the keys of a vehicle go to nobody at this moment; None where they may."""
    return keys_stay(stage_on(paris_day(now), stage=vehicle.stage, out_of_service_on=vehicle.out_of_service_on))


def list_steps(vehicle: Vehicle) -> list[VehicleStep]:
    """The steps of its life, the latest first."""
    asked = select(VehicleStep).filter(VehicleStep.vehicle_id == vehicle.id)
    return list(db.session.scalars(asked.order_by(VehicleStep.on.desc(), VehicleStep.id.desc())))


def last_step_on(vehicle: Vehicle) -> date:
    """The day of its last step; of a vehicle older than its history, the day it came."""
    last = select(func.max(VehicleStep.on)).filter(VehicleStep.vehicle_id == vehicle.id)
    return db.session.scalar(last) or vehicle.in_service_on


def full_name(vehicle: Vehicle) -> str:
    """Label and plate, as people call it."""
    return f"{vehicle.label}, {vehicle.plate}" if vehicle.plate else vehicle.label
