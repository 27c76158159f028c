"""Collective workshops: the calendar, who is asked to each, who may still be asked, what a person has before them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Row, Select, and_, func, select

from mobility.db import db
from mobility.errors import NotFound
from mobility.group_trips import Leg, Stop, aboard, from_data
from mobility.liaison import ACCEPTED as FORM_ACCEPTED
from mobility.models import Account, Action, Beneficiary, GroupWorkshop, LiaisonForm, Site, WorkshopSeat
from mobility.periods import instant_of, paris_day
from mobility.queries.contacts import say_place
from mobility.rights import Role, Viewer
from mobility.workshops import AHEAD, HOLDING, PRESENT, QUEUED, Told

MOST_ASKED = 500  # people offered in a list to choose from

_TAKEN = (
    select(func.count())
    .select_from(WorkshopSeat)
    .filter(WorkshopSeat.platform_id == GroupWorkshop.platform_id, WorkshopSeat.group_workshop_id == GroupWorkshop.id)
    .filter(WorkshopSeat.state.in_(HOLDING))
    .correlate(GroupWorkshop)
)
TAKEN = _TAKEN.scalar_subquery().label("taken")
CAME = _TAKEN.filter(WorkshopSeat.mark.in_(PRESENT)).scalar_subquery().label("came")


@dataclass(frozen=True, kw_only=True)
class Planned:
    """A workshop with its pole, the seats taken, and how many came."""

    workshop: GroupWorkshop
    site: Site | None
    taken: int
    came: int

    @property
    def where(self) -> str:
        """Where it is held, in words."""
        return self.workshop.place or say_place(self.site)


def workshops_here() -> Select[*tuple[GroupWorkshop, Site, int, int]]:
    """All of the platform's, for a list."""
    near = and_(Site.platform_id == GroupWorkshop.platform_id, Site.id == GroupWorkshop.site_id)
    return select(GroupWorkshop, Site, TAKEN, CAME).join(Site, near, isouter=True)


def read_planned(row: Row[*tuple[GroupWorkshop, Site, int, int]]) -> Planned:
    """A line of it."""
    workshop, site, taken, came = row
    return Planned(workshop=workshop, site=site, taken=taken, came=came)


def get_planned(workshop_id: int) -> Planned:
    """A workshop with its counts. Raises NotFound."""
    found = db.session.execute(workshops_here().filter(GroupWorkshop.id == workshop_id)).first()
    if found is None:
        raise NotFound("Cet atelier n’existe pas ici.")
    return read_planned(found)


def get_workshop(workshop_id: int) -> GroupWorkshop:
    """A workshop of this platform. Raises NotFound."""
    found = db.session.scalar(select(GroupWorkshop).filter(GroupWorkshop.id == workshop_id))
    if found is None:
        raise NotFound("Cet atelier n’existe pas ici.")
    return found


def list_next_workshops(now: datetime) -> list[Planned]:
    """Those to come that stand, the first first."""
    asked = workshops_here().filter(GroupWorkshop.starts_at > now, GroupWorkshop.cancelled_at.is_(None))
    return [read_planned(row) for row in db.session.execute(asked.order_by(GroupWorkshop.starts_at, GroupWorkshop.id))]


def leader_name(workshop: GroupWorkshop) -> str | None:
    """Who leads it."""
    return db.session.scalar(select(Account.name).filter(Account.id == workshop.adviser_id)) if workshop.adviser_id else None


def told_of(workshop: GroupWorkshop, seat: WorkshopSeat | None = None) -> Told:
    """What a sentence to a person says of it; of a trip, when and where this seat's passenger gets on."""
    if stops := from_data(workshop.stops):
        board = stops[seat.board or 0 if seat is not None else 0]
        starts_at = instant_of(paris_day(workshop.starts_at), board.at)
        return Told(title=workshop.title, starts_at=starts_at, minutes=workshop.minutes, where=board.place, is_trip=True)
    site = db.session.scalar(select(Site).filter(Site.id == workshop.site_id)) if workshop.site_id is not None else None
    return Told(title=workshop.title, starts_at=workshop.starts_at, minutes=workshop.minutes, where=workshop.place or say_place(site))


@dataclass(frozen=True, kw_only=True)
class StopTold:
    """A stop of a trip: who gets on and off there, by name, and how many are aboard after it."""

    stop: Stop
    on: tuple[str, ...]
    off: tuple[str, ...]
    aboard: int


def stops_told(workshop: GroupWorkshop, seats: Sequence[tuple[WorkshopSeat, Beneficiary]]) -> list[StopTold]:
    """The stops of a trip with its passengers; none for a workshop."""
    stops, kept = from_data(workshop.stops), [(seat, person) for seat, person in seats if seat.state in HOLDING]
    counts = (*aboard([(seat.board or 0, seat.alight or 0) for seat, _ in kept], len(stops)), 0)
    names = {seat.id: f"{person.first_name} {person.last_name}" for seat, person in kept}
    return [
        StopTold(
            stop=stop,
            on=tuple(names[seat.id] for seat, _ in kept if seat.board == rank),
            off=tuple(names[seat.id] for seat, _ in kept if seat.alight == rank),
            aboard=counts[rank],
        )
        for rank, stop in enumerate(stops)
    ]


def list_seats(workshop_id: int) -> list[tuple[WorkshopSeat, Beneficiary]]:
    """Everybody asked: the first asked first, which is the order of the waiting list."""
    return [(seat, person) for seat, person in db.session.execute(_seats(workshop_id))]


def list_queued(workshop_id: int) -> list[tuple[WorkshopSeat, Beneficiary]]:
    """Who waits, the longest first."""
    return [(seat, person) for seat, person in db.session.execute(_seats(workshop_id).filter(WorkshopSeat.state == QUEUED))]


def legs_taken(workshop_id: int) -> list[Leg]:
    """From which stop to which the seats of a trip are kept."""
    kept = select(WorkshopSeat.board, WorkshopSeat.alight).filter(WorkshopSeat.group_workshop_id == workshop_id)
    rows = db.session.execute(kept.filter(WorkshopSeat.state.in_(HOLDING), WorkshopSeat.board.is_not(None)))
    return [(board or 0, alight or 0) for board, alight in rows]


def _seats(workshop_id: int) -> Select[*tuple[WorkshopSeat, Beneficiary]]:
    whose = and_(Beneficiary.platform_id == WorkshopSeat.platform_id, Beneficiary.id == WorkshopSeat.beneficiary_id)
    asked = select(WorkshopSeat, Beneficiary).join(Beneficiary, whose).filter(WorkshopSeat.group_workshop_id == workshop_id)
    return asked.order_by(WorkshopSeat.asked_at, WorkshopSeat.id)


def count_taken(workshop_id: int) -> int:
    """How many seats are kept."""
    kept = select(func.count()).select_from(WorkshopSeat).filter(WorkshopSeat.group_workshop_id == workshop_id)
    return db.session.scalar(kept.filter(WorkshopSeat.state.in_(HOLDING))) or 0


def find_seat_of(workshop_id: int, beneficiary_id: int) -> WorkshopSeat | None:
    """A person's seat at a workshop."""
    theirs = (WorkshopSeat.group_workshop_id == workshop_id, WorkshopSeat.beneficiary_id == beneficiary_id)
    return db.session.scalar(select(WorkshopSeat).filter(*theirs))


def get_seat(seat_id: int, viewer: Viewer) -> WorkshopSeat:
    """A seat: any for an adviser, their own for a person. Raises NotFound."""
    asked = select(WorkshopSeat).filter(WorkshopSeat.id == seat_id)
    if not viewer.may(Role.ADVISER, Role.MANAGER):
        asked = asked.filter(WorkshopSeat.beneficiary_id == viewer.beneficiary_id)
    found = db.session.scalar(asked)
    if found is None:
        raise NotFound("Cette invitation n’existe pas ici.")
    return found


def list_seats_of(beneficiary_id: int) -> list[tuple[WorkshopSeat, GroupWorkshop]]:
    """A person's invitations and workshops, the latest first."""
    at = and_(GroupWorkshop.platform_id == WorkshopSeat.platform_id, GroupWorkshop.id == WorkshopSeat.group_workshop_id)
    asked = select(WorkshopSeat, GroupWorkshop).join(GroupWorkshop, at).filter(WorkshopSeat.beneficiary_id == beneficiary_id)
    rows = db.session.execute(asked.order_by(GroupWorkshop.starts_at.desc(), GroupWorkshop.id.desc()).limit(20))
    return [(seat, workshop) for seat, workshop in rows]


def list_to_ask(workshop_id: int) -> Sequence[Beneficiary]:
    """Whose path runs (a form accepted, or an action not ended) and who has no seat here, by name."""
    on_path = select(LiaisonForm.beneficiary_id).filter(LiaisonForm.status == FORM_ACCEPTED)
    at_work = select(Action.beneficiary_id).filter(Action.ended_on.is_(None))
    asked_already = select(WorkshopSeat.beneficiary_id).filter(WorkshopSeat.group_workshop_id == workshop_id)
    people = select(Beneficiary).filter(Beneficiary.id.in_(on_path.union(at_work)), Beneficiary.id.not_in(asked_already))
    return db.session.scalars(people.order_by(Beneficiary.identity_key, Beneficiary.id).limit(MOST_ASKED)).all()


def list_to_remind(now: datetime) -> Sequence[Row[int, int]]:
    """The person and the seat of each reminder that may soon be due; people in one order, as they are locked."""
    at = and_(GroupWorkshop.platform_id == WorkshopSeat.platform_id, GroupWorkshop.id == WorkshopSeat.group_workshop_id)
    asked = select(WorkshopSeat.beneficiary_id, WorkshopSeat.id).join(GroupWorkshop, at)
    asked = asked.filter(GroupWorkshop.starts_at > now, GroupWorkshop.starts_at < now + AHEAD, GroupWorkshop.cancelled_at.is_(None))
    asked = asked.filter(WorkshopSeat.state.in_(HOLDING), WorkshopSeat.reminded_at.is_(None))
    asked = asked.join(Beneficiary, Beneficiary.id == WorkshopSeat.beneficiary_id).filter(Beneficiary.erased_at.is_(None))
    return db.session.execute(asked.order_by(WorkshopSeat.beneficiary_id, WorkshopSeat.id)).all()
