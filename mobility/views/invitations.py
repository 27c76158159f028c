"""An invitation to a workshop or a trip, as its person reads it: in their own space and by the link they were sent."""

from dataclasses import dataclass

from mobility import practice
from mobility.clock import now, today
from mobility.group_trips import CHARTER, Stop, charter_of, from_data
from mobility.models import WorkshopSeat
from mobility.queries.workshops import Planned, get_planned, leader_name
from mobility.workshops import MARKS, SEAT_STATES, say_length


@dataclass(frozen=True, kw_only=True)
class Invitation:
    """What is planned, their seat and its state in words and tone; `is_open` while it can still be answered."""

    planned: Planned
    seat: WorkshopSeat
    state: tuple[str, str]
    is_open: bool
    stops: tuple[Stop, ...]
    leader: str | None
    length: str
    charter: str


def invitation_of(seat: WorkshopSeat) -> Invitation:
    """All of it, of a seat."""
    planned = get_planned(seat.group_workshop_id)
    workshop = planned.workshop
    return Invitation(
        planned=planned,
        seat=seat,
        state=MARKS[seat.mark] if seat.mark else SEAT_STATES[seat.state],
        is_open=workshop.cancelled_at is None and workshop.starts_at > now(),
        stops=from_data(workshop.stops),
        leader=leader_name(workshop),
        length=say_length(workshop.minutes),
        charter=charter_of(practice.value_on(CHARTER.key, today())),
    )
