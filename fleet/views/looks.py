"""What the forms that look over a vehicle share: its sketch with the marks known, and the pictures sent within the form."""

import re
from typing import Any

from flask import request
from marshmallow import Schema
from werkzeug.datastructures import FileStorage, MultiDict

from fleet.actions.photos import CONDITION, ODOMETER
from fleet.checklists import FOUND_NAMES
from fleet.checks import FINE, STATE_NAMES, WITHOUT_ODOMETER, level_asked, level_names
from fleet.kinds import get_kind
from fleet.marks import KIND_NAMES, MOST_PINS, ZONES_OF, sketch_of
from fleet.models import Vehicle
from fleet.queries.checklists import list_asked
from fleet.queries.marks import list_zones, photos_of_marks, standing
from fleet.queries.readings import last_km
from fleet.queries.rentals import known_zones
from fleet.views.marks import WORDS
from mobility.actions.attachments import keep_attachment
from mobility.clock import now, today
from mobility.codes import choices
from mobility.models import Beneficiary
from mobility.web.forms import Form, as_json, load
from mobility.web.viewer import viewer

_ROWS = 2  # offered to whoever has no script; a tap on the sketch adds more
_ROW = re.compile(r"marks\.(\d{1,2})\.\w+", re.ASCII)
_PICTURE = re.compile(r"marks\.(\d{1,2})\.photo", re.ASCII)


def marks_of(vehicle: Vehicle, form: Form | None) -> dict[str, Any]:
    """The vehicle's sketch, what is known of it, and the rows for what is new, those typed before kept."""
    typed = [int(found[1]) for name in (form.values if form else ()) if (found := _ROW.fullmatch(name))]
    known = standing(vehicle.id, now())
    sketch, zones = sketch_of(vehicle.kind), dict(list_zones(vehicle.kind, today()))
    return {
        "sketch": sketch,
        "boxes": [box for box in ZONES_OF[sketch] if box[0] in zones],
        "known": known,
        "pictures": photos_of_marks([mark.id for mark in known]),
        "rows": min(max([_ROWS - 1, *typed]) + 1, MOST_PINS),
        "most": MOST_PINS,
        "zones": choices(zones),
        "kinds": choices(KIND_NAMES),
    }


def asked_of(vehicle: Vehicle, form: Form | None, moment: str) -> dict[str, Any]:
    """All that a whole look asks of a vehicle at a moment, and what was known of it; what is not typed yet stands as it was last seen."""
    known = known_zones(vehicle.id)
    zones = get_kind(vehicle.kind).zones
    return {
        "values": {f"zone_{code}": known.get(code, FINE) for code, _ in zones},
        "zones": zones,
        "last_km": last_km(vehicle.id),
        "asks_km": vehicle.kind not in WITHOUT_ODOMETER,
        "level": level_asked(vehicle.energy),
        "checklist": list_asked(vehicle.kind, moment, today()),
        "look": marks_of(vehicle, form),
        "words": WORDS,
        "states": list(STATE_NAMES.items()),
        "founds": choices(FOUND_NAMES),
        "levels": choices(level_names(vehicle.energy)),
    }


def from_look(schema: Schema, person: Beneficiary) -> dict[str, Any]:
    """This request's form with the pictures it carries kept; a script sent them ahead, or the form brings them. Raises InputRefused."""
    typed = MultiDict(request.form)
    for name, sent in request.files.items(multi=True):
        if sent.filename:
            _keep(typed, name, sent, person)
    return load(schema, as_json(schema, typed))


def _keep(typed: MultiDict[str, str], name: str, sent: FileStorage, person: Beneficiary) -> None:
    if name == "odometer_picture":
        kept = keep_attachment(sent.read(), kind=ODOMETER.code, beneficiary_id=person.id, field=name, by=viewer(), now=now())
        typed["odometer_photo"] = str(kept.id)
    elif name == "pictures":
        typed.add("photos", str(_of_vehicle(sent, name)))
    elif found := _PICTURE.fullmatch(name):
        field = f"marks.{found[1]}.photos"
        typed[field] = ",".join(filter(None, [typed.get(field), str(_of_vehicle(sent, name))]))


def _of_vehicle(sent: FileStorage, field: str) -> int:
    return keep_attachment(sent.read(), kind=CONDITION.code, field=field, by=viewer(), now=now()).id
