"""The fleet's lists: bookings, with names for those who book, and vehicles."""

from collections.abc import Sequence
from functools import partial
from typing import Any

from flask import url_for
from sqlalchemy import and_, not_, or_

from fleet.actions.vehicles import GEARBOXES
from fleet.due import list_due
from fleet.kinds import KIND_CODES, KINDS, get_kind
from fleet.lifecycle import CONFIRMED, HELD, LATE, OUT, STATUS_NAMES
from fleet.models import Booking, Vehicle
from fleet.queries.bookings import named, numbered
from fleet.queries.vehicles import facts_of, full_name, matching
from fleet.vehicle_life import IN_SERVICE, STAGE_NAMES, STAGE_TONES, stage_on
from fleet.vehicle_life import OUT as GONE
from mobility.cells import Said
from mobility.clock import today
from mobility.listing import Column, Filter, Listing
from mobility.lists import BY_NAME, period_filters
from mobility.models import Beneficiary, Site
from mobility.queries.files import list_sites
from mobility.web.fields import Choice, Text, Whole

RUNNING = "running"
_STATUSES = {**STATUS_NAMES, RUNNING: "dehors, en retard compris"}
_TONES = {HELD: "waiting", CONFIRMED: "fine", OUT: "fine", LATE: "over"}
_KIND_NAMES = [(kind.code, kind.name.capitalize()) for kind in KINDS]


def site_options() -> list[tuple[Any, str]]:
    """The poles to choose from."""
    return [(site.id, site.name) for site in list_sites()]


def _of_status(query: Any, status: str) -> Any:
    return query.filter(Booking.status.in_((OUT, LATE)) if status == RUNNING else Booking.status == status)


_by_kind = Filter("kind", "Type", partial(Choice, KIND_CODES), lambda q, v: q.filter(Vehicle.kind == v), lambda: _KIND_NAMES)
_by_site = Filter("site_id", "Pôle", partial(Whole, minimum=1), lambda q, v: q.filter(Vehicle.site_id == v), site_options)


def _bookings(who: Column, words: Filter, **more: Any) -> Listing:
    return Listing(
        name="reservations",
        title="Réservations",
        columns=[
            Column(
                "number",
                "Numéro",
                lambda row: row[0].number,
                [Booking.number],
                lambda row: url_for("bookings.show", booking_id=row[0].id),
                short=True,
            ),
            who,
            Column("vehicle", "Véhicule", lambda row: full_name(row[1]), [Vehicle.label]),
            Column("starts_at", "Du", lambda row: row[0].starts_at, [Booking.starts_at]),
            Column("ends_at", "Au", lambda row: row[0].ends_at, [Booking.ends_at]),
            Column("status", "État", lambda row: Said(STATUS_NAMES[row[0].status], _TONES.get(row[0].status, "neutral"))),
        ],
        filters=[
            words,
            Filter("status", "État", partial(Choice, _STATUSES), _of_status, lambda: list(_STATUSES.items())),
            _by_kind,
            *period_filters(Booking.starts_at, "Commencées depuis le"),
        ],
        sort="-starts_at",
        tie=Booking.id,
        **more,
    )


BOOKINGS = _bookings(
    Column("person", "Personne", lambda row: f"{row[2].first_name} {row[2].last_name}", BY_NAME),
    Filter("q", "Nom, numéro, véhicule", partial(Text, longest=80), named),
    person=lambda row: int(row[2].id),
)
# For those who read no file: people by their number, and no question that would tell a name.
BOOKINGS_BY_NUMBER = _bookings(
    Column("person", "Personne", lambda row: row[2].number, [Beneficiary.number]),
    Filter("q", "Numéro, véhicule", partial(Text, longest=80), numbered),
)


def _needs(vehicle: Vehicle) -> Said:
    """What presses most."""
    stage = stage_on(today(), stage=vehicle.stage, out_of_service_on=vehicle.out_of_service_on)
    if stage != IN_SERVICE:
        return Said(STAGE_NAMES[stage], STAGE_TONES[stage])
    pressing: Sequence[Any] = [due for due in list_due(facts_of(vehicle), today()) if due.pressing]
    return Said(f"{pressing[0].name} : {pressing[0].word}", pressing[0].tone) if pressing else Said("rien pour l’instant", "fine")


def _at_stage(asked: Any, stage: str) -> Any:
    """Those at a stage of their life today."""
    is_gone = and_(Vehicle.out_of_service_on.is_not(None), Vehicle.out_of_service_on <= today())
    return asked.filter(or_(Vehicle.stage == GONE, is_gone) if stage == GONE else and_(Vehicle.stage == stage, not_(is_gone)))


VEHICLES = Listing(
    name="vehicules",
    title="Véhicules",
    columns=[
        Column(
            "label",
            "Véhicule",
            lambda row: full_name(row[0]),
            [Vehicle.label],
            lambda row: url_for("vehicles.show", vehicle_id=row[0].id),
        ),
        Column(
            "kind",
            "Type",
            lambda row: get_kind(row[0].kind).name.capitalize(),
            [Vehicle.out_of_service_on.is_not(None), Vehicle.kind, Vehicle.label],
        ),
        Column("site", "Pôle", lambda row: row[1].name, [Site.name]),
        Column("inspection", "Contrôle technique", lambda row: row[0].inspection_until, [Vehicle.inspection_until]),
        Column("insurance", "Assurance", lambda row: row[0].insured_until, [Vehicle.insured_until]),
        Column("needs", "À prévoir", lambda row: _needs(row[0])),
    ],
    filters=[
        Filter("q", "Nom ou plaque", partial(Text, longest=80), matching),
        _by_kind,
        _by_site,
        Filter(
            "gearbox",
            "Boîte",
            partial(Choice, GEARBOXES),
            lambda q, v: (
                q.filter(or_(Vehicle.gearbox == v, Vehicle.gearbox.is_(None))) if v == "manual" else q.filter(Vehicle.gearbox == v)
            ),
            lambda: list(GEARBOXES.items()),
            every="Toutes",
        ),
        Filter("stage", "État", partial(Choice, STAGE_NAMES), _at_stage, lambda: list(STAGE_NAMES.items())),
    ],
    sort="kind",
    tie=Vehicle.id,
)
