"""The waiting list as a list: sorted, filtered, handed over as a file."""

from collections.abc import Collection, Mapping
from dataclasses import replace
from functools import partial
from typing import Any

from flask import url_for
from sqlalchemy import case

from fleet.kinds import get_kind
from fleet.lists import by_kind, by_site
from fleet.models import WaitingRequest
from fleet.queries.waiting import named, state_on
from fleet.waiting import EXPIRED, LIVE, PAUSED, SERVED, STATUS_NAMES, WAITING, Standing
from mobility.cells import Said
from mobility.clock import today
from mobility.listing import Column, Filter, Listing
from mobility.lists import BY_NAME
from mobility.models import Site
from mobility.web.fields import Choice, Text

ON_THE_LIST = "live"
TONES = {WAITING: "waiting", PAUSED: "neutral", SERVED: "fine", EXPIRED: "over"}
_STATES = {ON_THE_LIST: "sur la liste", **STATUS_NAMES, "all": "toutes"}


PROPOSED = Said("véhicule proposé", "near")


def _state(row: Any) -> Said:
    return Said(STATUS_NAMES[row[3]], TONES.get(row[3], "neutral"))


def _of_state(asked: Any, state: str) -> Any:
    if state == "all":
        return asked
    return asked.filter(state_on(today()).in_(LIVE) if state == ON_THE_LIST else state_on(today()) == state)


def waiting_list(standings: Mapping[int, Standing], proposed: Collection[int] = ()) -> Listing:
    """The list with these places, its order follows them; and which requests a vehicle is held for."""
    places = {id_: standing.place for id_, standing in standings.items()}
    place = case(places, value=WaitingRequest.id) if places else WaitingRequest.id

    def of(row: Any) -> Standing | None:
        return standings.get(row[0].id)

    ranked = {
        "place": ([WaitingRequest.kind, place], lambda row: found.said if (found := of(row)) else None),
        "state": ([], lambda row: PROPOSED if row[0].id in proposed else _state(row)),
        "why": ([], lambda row: found.why if (found := of(row)) else None),
    }
    columns = [replace(each, order=ranked[each.key][0], value=ranked[each.key][1]) if each.key in ranked else each for each in _COLUMNS]
    return replace(WAITING_LIST, columns=columns)


_COLUMNS = [
    Column(
        "person",
        "Personne",
        lambda row: f"{row[1].first_name} {row[1].last_name}",
        BY_NAME,
        lambda row: url_for("waiting.show", request_id=row[0].id),
    ),
    Column("kind", "Attend", lambda row: get_kind(row[0].kind).name.capitalize(), [WaitingRequest.kind]),
    Column("place", "Place", lambda row: None, [WaitingRequest.kind, WaitingRequest.asked_at]),
    Column("why", "Pourquoi", lambda row: None),
    Column("first_on", "À partir du", lambda row: row[0].first_on, [WaitingRequest.first_on]),
    Column("site", "Pôle", lambda row: row[2] or "tous", [Site.name]),
    Column("state", "État", _state),
]

WAITING_LIST = Listing(
    name="liste-d-attente",
    title="Liste d’attente",
    columns=_COLUMNS,
    filters=[
        Filter("q", "Nom", partial(Text, longest=80), named),
        by_kind(WaitingRequest.kind),
        by_site(WaitingRequest.site_id),
        Filter("state", "État", partial(Choice, _STATES), _of_state, lambda: list(_STATES.items()), usual=ON_THE_LIST),
    ],
    sort="place",
    tie=WaitingRequest.id,
    person=lambda row: int(row[1].id),
)
