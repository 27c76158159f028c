"""Accidents on the pages that gather: the desk, a person's file and own space."""

from collections.abc import Iterator
from datetime import date

from flask import Flask, url_for

from fleet.accidents import STATUS_NAMES, clock_of
from fleet.queries.accidents import list_accidents_of, list_undeclared
from fleet.queries.vehicles import full_name
from fleet.views.accident_list import accident_state
from fleet.views.accidents import READERS
from mobility.periods import say_moment
from mobility.rights import Viewer
from mobility.slots import DeskCard, Line, Section, Slot, fill
from mobility.tongues import joined, say


def fill_accidents(app: Flask) -> None:
    """Hang everything."""
    fill(app, Slot.DESK, _desk)
    fill(app, Slot.FILE, _file)
    fill(app, Slot.OWN_SPACE, _own)


def _desk(viewer: Viewer, today: date) -> Iterator[DeskCard]:
    if viewer.may(*READERS):
        yield DeskCard(
            order=25,
            key="accidents",
            title="Accidents à déclarer",
            icon="exclamation-triangle-fill",
            lines=tuple(_to_declare(today)),
            empty="Aucun accident n’est à déclarer.",
            more_href=url_for("accidents.index"),
        )


def _to_declare(today: date) -> Iterator[Line]:
    for accident, vehicle, person in list_undeclared():
        clock = clock_of(accident.due_on, today)
        who = f"{person.first_name} {person.last_name}, " if person else ""
        yield Line(
            text=full_name(vehicle),
            detail=f"{who}{say_moment(accident.happened_at)}",
            href=url_for("accidents.show", accident_id=accident.id),
            state=clock.said,
            tone=clock.tone,
            act="Déclarer",
        )


def _file(beneficiary_id: int, viewer: Viewer, today: date) -> Iterator[Section]:
    rows = list_accidents_of(beneficiary_id) if viewer.may(*READERS) else ()
    lines = tuple(
        Line(
            text=full_name(vehicle),
            detail=say_moment(accident.happened_at),
            href=url_for("accidents.show", accident_id=accident.id),
            state=accident_state(accident).word,
            tone=accident_state(accident).tone,
            act="Voir",
        )
        for accident, vehicle, _ in rows
    )
    if lines:
        yield Section(order=64, key="accidents", title="Accidents", icon="exclamation-triangle-fill", lines=lines)


def _own(beneficiary_id: int, viewer: Viewer, today: date) -> Iterator[Section]:
    lines = tuple(
        Line(
            text=full_name(vehicle),
            detail=joined(", ", (say_moment(accident.happened_at), accident.place)),
            href=url_for("accidents.paper", accident_id=accident.id),
            state=say("%(state)s à l’assureur", state=STATUS_NAMES[accident.status])
            if accident.status == "declared"
            else STATUS_NAMES[accident.status],
            act=say("Lire le relevé (PDF)"),
        )
        for accident, vehicle, _ in list_accidents_of(beneficiary_id)
    )
    if lines:
        yield Section(order=46, key="accidents", title=say("Mes accidents"), icon="exclamation-triangle-fill", lines=lines)
