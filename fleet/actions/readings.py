"""Odometer readings: judged as they come, doubtful ones aside until confirmed, corrected without being lost (domain.md §10.5)."""

from collections.abc import Sequence
from datetime import datetime

from fleet.actions.opening import open_booking
from fleet.actions.photos import keep_meter_photo
from fleet.models import Booking, OdometerReading, Vehicle
from fleet.odometer import judge_among
from fleet.queries.readings import ACCEPTED, CONFIRMED, DOUBTFUL, ReadingRow, get_reading, list_readings, plain
from mobility import audit
from mobility.db import db
from mobility.errors import Conflict, NotFound, RuleBroken
from mobility.models import Beneficiary
from mobility.rights import Viewer


def record_reading(
    booking: Booking,
    person: Beneficiary,
    vehicle: Vehicle,
    *,
    odometer_km: int,
    source: str,
    read_at: datetime | None = None,
    corrects: OdometerReading | None = None,
    reason: str | None = None,
    photo: int | None = None,
    before: Sequence[ReadingRow] | None = None,
    by: Viewer,
    now: datetime,
) -> OdometerReading:
    """Note what the odometer of an opened booking's vehicle said; a doubtful reading stands aside with its explanation.

    `source` is where it was read: check_out, check_in, or a mode of point-étape; `photo` a picture of it, sent ahead; `before` are
    the vehicle's readings, where the caller has them under its lock.
    Raises RuleBroken beside the field.
    """
    read_at = read_at or now
    if read_at > now:
        raise RuleBroken("Un relevé ne peut pas venir du futur.", field="at")
    before = list_readings(vehicle_id=vehicle.id) if before is None else before
    others = [r for r in before if corrects is None or r.id != corrects.id]
    verdict = judge_among(plain(others), odometer_km, read_at)
    reading = OdometerReading(
        vehicle_id=vehicle.id,
        booking_id=booking.id,
        km=odometer_km,
        read_at=read_at,
        status=ACCEPTED if verdict.accepted else DOUBTFUL,
        source=source,
        explanation=None if verdict.accepted else verdict.sentence,
        reason=reason,
        supersedes_id=corrects.id if corrects else None,
        read_by=by.account_id,
    )
    db.session.add(reading)
    audit.record("record_reading", reading, by=by, now=now, subject=person)
    keep_meter_photo(photo, reading=reading, person=person, by=by, now=now)
    return reading


def read_apart(vehicle: Vehicle, *, odometer_km: int, source: str, by: Viewer, now: datetime) -> OdometerReading:
    """Note what the odometer of a locked vehicle says outside any rental. Raises RuleBroken for a doubtful one: none would settle it."""
    verdict = judge_among(plain(list_readings(vehicle_id=vehicle.id)), odometer_km, now)
    if not verdict.accepted:
        raise RuleBroken(verdict.sentence, field="odometer_km")
    reading = OdometerReading(vehicle_id=vehicle.id, km=odometer_km, read_at=now, status=ACCEPTED, source=source, read_by=by.account_id)
    db.session.add(reading)
    audit.record("record_reading", reading, by=by, now=now)
    return reading


def confirm_reading(booking_id: int, reading_id: int, *, reason: str, by: Viewer, now: datetime) -> OdometerReading:
    """Believe a doubtful reading, with a reason; kilometres are derived anew. Raises NotFound, Conflict, RuleBroken."""
    _, person, _, reading = _open(booking_id, reading_id, now=now)
    if reading.status != DOUBTFUL:
        raise Conflict("Ce relevé n’est plus en attente : il a déjà été confirmé.")
    if not reason.strip():
        raise RuleBroken("Dites pourquoi ce relevé est juste.", field="reason")
    reading.status, reading.reason = CONFIRMED, reason.strip()
    audit.record("confirm_reading", reading, by=by, now=now, subject=person)
    return reading


def correct_reading(booking_id: int, reading_id: int, *, odometer_km: int, reason: str, by: Viewer, now: datetime) -> OdometerReading:
    """Put a reading right: the new one supersedes it and it stays in the history. Raises NotFound, Conflict, RuleBroken."""
    booking, person, vehicle, reading = _open(booking_id, reading_id, now=now)
    if any(other.supersedes_id == reading.id for other in list_readings(booking_id=booking.id)):
        raise Conflict("Ce relevé a déjà été corrigé : corrigez le plus récent.")
    if not reason.strip():
        raise RuleBroken("Dites pourquoi ce relevé est corrigé.", field="reason")
    return record_reading(
        booking,
        person,
        vehicle,
        odometer_km=odometer_km,
        source=reading.source,
        read_at=reading.read_at,
        corrects=reading,
        reason=reason.strip(),
        by=by,
        now=now,
    )


def _open(booking_id: int, reading_id: int, *, now: datetime) -> tuple[Booking, Beneficiary, Vehicle, OdometerReading]:
    booking, person, vehicle = open_booking(booking_id, version=None, now=now)
    reading = get_reading(reading_id)
    if reading.booking_id != booking.id:
        raise NotFound
    db.session.refresh(reading)
    if reading.vehicle_id != vehicle.id:
        raise Conflict("Ce relevé est celui d’un autre véhicule, échangé depuis : il ne change plus.")
    return booking, person, vehicle, reading
