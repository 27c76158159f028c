"""The steps of a vehicle's life as they are noted: none is rewritten."""

from datetime import date, datetime

from fleet.models import Vehicle, VehicleStep
from mobility import audit
from mobility.db import db
from mobility.rights import Viewer


def note_step(vehicle: Vehicle, stage: str, *, on: date, note: str | None = None, by: Viewer, now: datetime) -> VehicleStep:
    """A locked vehicle is from now on at this stage of its life."""
    vehicle.stage = stage
    step = VehicleStep(vehicle_id=vehicle.id, stage=stage, on=on, note=note, noted_at=now, noted_by=by.account_id)
    db.session.add(step)
    audit.record("step", step, by=by, now=now)
    return step
