"""The calendars somebody keeps, and what each holds; who it is about stays behind the door (docs/adr/0012)."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Row, and_, select

from fleet.blocks import BLOCK_REASONS
from fleet.calendars import AFTER, BEFORE, LAST_WORD, LONGEST, MEETING, OWN, SITE, VEHICLE, initials, window_at
from fleet.lifecycle import CONFIRMED, LATE, OUT, RETURNED
from fleet.models import Block, Booking, PointEtape, Vehicle
from fleet.queries.planning import stretches_of
from fleet.queries.vehicles import full_name
from mobility.actions.links import Purpose
from mobility.codes import MEETING_KINDS
from mobility.db import db
from mobility.errors import NotFound
from mobility.ical import Calendar, Entry
from mobility.models import Beneficiary, GroupWorkshop, Link, Meeting
from mobility.models import Site as Pole
from mobility.periods import ONE_DAY, Period, paris_day
from mobility.queries.contacts import say_place

PURPOSES = {OWN: Purpose.CALENDAR_OWN, SITE: Purpose.CALENDAR_SITE, VEHICLE: Purpose.CALENDAR_VEHICLE}
_WEEKS = -(-(BEFORE + AFTER) // (7 * ONE_DAY)) + 1
Page = Callable[..., str]  # an endpoint and its values → the whole address


@dataclass(frozen=True, kw_only=True)
class Kept:
    """A calendar's private address, without the address: it was shown once."""

    id: int
    what: str
    name: str
    site_id: int | None
    vehicle_id: int | None
    made_at: datetime
    expires_at: datetime


def list_calendars(account_id: int | None, *, now: datetime) -> list[Kept]:
    """The calendars of an account that are read today, in the order made."""
    live = (Link.account_id == account_id, Link.used_at.is_(None), Link.expires_at > now)
    asked = (
        select(Link, Pole.name, Vehicle)
        .join(Pole, and_(Link.purpose == Purpose.CALENDAR_SITE, Pole.id == Link.subject_id), isouter=True)
        .join(Vehicle, and_(Link.purpose == Purpose.CALENDAR_VEHICLE, Vehicle.id == Link.subject_id), isouter=True)
        .filter(*live, Link.purpose.in_(PURPOSES.values()))
    )
    return [_kept(*row) for row in db.session.execute(asked.order_by(Link.id))]


def get_calendar(link_id: int, account_id: int | None, *, now: datetime) -> Kept:
    """One calendar of an account. Raises NotFound, the same for a colleague's and one that has ended."""
    for kept in list_calendars(account_id, now=now):
        if kept.id == link_id:
            return kept
    raise NotFound("Cet agenda n’existe pas, ou n’est pas le vôtre.")


def _kept(link: Link, site: str | None, vehicle: Vehicle | None) -> Kept:
    what = next(what for what, purpose in PURPOSES.items() if purpose == link.purpose)
    return Kept(
        id=link.id,
        what=what,
        name=site or (full_name(vehicle) if vehicle else "Mes rendez-vous"),
        site_id=link.subject_id if what == SITE else None,
        vehicle_id=link.subject_id if what == VEHICLE else None,
        made_at=link.created_at,
        expires_at=link.expires_at,
    )


def read_calendar(what: str, link: Link, *, page: Page, now: datetime) -> Calendar:
    """What a calendar shows at this instant, and towards its end that it ends. Raises NotFound for a pole or a vehicle that is no more."""
    name, entries = _READ[what](link, page, now)
    last_word = Entry(
        uid=f"calendar-{link.id}",
        starts_at=link.expires_at - LAST_WORD,
        ends_at=link.expires_at - LAST_WORD + MEETING,
        title="Cet agenda s’arrête dans une semaine : prolongez-le dans Point-Étape",
        href=page("calendars.index"),
    )
    told = [entry for entry in (*entries, last_word) if entry.starts_at < window_at(now).ends_at]
    return Calendar(name=f"Point-Étape, {name}", entries=tuple(sorted(told, key=lambda entry: (entry.starts_at, entry.uid))))


def _own(link: Link, page: Page, now: datetime) -> tuple[str, Iterable[Entry]]:
    def who(person: Row[*tuple[Any, ...]]) -> str:
        return initials(person.first_name, person.last_name)

    window = window_at(now)
    meetings = [_meeting(row, who(row), page) for row in _meetings(link.account_id, window)]
    return "mes rendez-vous", [
        *meetings,
        *_workshops(link.account_id, window, page),
        *_to_and_fro(Booking.created_by == link.account_id, window, who, page),
    ]


def _site(link: Link, page: Page, now: datetime) -> tuple[str, Iterable[Entry]]:
    pole = db.session.get(Pole, link.subject_id)
    if pole is None:
        raise NotFound
    window = window_at(now)
    moves = _to_and_fro(Vehicle.site_id == pole.id, window, lambda row: row.Booking.number, page)
    return pole.name, [*moves, *_blocks(pole, window, page)]


def _vehicle(link: Link, page: Page, now: datetime) -> tuple[str, Iterable[Entry]]:
    found = db.session.execute(select(Vehicle.id, Vehicle.label).filter(Vehicle.id == link.subject_id)).all()
    if not found:
        raise NotFound
    ((vehicle_id, label),) = found

    def link_to(vehicle_id: int, booking_id: int | None) -> str:
        if booking_id is None:
            return page("vehicles.show", vehicle_id=vehicle_id)
        return page("bookings.show", booking_id=booking_id)

    first_on = paris_day(window_at(now).starts_at)
    held = stretches_of(found, first_on, _WEEKS, with_names=False, link=link_to, now=now)[vehicle_id]
    return label, [
        Entry(
            uid=f"vehicle-{vehicle_id}-{stretch.starts_at:%Y%m%d%H%M%S}",  # one holder at a time: no two begin together
            starts_at=stretch.starts_at,
            ends_at=stretch.ends_at,
            title=stretch.label,
            href=stretch.href,
        )
        for stretch in held
    ]


_READ = {OWN: _own, SITE: _site, VEHICLE: _vehicle}


def _meetings(account_id: int | None, window: Period) -> Sequence[Row[*tuple[Any, ...]]]:
    """Appointments that stand, each with its place, and a point-étape with its vehicle."""
    return db.session.execute(
        select(Meeting, Pole, Beneficiary.first_name, Beneficiary.last_name, Vehicle.label)
        .join(Beneficiary, Beneficiary.id == Meeting.beneficiary_id)
        .join(Pole, Pole.id == Meeting.site_id, isouter=True)
        .join(PointEtape, PointEtape.meeting_id == Meeting.id, isouter=True)
        .join(Booking, Booking.id == PointEtape.booking_id, isouter=True)
        .join(Vehicle, Vehicle.id == Booking.vehicle_id, isouter=True)
        .filter(Meeting.starts_at >= window.starts_at, Meeting.starts_at < window.ends_at)
        .filter(Meeting.adviser_id == account_id, Meeting.cancelled_at.is_(None))
    ).all()


def _meeting(row: Row[*tuple[Any, ...]], who: str, page: Page) -> Entry:
    meeting = row.Meeting
    said = [MEETING_KINDS[meeting.kind].capitalize(), who, row.label]
    return Entry(
        uid=f"meeting-{meeting.id}",
        starts_at=meeting.starts_at,
        ends_at=meeting.starts_at + MEETING,
        title=", ".join(word for word in said if word),
        place=say_place(row.Site) if row.Site else None,
        href=page("files.show", beneficiary_id=meeting.beneficiary_id),
    )


def _workshops(account_id: int | None, window: Period, page: Page) -> Iterator[Entry]:
    """The collective workshops that they lead; who comes stays behind the door."""
    led = select(GroupWorkshop, Pole).join(Pole, Pole.id == GroupWorkshop.site_id, isouter=True)
    led = led.filter(GroupWorkshop.adviser_id == account_id, GroupWorkshop.cancelled_at.is_(None))
    for workshop, pole in db.session.execute(
        led.filter(GroupWorkshop.starts_at >= window.starts_at, GroupWorkshop.starts_at < window.ends_at)
    ):
        yield Entry(
            uid=f"group-workshop-{workshop.id}",
            starts_at=workshop.starts_at,
            ends_at=workshop.starts_at + timedelta(minutes=workshop.minutes),
            title=f"Atelier : {workshop.title}",
            place=workshop.place or (say_place(pole) if pole else None),
            href=page("workshops.show", workshop_id=workshop.id),
        )


def _to_and_fro(where: ColumnElement[bool], window: Period, who: Callable[[Any], str], page: Page) -> Iterator[Entry]:
    """The keys out and the keys back of confirmed bookings: when they were, or else are to be."""
    rows = db.session.execute(
        select(Booking, Vehicle.label, Pole, Beneficiary.first_name, Beneficiary.last_name)
        .join(Vehicle, Vehicle.id == Booking.vehicle_id)
        .join(Pole, Pole.id == Vehicle.site_id)
        .join(Beneficiary, Beneficiary.id == Booking.beneficiary_id)
        .filter(where, Booking.status.in_((CONFIRMED, OUT, LATE, RETURNED)))
        .filter(Booking.starts_at > window.starts_at - LONGEST, Booking.starts_at < window.ends_at)
    )
    for row in rows:
        booking = row.Booking
        moves = ("Départ", booking.handed_over_at or booking.starts_at), ("Retour", booking.returned_at or booking.ends_at)
        for word, at in moves:
            if window.starts_at <= at < window.ends_at:
                yield Entry(
                    uid=f"booking-{booking.id}-{'out' if word == 'Départ' else 'back'}",
                    starts_at=at,
                    ends_at=at + MEETING,
                    title=f"{word}, {who(row)}, {row.label}",
                    place=say_place(row.Site),
                    href=page("bookings.show", booking_id=booking.id),
                )


def _blocks(pole: Pole, window: Period, page: Page) -> Iterator[Entry]:
    """What keeps the pole's vehicles back; a note stays where it was written."""
    rows = db.session.execute(
        select(Block, Vehicle.label)
        .join(Vehicle, Vehicle.id == Block.vehicle_id)
        .filter(Vehicle.site_id == pole.id, Block.lifted_at.is_(None))
        .filter(Block.ends_at > window.starts_at, Block.starts_at < window.ends_at)
    )
    for block, label in rows:
        yield Entry(
            uid=f"block-{block.id}",
            starts_at=block.starts_at,
            ends_at=block.ends_at,
            title=f"{BLOCK_REASONS[block.reason].capitalize()}, {label}",
            href=page("vehicles.show", vehicle_id=block.vehicle_id),
        )
