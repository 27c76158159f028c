"""A fleet's spreadsheet is sent, looked at, and taken as a whole; a second run changes nothing."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete

from fleet.actions.vehicles import add_vehicle, change_vehicle
from fleet.models import OdometerReading, Vehicle, VehicleImport
from fleet.odometer import judge_among
from fleet.queries.readings import ACCEPTED, DOUBTFUL, list_readings, plain
from fleet.queries.vehicle_lines import REFUSED, Line, judge
from fleet.vehicle_columns import NEEDED, find_column
from mobility import audit
from mobility.db import db
from mobility.errors import Conflict, DomainError, NotFound, RuleBroken
from mobility.imports.sheets import Row
from mobility.imports.tables import read_table
from mobility.periods import paris_day
from mobility.rights import Viewer

MOST_LINES = 1000
BY_IMPORT = "import"


def keep_file(name: str, raw: bytes, *, by: Viewer, now: datetime) -> VehicleImport:
    """Read a file and keep its lines until somebody says yes; what waited before is dropped. Raises RuleBroken on `file`."""
    if not raw:
        raise RuleBroken("Choisissez un fichier.", field="file")
    try:
        table = read_table(name, raw, most_lines=MOST_LINES)
    except RuleBroken as refused:
        raise RuleBroken(refused.sentence, field="file") from None
    found = {column.heading for heading in table.headings if (column := find_column(heading))}
    if missing := [heading for heading in NEEDED if heading not in found]:
        named = ", ".join(f"« {heading} »" for heading in missing)
        raise RuleBroken(f"Il manque la colonne {named}. La première ligne du tableau donne le nom de chaque colonne.", field="file")
    db.session.execute(delete(VehicleImport).where(VehicleImport.taken_at.is_(None)))
    kept = VehicleImport(file_name=name[:200], lines=[[row.line, row.cells] for row in table.rows], sent_at=now, counts={})
    kept.sent_by = by.account_id
    db.session.add(kept)
    audit.record("send_fleet", kept, by=by, now=now)
    return kept


def get_import(import_id: int) -> VehicleImport:
    """A file that was sent. Raises NotFound."""
    found = db.session.get(VehicleImport, import_id)
    if found is None:
        raise NotFound
    return found


def rows_of(kept: VehicleImport) -> list[Row]:
    """Its lines."""
    return [Row(line, cells) for line, cells in kept.lines]


def take_file(import_id: int, *, by: Viewer, now: datetime) -> VehicleImport:
    """Do what the preview said, all of it or nothing. Raises NotFound, Conflict, RuleBroken naming the line."""
    kept = get_import(import_id)
    if kept.taken_at is not None:
        raise Conflict("Ce fichier est déjà repris.")
    lines = judge(rows_of(kept), today=paris_day(now))
    if any(line.verdict == REFUSED for line in lines):
        raise RuleBroken("Des lignes sont à corriger : rien n’est repris tant qu’il en reste.")
    kept.counts = count(lines)
    for line in lines:
        _take(line, by=by, now=now)
    kept.lines, kept.taken_at = [], now
    audit.record("take_fleet", kept, by=by, now=now)
    return kept


def count(lines: Sequence[Line]) -> dict[str, int]:
    """How many lines of each verdict."""
    verdicts = [line.verdict for line in lines]
    return {verdict: verdicts.count(verdict) for verdict in sorted(set(verdicts))}


def _take(line: Line, *, by: Viewer, now: datetime) -> None:
    try:
        vehicle = _enter(line, by=by, now=now)
    except DomainError as refused:
        raise RuleBroken(f"Ligne {line.number} : {refused.sentence}") from None
    if line.odometer_km is not None:
        _note_km(vehicle, line.odometer_km, by=by, now=now)


def _enter(line: Line, *, by: Viewer, now: datetime) -> Vehicle:
    if line.vehicle is None:
        return add_vehicle(**line.values, by=by, now=now)
    changed = {name: line.values[name] for name in line.changes if name in line.values}
    return change_vehicle(line.vehicle.id, **changed, by=by, now=now) if changed else line.vehicle


def _note_km(vehicle: Vehicle, km: int, *, by: Viewer, now: datetime) -> None:
    verdict = judge_among(plain(list_readings(vehicle_id=vehicle.id)), km, now)
    reading = OdometerReading(vehicle_id=vehicle.id, km=km, read_at=now, source=BY_IMPORT, read_by=by.account_id)
    reading.status = ACCEPTED if verdict.accepted else DOUBTFUL
    reading.explanation = None if verdict.accepted else verdict.sentence
    db.session.add(reading)
    audit.record("record_reading", reading, by=by, now=now)
