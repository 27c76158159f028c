"""The list of accidents: those still open first."""

from functools import partial
from typing import Any

from flask import url_for

from fleet.accidents import CLOSED, DECLARED, OPEN, STATUS_NAMES, clock_of
from fleet.lists import vehicle_column
from fleet.models import Accident
from fleet.queries.accidents import matching_accidents
from mobility.cells import Said
from mobility.clock import today
from mobility.listing import Column, Filter, Listing
from mobility.lists import BY_NAME, period_filters
from mobility.web.fields import Choice, Text

RUNNING = "running"
_STATUSES = {RUNNING: "en cours", **STATUS_NAMES, "all": "tous les états"}
_TONES = {OPEN: "near", DECLARED: "waiting"}


def accident_state(accident: Accident) -> Said:
    """Where it stands; while the insurer does not know, how long is left."""
    if accident.status == OPEN:
        clock = clock_of(accident.due_on, today())
        return Said(f"{STATUS_NAMES[OPEN]}, {clock.said}", clock.tone)
    return Said(STATUS_NAMES[accident.status], _TONES.get(accident.status, "neutral"))


def _of_status(query: Any, status: str) -> Any:
    if status == "all":
        return query
    return query.filter(Accident.status != CLOSED if status == RUNNING else Accident.status == status)


def _page_of(row: Any) -> str:
    return url_for("accidents.show", accident_id=row[0].id)


ACCIDENTS = Listing(
    name="accidents",
    title="Accidents",
    columns=[
        Column("number", "Numéro", lambda row: row[0].number, [Accident.number], _page_of, short=True),
        vehicle_column(),
        Column("happened_at", "Quand", lambda row: row[0].happened_at, [Accident.happened_at]),
        Column("place", "Où", lambda row: row[0].place, [Accident.place]),
        Column("person", "Personne", lambda row: f"{row[2].first_name} {row[2].last_name}" if row[2] else None, BY_NAME),
        Column("claim", "Sinistre", lambda row: row[0].claim_number, [Accident.claim_number]),
        Column("status", "État", lambda row: accident_state(row[0]), [Accident.status, Accident.due_on]),
    ],
    filters=[
        Filter("q", "Nom, numéro, véhicule", partial(Text, longest=80), matching_accidents),
        Filter("status", "État", partial(Choice, _STATUSES), _of_status, lambda: list(_STATUSES.items()), usual=RUNNING),
        *period_filters(Accident.happened_at, "Depuis le"),
    ],
    sort="-happened_at",
    tie=Accident.id,
    person=lambda row: int(row[2].id) if row[2] else None,
)
