"""What ties people to the platform by its vehicles: rentals, fines, accidents, loans, a way to work chosen, a place on the waiting list."""

from collections.abc import Collection, Iterator
from typing import Any

from sqlalchemy import ColumnElement, func, select, true

from fleet.lifecycle import ENDED
from fleet.models import Accident, Booking, Fine, Microcredit, ModeChoice, Outcome, WaitingRequest
from mobility.db import among, db
from mobility.queries.traces import Lasting, last_instants, last_of
from mobility.retention import Trace
from mobility.tongues import say

_OPEN: tuple[tuple[Any, ColumnElement[bool], str], ...] = (
    (Booking, Booking.status.not_in(ENDED), say("location ou réservation en cours")),
    (Fine, Fine.status != "settled", say("avis d’amende pas encore réglé")),
    (Accident, Accident.status != "closed", say("accident pas encore clos")),
    (Microcredit, Microcredit.status.in_(("prepared", "sent", "accepted")), say("microcrédit en cours")),
    (WaitingRequest, WaitingRequest.status.in_(("waiting", "paused")), say("demande en attente d’un véhicule")),
)

_LASTING: tuple[Lasting, ...] = (
    (say("location"), Booking, func.coalesce(Booking.returned_at, Booking.cancelled_at, Booking.created_at), true()),
    (say("avis d’amende"), Fine, Fine.created_at, true()),
    (say("accident"), Accident, Accident.created_at, true()),
    (say("microcrédit"), Microcredit, Microcredit.created_at, true()),
    (say("choix d’un moyen d’aller au travail"), ModeChoice, ModeChoice.chosen_at, true()),
    (say("demande d’un véhicule"), WaitingRequest, WaitingRequest.asked_at, true()),
)


def traces(ids: Collection[int]) -> Iterator[Trace]:
    """Of these people: the end of their last rental, what was noted of it later, and what is not settled."""
    for table, is_open, what in _OPEN:
        for id_ in db.session.scalars(select(table.beneficiary_id).distinct().filter(among(table.beneficiary_id, ids), is_open)):
            yield Trace(beneficiary_id=id_, what=what, on=None)
    for id_, on in db.session.execute(last_of(Outcome, func.max(Outcome.recorded_on), ids)):
        yield Trace(beneficiary_id=id_, what=say("suite de la location"), on=on)
    yield from last_instants(ids, _LASTING)
