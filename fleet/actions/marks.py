"""Marks noted with the report they were seen in, and told gone once mended."""

from collections.abc import Sequence
from datetime import datetime

from fleet.actions.occupancy import lock_vehicle
from fleet.actions.photos import keep_photos
from fleet.marks import Pin, check_new, check_pins, known_at
from fleet.models import ConditionReport, Vehicle, VehicleMark
from fleet.queries.marks import list_known, list_zones
from mobility import audit
from mobility.db import db
from mobility.errors import Conflict, NotFound
from mobility.periods import paris_day
from mobility.rights import Viewer


def note_marks(report: ConditionReport, vehicle: Vehicle, pins: Sequence[Pin], *, by: Viewer, now: datetime) -> list[VehicleMark]:
    """Add to what is known of a locked vehicle. Raises RuleBroken beside the field: out of the sketch, too many, like a known one."""
    placed = check_pins(vehicle.kind, pins, dict(list_zones(vehicle.kind, paris_day(now))))
    if placed:
        check_new(placed, known_at(list_known(vehicle.id), now))
    return [_note(report, pin, by=by, now=now) for pin in placed]


def _note(report: ConditionReport, pin: Pin, *, by: Viewer, now: datetime) -> VehicleMark:
    mark = VehicleMark(vehicle_id=report.vehicle_id, report_id=report.id, zone=pin.zone, kind=pin.kind, x=pin.x, y=pin.y, note=pin.note)
    mark.seen_at, mark.seen_by = report.at, by.account_id
    db.session.add(mark)
    audit.record("note_mark", mark, by=by, now=now)
    keep_photos(pin.photos, report=report, mark=mark, field=pin.at("photo"), by=by, now=now)
    return mark


def mend_mark(vehicle_id: int, mark_id: int, *, by: Viewer, now: datetime) -> VehicleMark:
    """A mark is mended: nobody is shown it any more, and reports of before keep it. Raises NotFound, Conflict."""
    lock_vehicle(vehicle_id)
    mark = db.session.get(VehicleMark, mark_id)
    if mark is None or mark.vehicle_id != vehicle_id:
        raise NotFound("Cette marque n’est pas sur ce véhicule.")
    db.session.refresh(mark)
    if mark.gone_at is not None:
        raise Conflict("Cette marque est déjà dite réparée.")
    mark.gone_at, mark.gone_by = now, by.account_id
    audit.record("mend_mark", mark, by=by, now=now)
    return mark
