"""The list of collective workshops, and a seat as a line of its person."""

from functools import partial
from typing import Any

from flask import url_for

from mobility.cells import Said
from mobility.clock import now
from mobility.listing import Column, Filter, Listing
from mobility.lists import period_filters
from mobility.models import GroupWorkshop, WorkshopSeat
from mobility.periods import say_moment
from mobility.queries.workshops import Planned, read_planned
from mobility.slots import Line
from mobility.tongues import say
from mobility.web.fields import Choice
from mobility.workshops import CANCELLATIONS, DECLINED, INVITED, MARKS, SEAT_STATES, say_length, subject_words

_STATES = {"next": "à venir", "held": "tenus", "cancelled": "annulés", "all": "tous"}


def _of_state(query: Any, state: str) -> Any:
    if state == "next":
        return query.filter(GroupWorkshop.cancelled_at.is_(None), GroupWorkshop.held_at.is_(None))
    if state == "all":
        return query
    return query.filter((GroupWorkshop.held_at if state == "held" else GroupWorkshop.cancelled_at).is_not(None))


def state_of(workshop: GroupWorkshop) -> Said:
    """Planned, to be noted, held or cancelled, in words with their tone."""
    if workshop.cancelled_at is not None:
        return Said("annulé : " + CANCELLATIONS[workshop.cancel_reason or "moved"])
    if workshop.held_at is not None:
        return Said("tenu", "fine")
    return Said("prévu", "waiting") if workshop.starts_at > now() else Said("présences à noter", "near")


def _seats(planned: Planned) -> str:
    """A seat of a trip may serve two who do not ride together."""
    if planned.workshop.stops:
        return f"{planned.workshop.places}, {planned.taken} passager{'s' if planned.taken > 1 else ''}"
    return f"{planned.taken} sur {planned.workshop.places}"


WORKSHOPS = Listing(
    name="ateliers",
    title="Ateliers et trajets",
    columns=[
        Column(
            "title",
            "Atelier ou trajet",
            lambda p: p.workshop.title,
            [GroupWorkshop.title],
            lambda p: url_for("workshops.show", workshop_id=p.workshop.id),
        ),
        Column("when", "Quand", lambda p: say_moment(p.workshop.starts_at), [GroupWorkshop.starts_at]),
        Column("length", "Durée", lambda p: say_length(p.workshop.minutes), [GroupWorkshop.minutes], short=True),
        Column("subject", "Thème", lambda p: subject_words(p.workshop.subject)),
        Column("where", "Lieu", lambda p: p.where),
        Column("seats", "Places prises", _seats, short=True),
        Column("came", "Présents", lambda p: p.came if p.workshop.held_at else None, number=True),
        Column("state", "État", lambda p: state_of(p.workshop)),
    ],
    filters=[
        Filter("state", "État", partial(Choice, _STATES), _of_state, lambda: list(_STATES.items()), usual="next"),
        *period_filters(GroupWorkshop.starts_at, "À partir du"),
    ],
    sort="when",
    tie=GroupWorkshop.id,
    read=read_planned,
)


def line_of(seat: WorkshopSeat, workshop: GroupWorkshop, href: str) -> Line:
    """A person's seat as a line: what, when, where it stands, the click to it."""
    state, tone = _stands(seat, workshop)
    to_answer = seat.state == INVITED and workshop.cancelled_at is None and workshop.starts_at > now()
    detail = say_moment(workshop.starts_at)
    return Line(text=workshop.title, detail=detail, href=href, state=state, tone=tone, act=say("Répondre") if to_answer else say("Ouvrir"))


def _stands(seat: WorkshopSeat, workshop: GroupWorkshop) -> tuple[str, str]:
    if workshop.cancelled_at is not None:
        return say("annulé"), "neutral"
    if seat.mark:
        return MARKS[seat.mark]
    if workshop.starts_at <= now() and seat.state != DECLINED:
        return say("passé"), "neutral"
    return SEAT_STATES[seat.state]
