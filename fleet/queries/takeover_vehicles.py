"""The vehicles that a platform's own spreadsheet names, read against the fleet that is there."""

from collections.abc import Callable, Sequence
from datetime import date

from fleet.kinds import get_kind
from fleet.models import Vehicle
from fleet.queries.vehicle_lines import Fleet, judge
from fleet.queries.vehicle_lines import Line as Judged
from fleet.takeover_fields import OWN_NAMES
from fleet.takeover_lines import Line, Which
from fleet.takeover_words import find_kind, read_any_day, read_past_day
from fleet.vehicle_columns import COLUMNS, NEEDED, folded
from fleet.vehicle_sheet import PLAIN
from mobility.imports.sheets import DayRead, Row

_HEADINGS = {column.name: column.heading for column in COLUMNS}
_ESSENTIAL = {_HEADINGS[name] for name in ("label", "plate", "frame_number")} | set(NEEDED)
_DAYS: dict[str, Callable[[str, date], DayRead]] = {
    "in_service_on": read_past_day,
    "purchased_on": read_past_day,
    **dict.fromkeys(("out_of_service_on", "lease_until", "inspection_until", "insured_until"), read_any_day),
}


def name_vehicles(lines: Sequence[Line], describes: Callable[[Line], bool], *, site: str, kind: str, today: date) -> None:
    """Give each line its vehicle: here already, described by a line, or named by another line. `site` and `kind` are the usual ones."""
    fleet, named, told = Fleet(), dict[str, Which](), []
    for line in lines:
        if not any(line.cells.get(name) for name in (*OWN_NAMES, "model")):
            continue
        own = _own(line)
        which, here = next((named[key] for key in _keys(own) if key in named), None), _here(own, fleet)
        if which is not None:
            _meet_again(line, which, described=describes(line))
        elif here is not None:
            line.which = _note(line, named, own, Which(name=here.label, kind=here.kind, vehicle_id=here.id))
        elif describes(line):
            own["label"] = _free_label(line, own, fleet, named)
            line.which = _note(line, named, own, Which(name=own["label"]))
            told.append((line, Row(line.number, _row(line, own, fleet, site=site, kind=kind, today=today))))
    for line in lines:  # a sheet of rentals may come before the sheet of vehicles
        if line.which is None and not line.left and any(line.cells.get(name) for name in OWN_NAMES):
            line.which = next((named[key] for key in _keys(_own(line)) if key in named), None)
            if line.which is None:
                line.left.append("ce véhicule n’est ni dans le parc, ni décrit dans une autre feuille")
    _settle(told, today)


def _own(line: Line) -> dict[str, str]:
    own = {name: line.cells[name] for name in OWN_NAMES if line.cells.get(name)}
    return own | {name: plain(own[name]) for name, plain in PLAIN.items() if name in own}


def _keys(own: dict[str, str]) -> list[str]:
    """What tells vehicles apart: the plate, else the frame's number, else the name, for many a spreadsheet calls three cars "Clio"."""
    name = next((name for name in ("plate", "frame_number", "label") if name in own), None)
    return [f"{name} {folded(own[name])}"] if name else []


def _note(line: Line, named: dict[str, Which], own: dict[str, str], which: Which) -> Which:
    line.first_of.add("which")
    return named.setdefault(next(iter(_keys(own)), which.name), which)


def _here(own: dict[str, str], fleet: Fleet) -> Vehicle | None:
    """The vehicle of the fleet that these names mean; a name alone does not, where the plates differ."""
    for name in ("plate", "frame_number"):
        if found := fleet.by_name[name].get(own.get(name, "")):
            return found
    found = fleet.by_name["label"].get(folded(own.get("label", "")))
    return None if found is not None and own.get("plate") and found.plate else found


def _meet_again(line: Line, which: Which, *, described: bool) -> None:
    line.which = which
    if described:
        line.doubts.append(f"{which.name} est déjà plus haut : c’est le même véhicule, dit une fois")


def _free_label(line: Line, own: dict[str, str], fleet: Fleet, named: dict[str, Which]) -> str:
    """The name as told, or what tells it apart where another vehicle has that name."""
    told = own.get("label") or line.cells.get("model") or own.get("plate") or own["frame_number"]
    taken = {folded(which.name) for which in named.values()} | set(fleet.by_name["label"])
    if folded(told) not in taken:
        return told[:80]
    label = f"{told[:40]} {own.get('plate') or own.get('frame_number') or f'(ligne {line.number})'}"
    line.doubts.append(f"un autre véhicule s’appelle « {told[:40]} » : celui-ci s’appellera « {label} »")
    return label


def _row(line: Line, own: dict[str, str], fleet: Fleet, *, site: str, kind: str, today: date) -> dict[str, str]:
    """The line in the words of the fleet's own spreadsheet."""
    cells = {name: text for name, text in line.cells.items() if name in _HEADINGS and name != "odometer_km"} | own
    cells["kind"] = _kind(line, cells.get("kind", ""), kind)
    if folded(cells.get("site_id", "")) not in fleet.sites:
        if told := cells.get("site_id"):
            line.doubts.append(f"« {told[:40]} » n’est pas un de vos pôles : noté à {site}")
        cells["site_id"] = site
    for name in _DAYS.keys() & cells.keys():
        cells[name] = _day(line, name, cells[name], today)
    return {_HEADINGS[name]: text for name, text in cells.items() if text}


def _kind(line: Line, told: str, usual: str) -> str:
    found = find_kind(told)
    if found is None and told and usual:
        line.doubts.append(f"« {told[:40]} » n’est pas un type connu : noté comme {get_kind(usual).name}")
    code = found or usual
    return get_kind(code).name if code else told


def _day(line: Line, name: str, text: str, today: date) -> str:
    try:
        read = _DAYS[name](text, today)
    except ValueError as refused:
        line.doubts.append(f"{_HEADINGS[name]} : {refused}, laissé vide")
        return ""
    if read.doubt:
        line.doubts.append(f"{_HEADINGS[name]} : {read.doubt}")
    return f"{read.day:%d/%m/%Y}"


def _settle(told: list[tuple[Line, Row]], today: date) -> None:
    """Judge the lines as the fleet's own import does; a cell that cannot be read is left out when the vehicle stands without it."""
    rows = []
    for (line, row), judged in zip(told, judge([row for _, row in told], today=today), strict=True):
        faults = {fault.split(" : ")[0]: fault for fault in judged.faults}
        spare = {heading: fault for heading, fault in faults.items() if heading not in _ESSENTIAL and heading in row.cells}
        line.doubts += [f"{fault}, laissé vide" for fault in spare.values()]
        rows.append(Row(row.line, {heading: text for heading, text in row.cells.items() if heading not in spare}))
    for (line, _), judged in zip(told, judge(rows, today=today), strict=True):
        _fill(line, judged)


def _fill(line: Line, judged: Judged) -> None:
    assert line.which is not None
    line.which.values, line.which.kind = judged.values, judged.values.get("kind", "")
    if judged.faults:
        line.which.fault = " ; ".join(judged.faults)
        line.left.append(line.which.fault)


def arrived_by(which: Which, day: date) -> None:
    """A vehicle was in the fleet when its keys were handed over, whatever was noted."""
    if which.vehicle_id is None and not which.fault:
        which.values = {**which.values, "in_service_on": min(which.values["in_service_on"], day)}
