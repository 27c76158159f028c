"""A workshop's two doors for who has no adviser beside them: the link that answers an invitation, the code scanned on the spot."""

from datetime import datetime

from mobility.actions.links import Purpose, get_link
from mobility.actions.workshops import answer_invitation, mark_attendance
from mobility.db import db
from mobility.errors import Conflict, NotFound
from mobility.models import WorkshopSeat
from mobility.queries.workshops import find_seat_of, get_workshop
from mobility.rights import Role, Viewer
from mobility.tongues import say
from mobility.workshops import HOLDING, PRESENT, mark_at_the_door

NOT_LISTED = say("Vous n’avez pas de place ici : dites-le à la personne qui vous accueille.")


def seat_of_link(token: str, *, now: datetime) -> WorkshopSeat:
    """The seat that a live link answers for; opening it changes nothing, for a messenger looks too. Raises NotFound."""
    seat = db.session.get(WorkshopSeat, get_link(token, purpose=Purpose.WORKSHOP, now=now).subject_id)
    if seat is None:
        raise NotFound
    return seat


def answer_by_link(token: str, *, coming: bool, charter: bool = False, by: Viewer, now: datetime) -> WorkshopSeat:
    """The person answers by the link they were sent, as often as they change their mind before it begins. Raises NotFound, Conflict."""
    seat = seat_of_link(token, now=now)
    person = Viewer(name=by.name, platform_id=seat.platform_id, roles=frozenset({Role.BENEFICIARY}), beneficiary_id=seat.beneficiary_id)
    return answer_invitation(seat.id, coming=coming, charter=charter, by=person, now=now)


def come(workshop_id: int, *, by: Viewer, now: datetime) -> WorkshopSeat:
    """Somebody scanned the code on the spot: come, or late; scanned again it says the same. Raises NotFound, Conflict."""
    workshop = get_workshop(workshop_id)
    is_off, is_trip = workshop.cancelled_at is not None, workshop.stops is not None
    mark = mark_at_the_door(starts_at=workshop.starts_at, minutes=workshop.minutes, cancelled=is_off, is_trip=is_trip, now=now)
    seat = find_seat_of(workshop_id, by.beneficiary_id) if by.beneficiary_id is not None else None
    if seat is None or seat.state not in HOLDING:
        raise Conflict(NOT_LISTED)
    if seat.mark in PRESENT:
        return seat
    return mark_attendance(seat.id, mark=mark, by=by, now=now)
