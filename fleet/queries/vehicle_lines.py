"""A fleet's spreadsheet read against the fleet that is there: for each line what would be done, or what stands against it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from marshmallow import ValidationError
from sqlalchemy import select

from fleet.kinds import get_kind
from fleet.models import OdometerReading, Vehicle
from fleet.schemas.vehicles import VehicleSchema
from fleet.vehicle_columns import COLUMNS, NEEDED, find_column, folded, read_cell
from fleet.vehicle_life import IN_SERVICE, STAGE_NAMES
from fleet.vehicle_sheet import PLAIN, SHEET_FIELDS, Sheet, check_sheet, energies_of, in_order
from mobility.db import db
from mobility.errors import RuleBroken
from mobility.imports.sheets import Row
from mobility.queries.sites import list_sites
from mobility.web.fields import Choice, Km, _Field
from mobility.web.forms import flatten

NEW, CHANGED, SAME, REFUSED = "new", "changed", "same", "refused"
OWN = ("label", "plate", "frame_number")
_HEADINGS = {column.name: column.heading for column in COLUMNS}


@dataclass(kw_only=True)
class Line:
    """One line: what it says (`values` by field), the vehicle it means, which columns change, and each fault in words."""

    number: int
    name: str
    values: dict[str, Any]
    faults: list[str] = field(default_factory=list)
    vehicle: Vehicle | None = None
    odometer_km: int | None = None

    @property
    def changes(self) -> list[str]:
        """The fields that would change, the odometer's too."""
        found = [name for name, value in self.values.items() if self.vehicle is None or getattr(self.vehicle, name) != value]
        return found + (["odometer_km"] if self.odometer_km is not None else [])

    @property
    def verdict(self) -> str:
        """What is to be done with it."""
        if self.faults:
            return REFUSED
        return NEW if self.vehicle is None else CHANGED if self.changes else SAME

    @property
    def sentence(self) -> str:
        """Why it is refused, or what changes."""
        if self.faults:
            return " ; ".join(self.faults)
        return "" if self.vehicle is None else ", ".join(_HEADINGS[name] for name in self.changes)


class Fleet:
    """The fleet as the lines are compared with it: vehicles by each of their names, poles by theirs, odometers."""

    def __init__(self) -> None:
        vehicles = db.session.scalars(select(Vehicle).order_by(Vehicle.id)).all()
        self.by_name = {name: {_key(name, getattr(v, name)): v for v in vehicles if getattr(v, name)} for name in OWN}
        self.sites = {folded(site.name): site.id for site in list_sites()}
        self.kms: dict[int, set[int]] = defaultdict(set)
        for vehicle_id, km in db.session.execute(select(OdometerReading.vehicle_id, OdometerReading.km)):
            self.kms[vehicle_id].add(km)

    def site(self, text: str) -> int:
        """The pole of this name. Raises ValueError."""
        if folded(text) not in self.sites:
            raise ValueError(f"« {text[:40]} » n’est pas un de vos pôles")
        return self.sites[folded(text)]

    def meant(self, values: Mapping[str, Any]) -> list[Vehicle]:
        """The vehicles that a line's names lead to, each once."""
        found = [self.by_name[name].get(_key(name, values[name])) for name in OWN if values.get(name)]
        return list({vehicle.id: vehicle for vehicle in found if vehicle is not None}.values())


def _key(name: str, value: str) -> str:
    return folded(value) if name == "label" else value


def unknown_headings(headings: Iterable[str]) -> list[str]:
    """The columns that would be left aside."""
    return [heading for heading in headings if heading and find_column(heading) is None]


def judge(rows: Sequence[Row], *, today: date) -> list[Line]:
    """Every line with what would be done; a vehicle that is there is known by its plate, its frame number or its name."""
    fleet, seen = Fleet(), {name: dict[str, int]() for name in OWN}
    return [_judge(row, fleet, seen, today) for row in rows]


def _judge(row: Row, fleet: Fleet, seen: dict[str, dict[str, int]], today: date) -> Line:
    values, faults = _read(row, fleet)
    odometer_km, stage = values.pop("odometer_km", None), values.pop("stage", None)
    line = Line(number=row.line, name=str(values.get("label") or values.get("plate") or "–"), values=values, faults=faults)
    _see_twice(line, seen)
    found = fleet.meant(values)
    if len(found) > 1:
        line.faults.append(f"ses noms désignent deux véhicules : {' et '.join(v.label for v in found)}")
        return line
    line.vehicle = found[0] if found else None
    _settle_stage(line, stage, today)
    if odometer_km is not None and (line.vehicle is None or odometer_km not in fleet.kms[line.vehicle.id]):
        line.odometer_km = odometer_km
    if not line.faults:
        _check(line)
    return line


def _read(row: Row, fleet: Fleet) -> tuple[dict[str, Any], list[str]]:
    told, faults = {}, []
    for heading, text in row.cells.items():
        column = find_column(heading)
        if column is None or not text:
            continue
        try:
            told[column.name] = fleet.site(text) if column.name == "site_id" else read_cell(column, text, _typed)
        except ValueError as refused:
            faults.append(f"{column.heading} : {refused}")
    try:
        values = _LINES.load(told, partial=True)
    except ValidationError as refused:
        wrong = flatten(refused.messages)
        faults += [f"{_HEADINGS.get(name.split('.')[0], name)} : {sentence}" for name, sentence in wrong.items()]
        values = dict(refused.valid_data if isinstance(refused.valid_data, dict) else {})
    values |= {name: plain(values[name]) for name, plain in PLAIN.items() if values.get(name)}
    values |= {"equipment": in_order(values["equipment"])} if "equipment" in values else {}
    return values, faults


class _LineSchema(VehicleSchema):
    """A vehicle's fields as a line holds them: any stage is said, and the odometer."""

    stage = Choice(STAGE_NAMES)
    odometer_km = Km()


_LINES = _LineSchema()


def _typed(name: str, text: str) -> Any:
    declared = _LINES.fields[name]
    return declared.typed(text) if isinstance(declared, _Field) else text


def _see_twice(line: Line, seen: dict[str, dict[str, int]]) -> None:
    for name in OWN:
        if value := line.values.get(name):
            first = seen[name].setdefault(_key(name, value), line.number)
            if first != line.number:
                line.faults.append(f"{_HEADINGS[name]} : « {value} » est déjà à la ligne {first}")


def _settle_stage(line: Line, stage: str | None, today: date) -> None:
    if line.vehicle is not None:
        if stage not in (None, line.vehicle.stage):
            line.faults.append(f"État : il est {STAGE_NAMES[line.vehicle.stage]}, et son étape suivante se note sur sa page")
        if line.values.pop("kind", line.vehicle.kind) != line.vehicle.kind:
            line.faults.append(f"Type : ce véhicule est déjà là comme {get_kind(line.vehicle.kind).name}")
        return
    told = " ".join(line.faults)
    missing = [heading for name, heading in _HEADINGS.items() if heading in NEEDED and name not in line.values and heading not in told]
    line.faults += [f"{heading} : cette case est nécessaire" for heading in missing]
    if stage not in (None, IN_SERVICE, "ordered"):
        line.faults.append("État : un véhicule entre dans le parc commandé ou en service")
    line.values.setdefault("in_service_on", today)
    line.values |= {"stage": stage} if stage else {}


def _check(line: Line) -> None:
    """What the action would refuse, said before."""
    known = {name: getattr(line.vehicle, name) for name in SHEET_FIELDS} if line.vehicle else {}
    told = known | {name: value for name, value in line.values.items() if name in SHEET_FIELDS}
    told["energy"] = told.get("energy") or energies_of(get_kind(told["kind"]))[0]
    try:
        check_sheet(Sheet(**told))
    except RuleBroken as refused:
        line.faults.append(f"{_HEADINGS.get(refused.field or '', 'Ligne')} : {refused.sentence}")
