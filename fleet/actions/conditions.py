"""Condition reports: whole when the keys go out and come back, short at a point-étape (domain.md §2.4, §2.5)."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from fleet.actions.marks import note_marks
from fleet.actions.photos import keep_photos
from fleet.checklists import check_found
from fleet.checks import CHECK_IN, CHECK_OUT, check_fuel, check_zones
from fleet.follow_up import check_note
from fleet.marks import Pin
from fleet.models import Booking, ConditionReport, Vehicle
from fleet.queries.checklists import own_of
from mobility import audit
from mobility.db import db
from mobility.models import Beneficiary
from mobility.rights import Viewer


def note_condition(
    booking: Booking,
    person: Beneficiary,
    vehicle: Vehicle,
    moment: str,
    *,
    zones: Mapping[str, str] | None = None,
    fuel: str | None = None,
    checks: Mapping[str, str] | None = None,
    note: str | None = None,
    marks: Sequence[Pin] = (),
    photos: Sequence[int] = (),
    by: Viewer,
    now: datetime,
) -> ConditionReport:
    """Keep what was seen of an opened booking's vehicle, its new marks and its pictures. Raises RuleBroken beside the field."""
    is_whole = moment in (CHECK_OUT, CHECK_IN)
    report = ConditionReport(
        booking_id=booking.id,
        vehicle_id=vehicle.id,
        moment=moment,
        zones=check_zones(vehicle.kind, zones or {}, whole=is_whole),
        fuel=check_fuel(vehicle.energy, fuel) if is_whole else None,
        checks=check_found(vehicle.kind, checks or {}, own_of(vehicle.kind, moment)) if is_whole else None,
        note=check_note(note),
        at=now,
        by=by.account_id,
    )
    vehicle.level = report.fuel or vehicle.level
    db.session.add(report)
    audit.record("note_condition", report, by=by, now=now, subject=person)
    note_marks(report, vehicle, marks, by=by, now=now)
    keep_photos(photos, report=report, by=by, now=now)
    return report
