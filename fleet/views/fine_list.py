"""The list of notices: those whose clock runs first."""

from functools import partial
from typing import Any

from flask import url_for

from fleet.fines import CONTESTED, FOUND, NAMED, OPEN, RECEIVED, REFUSED, STATUS_NAMES
from fleet.lists import vehicle_column
from fleet.models import Fine
from fleet.queries.fines import clock_for, matching_fines
from mobility.cells import Euros, Said
from mobility.clock import today
from mobility.listing import Column, Filter, Listing
from mobility.lists import BY_NAME, period_filters
from mobility.web.fields import Choice, Text

TO_DO = "to_do"
_STATUSES = {TO_DO: "à traiter", **STATUS_NAMES, "all": "tous les états"}
_TONES = {RECEIVED: "over", FOUND: "near", NAMED: "fine", REFUSED: "over", CONTESTED: "waiting"}


def fine_state(fine: Fine) -> Said:
    """Where a notice stands."""
    return Said(STATUS_NAMES[fine.status], _TONES.get(fine.status, "neutral"))


def _left(fine: Fine) -> Said | None:
    if fine.status not in OPEN:
        return None
    clock = clock_for(fine, today())
    return Said(clock.said, clock.tone)


def _of_status(query: Any, status: str) -> Any:
    if status == "all":
        return query
    return query.filter(Fine.status.in_(OPEN) if status == TO_DO else Fine.status == status)


FINES = Listing(
    name="contraventions",
    title="Contraventions",
    columns=[
        Column(
            "number", "Numéro", lambda row: row[0].number, [Fine.number], lambda row: url_for("fines.show", fine_id=row[0].id), short=True
        ),
        vehicle_column(),
        Column("offence_at", "Infraction", lambda row: row[0].offence_at, [Fine.offence_at]),
        Column("person", "Personne", lambda row: f"{row[2].first_name} {row[2].last_name}" if row[2] else row[3], BY_NAME),
        Column(
            "amount",
            "Montant",
            lambda row: None if row[0].amount_cents is None else Euros(row[0].amount_cents),
            [Fine.amount_cents],
            number=True,
        ),
        Column("due_on", "À désigner avant le", lambda row: row[0].due_on, [Fine.due_on]),
        Column("left", "Délai", lambda row: _left(row[0])),
        Column("status", "État", lambda row: fine_state(row[0])),
    ],
    filters=[
        Filter("q", "Nom, numéro, véhicule", partial(Text, longest=80), matching_fines),
        Filter("status", "État", partial(Choice, _STATUSES), _of_status, lambda: list(_STATUSES.items()), usual=TO_DO),
        *period_filters(Fine.offence_at, "Commises depuis le"),
    ],
    sort="due_on",
    tie=Fine.id,
    person=lambda row: int(row[2].id) if row[2] else None,
)
