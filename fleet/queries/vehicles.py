"""Vehicles as pages and rules read them."""

from sqlalchemy import select

from fleet.availability import VehicleFacts
from fleet.models import Vehicle
from mobility.db import db
from mobility.errors import NotFound


def get_vehicle(vehicle_id: int) -> Vehicle:
    """The vehicle. Raises NotFound."""
    found = db.session.get(Vehicle, vehicle_id)
    if found is None:
        raise NotFound("Ce véhicule n’existe pas ici.")
    return found


def list_vehicles(*, kind: str | None = None, site_id: int | None = None) -> list[Vehicle]:
    """The vehicles of the platform by kind and label; those that left the fleet come last."""
    chosen = select(Vehicle).order_by(Vehicle.out_of_service_on.is_not(None), Vehicle.kind, Vehicle.label)
    if kind:
        chosen = chosen.filter(Vehicle.kind == kind)
    if site_id:
        chosen = chosen.filter(Vehicle.site_id == site_id)
    return list(db.session.scalars(chosen))


def facts_of(vehicle: Vehicle) -> VehicleFacts:
    """What decides whether it can be offered."""
    return VehicleFacts(
        id=vehicle.id,
        kind=vehicle.kind,
        gearbox=vehicle.gearbox or "manual",
        inspection_until_on=vehicle.inspection_until,
        insured_until_on=vehicle.insured_until,
    )


def full_name(vehicle: Vehicle) -> str:
    """Label and plate, as people call it."""
    return f"{vehicle.label}, {vehicle.plate}" if vehicle.plate else vehicle.label
