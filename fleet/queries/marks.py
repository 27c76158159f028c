"""What is known of a vehicle's marks: all of them, those of a look, and what is new since the keys went."""

from collections import defaultdict
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from sqlalchemy import select

from fleet.checks import CHECK_IN, CHECK_OUT
from fleet.marks import OTHER, ZONE_NAMES, Known, known_at, new_since, zones_key
from fleet.models import ConditionReport, LookPhoto, OdometerReading, VehicleMark
from fleet.queries.rentals import Rental, list_conditions
from mobility import practice
from mobility.db import db


def list_zones(kind: str, day: date) -> list[tuple[str, str]]:
    """The zones that the platform tells apart on a kind on a day, and "other": code and words."""
    asked = {*practice.value_on(zones_key(kind), day), OTHER}
    return [(zone, words) for zone, words in ZONE_NAMES.items() if zone in asked]


def list_marks(vehicle_id: int) -> Sequence[VehicleMark]:
    """Every mark of a vehicle, mended ones too, in the order seen."""
    asked = select(VehicleMark).filter(VehicleMark.vehicle_id == vehicle_id)
    return db.session.scalars(asked.order_by(VehicleMark.seen_at, VehicleMark.id)).all()


def list_known(vehicle_id: int) -> list[Known]:
    """The marks of a vehicle as the rules read them."""
    return plain(list_marks(vehicle_id))


def plain(rows: Collection[VehicleMark]) -> list[Known]:
    """Rows as the rules read them."""
    return [Known(id=m.id, zone=m.zone, kind=m.kind, x=m.x, y=m.y, seen_at=m.seen_at, gone_at=m.gone_at) for m in rows]


def standing(vehicle_id: int, at: datetime) -> list[VehicleMark]:
    """The marks known and not mended at an instant."""
    return _pick(list_marks(vehicle_id), lambda known: known_at(known, at))


@dataclass(frozen=True, kw_only=True)
class Comparison:
    """A rental's vehicle as it left and as it came back: the reports, what was already there, what is new, and the pictures."""

    left: ConditionReport | None
    back: ConditionReport | None
    old: Sequence[VehicleMark]
    new: Sequence[VehicleMark]
    of_marks: dict[int, list[int]] = field(default_factory=dict)  # attachments by mark
    of_reports: dict[int, list[int]] = field(default_factory=dict)  # attachments of the whole, by report
    of_readings: dict[str, int] = field(default_factory=dict)  # the odometer's, by where it was read


def compare_looks(rental: Rental) -> Comparison:
    """Out and in, side by side, the last time the rental had this vehicle. Until one taken in exchange is looked over, nothing is new."""
    reports = list_conditions(rental.booking.id, vehicle_id=rental.vehicle.id)
    left = next((report for report in reversed(reports) if report.moment == CHECK_OUT), None)
    back = next((report for report in reports if report.moment == CHECK_IN and (left is None or report.at >= left.at)), None)
    rows = list_marks(rental.vehicle.id)
    left_at, until = (left.at if left else None), (back.at if back else None)
    old = _pick(rows, lambda known: known_at(known, left_at)) if left_at else []
    ours = [row for row in rows if row.report_id in {report.id for report in reports}]
    new = _pick(ours, lambda known: new_since(known, left_at=left_at, until=until))
    photos = photos_of_reports([report.id for report in reports])
    return Comparison(
        left=left,
        back=back,
        old=old,
        new=new,
        of_marks=photos_of_marks([mark.id for mark in (*old, *new)]),
        of_reports=photos,
        of_readings=_meter_photos(rental),
    )


def photos_of_marks(ids: Collection[int]) -> dict[int, list[int]]:
    """The attachments that show each of these marks."""
    found: dict[int, list[int]] = defaultdict(list)
    for photo in db.session.scalars(select(LookPhoto).filter(LookPhoto.mark_id.in_(ids)).order_by(LookPhoto.id)):
        found[photo.mark_id or 0].append(photo.attachment_id)
    return dict(found)


def photos_of_reports(ids: Collection[int]) -> dict[int, list[int]]:
    """The attachments that show each of these reports' vehicle as a whole."""
    found: dict[int, list[int]] = defaultdict(list)
    asked = select(LookPhoto).filter(LookPhoto.report_id.in_(ids), LookPhoto.mark_id.is_(None))
    for photo in db.session.scalars(asked.order_by(LookPhoto.id)):
        found[photo.report_id or 0].append(photo.attachment_id)
    return dict(found)


def photos_of_readings(booking_id: int) -> dict[int, int]:
    """The picture of the odometer, by reading, of one rental."""
    asked = select(LookPhoto).join(OdometerReading, OdometerReading.id == LookPhoto.reading_id)
    return {p.reading_id or 0: p.attachment_id for p in db.session.scalars(asked.filter(OdometerReading.booking_id == booking_id))}


def _meter_photos(rental: Rental) -> dict[str, int]:
    asked = (
        select(OdometerReading.source, LookPhoto.attachment_id)
        .join(LookPhoto, LookPhoto.reading_id == OdometerReading.id)
        .filter(OdometerReading.booking_id == rental.booking.id, OdometerReading.vehicle_id == rental.vehicle.id)
        .filter(OdometerReading.source.in_((CHECK_OUT, CHECK_IN)))
    )
    return {source: attachment_id for source, attachment_id in db.session.execute(asked)}


def _pick(rows: Sequence[VehicleMark], rule: Callable[[list[Known]], list[Known]]) -> list[VehicleMark]:
    """The rows that a rule on what is known keeps."""
    kept = {known.id for known in rule(plain(rows))}
    return [row for row in rows if row.id in kept]
