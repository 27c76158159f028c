"""What somebody attended, and who is expected at a workshop, on their way to paper."""

from datetime import datetime

from sqlalchemy import and_, select

from mobility.db import db
from mobility.documents.attendance import Attended, AttestationPaper, SheetPaper
from mobility.errors import NotFound
from mobility.group_trips import TRIP, Stop, from_data
from mobility.models import Beneficiary, GroupWorkshop, WorkshopSeat
from mobility.periods import paris_day, say_day, say_moment
from mobility.queries.letterhead import letterhead, person_of
from mobility.queries.workshops import get_planned, leader_name, list_seats
from mobility.workshops import HOLDING, PRESENT, say_length


def attestation_of(person: Beneficiary, now: datetime) -> AttestationPaper:
    """Every workshop a person came to, late or not, with its length. Raises NotFound for who came to none."""
    at = and_(GroupWorkshop.platform_id == WorkshopSeat.platform_id, GroupWorkshop.id == WorkshopSeat.group_workshop_id)
    asked = select(GroupWorkshop).join(WorkshopSeat, at).filter(WorkshopSeat.beneficiary_id == person.id, WorkshopSeat.mark.in_(PRESENT))
    asked = asked.filter(GroupWorkshop.subject != TRIP)  # a ride is no hour of a workshop
    came = db.session.scalars(asked.order_by(GroupWorkshop.starts_at, GroupWorkshop.id)).all()
    if not came:
        raise NotFound("Aucune présence à un atelier n’est notée : il n’y a rien à attester.")
    return AttestationPaper(
        platform=letterhead(),
        person=person_of(person),
        made_at=now,
        rows=tuple(Attended(on=say_day(paris_day(one.starts_at)), title=one.title, length=say_length(one.minutes)) for one in came),
        total=say_length(sum(one.minutes for one in came)),
    )


def sheet_of(workshop_id: int, now: datetime) -> SheetPaper:
    """Who holds a seat, by last name; on a trip stop by stop, for who drives: a name and where they get on and off. Raises NotFound."""
    planned = get_planned(workshop_id)
    stops = from_data(planned.workshop.stops)
    kept = [(seat, person) for seat, person in list_seats(workshop_id) if seat.state in HOLDING]
    people = sorted(kept, key=lambda one: (one[0].board or 0, one[1].identity_key))
    return SheetPaper(
        platform=letterhead(),
        made_at=now,
        workshop=planned.workshop.title,
        when=say_moment(planned.workshop.starts_at),
        length=say_length(planned.workshop.minutes),
        where=planned.where,
        leader=leader_name(planned.workshop),
        names=tuple(_named(seat, person, stops) for seat, person in people),
    )


def _named(seat: WorkshopSeat, person: Beneficiary, stops: tuple[Stop, ...]) -> str:
    name = f"{person.first_name} {person.last_name}"
    if not stops or seat.board is None or seat.alight is None:
        return name
    return f"{name} : {stops[seat.board]} → {stops[seat.alight].place}"
