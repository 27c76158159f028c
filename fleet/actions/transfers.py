"""A vehicle moves from a pole to another; its bookings stay, and whoever moves it has read them."""

from datetime import date, datetime

from fleet.actions.occupancy import lock_vehicle
from fleet.models import Vehicle, VehicleTransfer
from fleet.queries.transfers import here_since, list_coming
from fleet.transfers import CORRECTION, check_transfer
from mobility import audit
from mobility.db import db
from mobility.errors import RuleBroken
from mobility.models import Site
from mobility.periods import paris_day
from mobility.rights import Viewer


def transfer_vehicle(
    vehicle_id: int, *, to_site_id: int, on: date, reason: str, note: str | None = None, seen: bool = False, by: Viewer, now: datetime
) -> VehicleTransfer:
    """It stands at another pole from a day on; `seen` says that its bookings to come were read. Raises NotFound, RuleBroken."""
    vehicle = lock_vehicle(vehicle_id)
    if db.session.get(Site, to_site_id) is None:
        raise RuleBroken("Ce pôle n’existe pas ici.", field="to_site_id")
    coming = len(list_coming(vehicle.id, now))
    check_transfer(vehicle.site_id, to_site_id, on, last_on=here_since(vehicle), today=paris_day(now), coming=coming, seen=seen)
    from_id, vehicle.site_id = vehicle.site_id, to_site_id
    return _note(vehicle, from_id, on, reason, note, by=by, now=now)


def note_correction(vehicle: Vehicle, from_id: int, *, by: Viewer, now: datetime) -> None:
    """Its sheet was put right and names another pole: the history says so."""
    if vehicle.site_id != from_id:
        _note(vehicle, from_id, paris_day(now), CORRECTION, None, by=by, now=now)


def _note(vehicle: Vehicle, from_id: int, on: date, reason: str, note: str | None, *, by: Viewer, now: datetime) -> VehicleTransfer:
    moved = VehicleTransfer(vehicle_id=vehicle.id, from_site_id=from_id, to_site_id=vehicle.site_id, on=on, reason=reason, note=note)
    moved.noted_at, moved.noted_by = now, by.account_id
    db.session.add(moved)
    audit.record("transfer", moved, by=by, now=now)
    return moved
