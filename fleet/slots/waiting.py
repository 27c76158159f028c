"""Who waits for a vehicle, on the pages that gather: the desk, a person's file, their own space."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from flask import Flask, url_for

from fleet.kinds import get_kind
from fleet.models import WaitingRequest
from fleet.queries.proposals import Proposed, list_open, say_proposal
from fleet.queries.vehicles import full_name
from fleet.queries.waiting import Waiting, list_requests_of, list_waiting, standings_on
from fleet.views.waiting_list import TONES
from fleet.waiting import LIVE, STATUS_NAMES, WAITING, Standing
from mobility.clock import now
from mobility.periods import say_day, say_moment, say_span
from mobility.rights import Role, Viewer
from mobility.slots import DeskCard, Line, Section, Slot, fill
from mobility.tongues import capital, say

_BOOKERS = (Role.ADVISER, Role.MANAGER)
SHOWN = 6


def fill_waiting(app: Flask) -> None:
    """Hang everything."""
    fill(app, Slot.DESK, _desk)
    fill(app, Slot.FILE, _file)
    fill(app, Slot.OWN_SPACE, _own)


def _desk(viewer: Viewer, today: date) -> Iterator[DeskCard]:
    if viewer.may(*_BOOKERS):
        found = list_waiting(today)
        held = list_open(now()) if found else {}
        found.sort(key=lambda one: (one.request.id not in held, one.standing.place, -one.standing.points, one.request.id))
        yield DeskCard(
            order=24,
            key="waiting",
            title="En attente d’un véhicule",
            icon="hourglass-split",
            lines=tuple(_line(one, held.get(one.request.id)) for one in found[:SHOWN]),
            empty="Personne n’attend de véhicule.",
            more_href=url_for("waiting.index"),
            total=len(found),
        )


def _line(one: Waiting, held: Proposed | None) -> Line:
    """Where somebody stands, or the answer that is waited for."""
    if held is not None:
        _, booking, vehicle = held
        return Line(
            text=f"{one.person.first_name} {one.person.last_name}",
            detail=f"{full_name(vehicle)} : gardé jusqu’au {say_moment(booking.hold_expires_at or booking.starts_at)}",
            href=url_for("waiting.show", request_id=one.request.id),
            state="véhicule proposé",
            tone="near",
            act="Répondre",
        )
    return Line(
        text=f"{one.person.first_name} {one.person.last_name}",
        detail=f"{get_kind(one.request.kind).name.capitalize()} : {one.standing.why}",
        href=url_for("waiting.show", request_id=one.request.id),
        state=one.standing.said,
        tone="neutral",
        act="Voir",
    )


def _file(beneficiary_id: int, viewer: Viewer, today: date) -> Iterator[Section]:
    if not viewer.may(*_BOOKERS):
        return
    asked = list_requests_of(beneficiary_id, today)
    standings = standings_on(today) if any(state == WAITING for *_, state in asked) else {}
    yield Section(
        order=41,
        key="waiting",
        title="Liste d’attente",
        icon="hourglass-split",
        lines=tuple(_asked(request, state, standings.get(request.id)) for request, _, _, state in asked),
        acts=(Line(text="Mettre sur la liste d’attente", href=url_for("waiting.new", beneficiary_id=beneficiary_id)),),
        empty="Rien n’est libre aux dates voulues ? La personne peut attendre, et son tour se voit.",
    )


def _asked(request: Any, state: str, standing: Standing | None) -> Line:
    return Line(
        text=f"{get_kind(request.kind).name.capitalize()}, {say_span(request.first_on, request.last_on)}",
        detail=standing.why if standing else "",
        href=url_for("waiting.show", request_id=request.id),
        state=standing.said if standing else STATUS_NAMES[state],
        tone=TONES.get(state, "neutral"),
    )


def _own(beneficiary_id: int, viewer: Viewer, today: date) -> Iterator[Section]:
    """Their own place and reasons, nobody else's."""
    live = [request for request, _, _, state in list_requests_of(beneficiary_id, today) if state in LIVE]
    standings, proposed = (standings_on(today), list_open(now())) if live else ({}, {})
    for request in live:
        if row := proposed.get(request.id):
            yield _kept(request, row)
            continue
        kind, standing = get_kind(request.kind), standings.get(request.id)
        paused = say("Votre demande est en pause : votre conseiller la reprendra.")
        place = say("%(place)s, parce que : %(why)s.", place=standing.said, why=standing.why) if standing else paused
        yield Section(
            order=15,
            key=f"waiting-{request.id}",
            title=say("J’attends %(kind)s", kind=kind.a),
            icon="hourglass-split",
            sentence=capital(place),
            facts=((say("Du"), say_day(request.first_on)), (say("Au"), say_day(request.last_on))),
        )


def _kept(request: WaitingRequest, proposed: Proposed) -> Section:
    """The vehicle that waits for their answer comes before their place."""
    _, booking, vehicle = proposed
    sentence = say_proposal(request, booking, vehicle)
    return Section(order=5, key=f"waiting-{request.id}", title=say("Un véhicule est gardé pour vous"), icon="key", sentence=sentence)
