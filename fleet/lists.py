"""The fleet's lists: bookings, with names for those who book, and vehicles."""

from collections.abc import Sequence
from functools import partial
from typing import Any

from flask import url_for
from sqlalchemy import and_, not_, or_, select

from fleet.due import list_due
from fleet.kinds import KIND_CODES, KINDS, get_kind
from fleet.lifecycle import CONFIRMED, HELD, LATE, OUT, STATUS_NAMES
from fleet.models import Booking, Garage, UpkeepDue, Vehicle, WorkOrder
from fleet.queries.bookings import named, numbered
from fleet.queries.parts import is_unseen, left_unseen
from fleet.queries.vehicles import facts_of, full_name, matching
from fleet.queries.workshop import cost_column, list_garages, matching_orders
from fleet.upkeep import ITEM_NAMES, judge_day
from fleet.vehicle_life import IN_SERVICE, STAGE_NAMES, STAGE_TONES, stage_on
from fleet.vehicle_life import OUT as GONE
from fleet.vehicle_sheet import GEARBOXES
from fleet.work import CLOSED, DONE, IN_WORKSHOP, OPENED, PLANNED, SUBJECTS
from fleet.work import STATUS_NAMES as WORK_NAMES
from mobility.cells import Euros, Said
from mobility.clock import today
from mobility.db import Plain, this_platform
from mobility.listing import Column, Filter, Listing
from mobility.lists import BY_NAME, period_filters
from mobility.models import Beneficiary, Site
from mobility.periods import paris_day
from mobility.web.fields import Choice, Text, Whole

RUNNING, UNSEEN = "running", "unseen"
_STATUSES = {**STATUS_NAMES, RUNNING: "dehors, en retard compris", UNSEEN: "échange à regarder"}
_TONES = {HELD: "waiting", CONFIRMED: "fine", OUT: "fine", LATE: "over"}
_KIND_NAMES = [(kind.code, kind.name.capitalize()) for kind in KINDS]


_SITES = Plain(select(Site.id, Site.name).filter(Site.platform_id == this_platform()).order_by(Site.name))


def site_options() -> list[tuple[Any, str]]:
    """The poles to choose from."""
    return [(id_, name) for id_, name in _SITES()]


def _of_status(query: Any, status: str) -> Any:
    if status == UNSEEN:  # the vehicle taken in exchange, or the one left for it
        return query.filter(or_(is_unseen(), left_unseen().is_not(None)))
    return query.filter(Booking.status.in_((OUT, LATE)) if status == RUNNING else Booking.status == status)


def by_kind(column: Any) -> Filter:
    """Of one kind of vehicle."""
    return Filter("kind", "Type", partial(Choice, KIND_CODES), lambda q, v: q.filter(column == v), lambda: _KIND_NAMES)


def by_site(column: Any) -> Filter:
    """Of one pole."""
    return Filter("site_id", "Pôle", partial(Whole, minimum=1), lambda q, v: q.filter(column == v), site_options)


def vehicle_column(endpoint: str | None = None) -> Column:
    """The vehicle of a row that holds it second, leading to a page of its own when one is named."""
    leads = (lambda row: url_for(endpoint, vehicle_id=row[1].id)) if endpoint else None
    return Column("vehicle", "Véhicule", lambda row: full_name(row[1]), [Vehicle.label], leads)


SITE_COLUMN = Column("site", "Pôle", lambda row: row[2].name, [Site.name])
_by_kind, _by_site = by_kind(Vehicle.kind), by_site(Vehicle.site_id)


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
            vehicle_column(),
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


TO_DO = "to_do"
_WORK_TONES = {OPENED: "near", PLANNED: "waiting", IN_WORKSHOP: "near", DONE: "fine"}
_WORK_STATUSES = {TO_DO: "à faire", **WORK_NAMES, "all": "tous les états"}


def work_state(order: WorkOrder) -> Said:
    """Where a work order stands."""
    return Said(WORK_NAMES[order.status], _WORK_TONES.get(order.status, "neutral"))


def _of_work_status(query: Any, status: str) -> Any:
    if status == "all":
        return query
    return query.filter(WorkOrder.status.not_in((DONE, CLOSED)) if status == TO_DO else WorkOrder.status == status)


WORK_ORDERS = Listing(
    name="ordres-de-reparation",
    title="Ordres de réparation",
    columns=[
        Column(
            "number",
            "Numéro",
            lambda row: row[0].number,
            [WorkOrder.number],
            lambda row: url_for("work_orders.show", order_id=row[0].id),
            short=True,
        ),
        vehicle_column(),
        Column("subject", "Travail", lambda row: SUBJECTS[row[0].subject].capitalize()),
        Column("garage", "Garage", lambda row: row[2], [Garage.name]),
        Column("opened_at", "Ouvert le", lambda row: paris_day(row[0].opened_at), [WorkOrder.opened_at]),
        Column("cost", "Coût", lambda row: Euros(row[3]), [cost_column()], number=True),
        Column("status", "État", lambda row: work_state(row[0])),
    ],
    filters=[
        Filter("q", "Numéro ou véhicule", partial(Text, longest=80), matching_orders),
        Filter("status", "État", partial(Choice, _WORK_STATUSES), _of_work_status, lambda: list(_WORK_STATUSES.items()), usual=TO_DO),
        Filter(
            "subject",
            "Travail",
            partial(Choice, SUBJECTS),
            lambda q, v: q.filter(WorkOrder.subject == v),
            lambda: [(code, name.capitalize()) for code, name in SUBJECTS.items()],
        ),
        Filter(
            "garage_id",
            "Garage",
            partial(Whole, minimum=1),
            lambda q, v: q.filter(WorkOrder.garage_id == v),
            lambda: [(garage.id, garage.name) for garage in list_garages(only_open=False)],
        ),
        *period_filters(WorkOrder.opened_at, "Ouverts depuis le"),
    ],
    sort="-opened_at",
    tie=WorkOrder.id,
)


PRESSING = "pressing"
_UPKEEP_STATES = {PRESSING: "à prévoir", "over": "dépassé", "all": "tout, même plus tard"}


def _of_upkeep_state(query: Any, state: str) -> Any:
    if state == "all":
        return query
    return query.filter(UpkeepDue.due_on < today() if state == "over" else UpkeepDue.remind_on <= today())


UPKEEP = Listing(
    name="a-prevoir",
    title="À prévoir",
    columns=[
        vehicle_column("upkeep.show"),
        SITE_COLUMN,
        Column("item", "Quoi", lambda row: ITEM_NAMES[row[0].item].capitalize(), [UpkeepDue.item]),
        Column("due_on", "Avant le", lambda row: row[0].due_on, [UpkeepDue.due_on]),
        Column("sentence", "Pourquoi", lambda row: row[0].sentence),
        Column("state", "État", lambda row: Said(*judge_day(row[0].due_on, row[0].remind_on, today())), [UpkeepDue.remind_on]),
    ],
    filters=[
        Filter("q", "Nom ou plaque", partial(Text, longest=80), matching),
        Filter(
            "state",
            "État",
            partial(Choice, _UPKEEP_STATES),
            _of_upkeep_state,
            lambda: list(_UPKEEP_STATES.items()),
            usual=PRESSING,
        ),
        Filter(
            "item",
            "Quoi",
            partial(Choice, ITEM_NAMES),
            lambda q, v: q.filter(UpkeepDue.item == v),
            lambda: [(code, name.capitalize()) for code, name in ITEM_NAMES.items()],
        ),
        _by_kind,
        _by_site,
    ],
    sort="due_on",
    tie=UpkeepDue.id,
)
