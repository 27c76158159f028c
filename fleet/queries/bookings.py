"""Bookings as pages read them."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import ColumnElement, Row, Select, func, or_, select

from fleet.lifecycle import CONFIRMED, LATE, OUT
from fleet.models import Block, Booking, Occupancy, Vehicle
from mobility.db import db
from mobility.errors import NotFound
from mobility.models import Beneficiary
from mobility.periods import ONE_DAY, instant_of
from mobility.rights import Viewer

PAGE = 50
FOUND_MAX = 20
BookingLine = Row[Booking, Vehicle, Beneficiary]


def get_booking(booking_id: int, viewer: Viewer) -> Booking:
    """A booking, for staff and for its own person. Raises NotFound."""
    found = db.session.get(Booking, booking_id)
    if found is None or not (viewer.is_staff or viewer.beneficiary_id == found.beneficiary_id):
        raise NotFound("Cette réservation n’existe pas, ou n’est pas pour vous.")
    return found


def list_bookings(*, status: str | None = None, first: int = 0) -> Sequence[BookingLine]:
    """A page of bookings with vehicle and person, the latest start first; one more than the page when there are more."""
    asked = _lines().order_by(Booking.starts_at.desc(), Booking.id.desc())
    if status is not None:
        asked = asked.filter(Booking.status == status)
    return db.session.execute(asked.offset(first).limit(PAGE + 1)).all()


def list_bookings_of(beneficiary_id: int) -> Sequence[BookingLine]:
    """A person's bookings, the latest start first."""
    return db.session.execute(_lines().filter(Booking.beneficiary_id == beneficiary_id).order_by(Booking.starts_at.desc())).all()


def find_running(beneficiary_id: int) -> Booking | None:
    """The person's rental under way, the latest when there are several."""
    asked = select(Booking).filter(Booking.beneficiary_id == beneficiary_id, Booking.status.in_((OUT, LATE)))
    return db.session.scalar(asked.order_by(Booking.starts_at.desc()).limit(1))


def list_to_hand_over(today: date) -> Sequence[BookingLine]:
    """Confirmed bookings whose start is today or past, earliest first."""
    asked = _lines().filter(Booking.status == CONFIRMED, Booking.starts_at < instant_of(today + ONE_DAY))
    return db.session.execute(asked.order_by(Booking.starts_at, Booking.id)).all()


def list_to_get_back(today: date) -> Sequence[BookingLine]:
    """Rentals under way whose return is today or past, earliest first."""
    asked = _lines().filter(Booking.status.in_((OUT, LATE)), Booking.ends_at < instant_of(today + ONE_DAY))
    return db.session.execute(asked.order_by(Booking.ends_at, Booking.id)).all()


def list_holders(vehicle_id: int, now: datetime) -> Sequence[Row[Occupancy, Booking, Block, Beneficiary]]:
    """What holds a vehicle now and later, in order: the stretch with its booking and person, or its block."""
    return db.session.execute(
        select(Occupancy, Booking, Block, Beneficiary)
        .join(Booking, Booking.id == Occupancy.booking_id, isouter=True)
        .join(Block, Block.id == Occupancy.block_id, isouter=True)
        .join(Beneficiary, Beneficiary.id == Booking.beneficiary_id, isouter=True)
        .filter(Occupancy.vehicle_id == vehicle_id, Occupancy.status != "released", Occupancy.ends_at > now)
        .filter(still_holds(now))
        .order_by(Occupancy.starts_at)
    ).all()


def search_fleet(words: str) -> tuple[Sequence[Vehicle], Sequence[BookingLine]]:
    """Vehicles whose label or plate holds the words, however the plate is typed, and bookings by number; nothing for nothing."""
    wanted = words.strip()
    plain = wanted.upper().replace("-", "").replace(" ", "")
    if not plain:
        return [], []
    by_plate = func.replace(Vehicle.plate, "-", "").contains(plain, autoescape=True)
    by_label = func.lower(Vehicle.label).contains(wanted.lower(), autoescape=True)
    vehicles = db.session.scalars(select(Vehicle).filter(or_(by_plate, by_label)).order_by(Vehicle.label).limit(FOUND_MAX)).all()
    numbered = _lines().filter(Booking.number.contains(wanted.upper(), autoescape=True)) if any(c.isdigit() for c in wanted) else None
    return vehicles, [] if numbered is None else db.session.execute(numbered.order_by(Booking.id.desc()).limit(FOUND_MAX)).all()


def list_blocks(now: datetime) -> Sequence[Row[Block, Vehicle]]:
    """Vehicles kept back now, the earliest end first."""
    return db.session.execute(
        select(Block, Vehicle)
        .join(Vehicle, Vehicle.id == Block.vehicle_id)
        .filter(Block.lifted_at.is_(None), Block.starts_at <= now, Block.ends_at > now)
        .order_by(Block.ends_at, Block.id)
    ).all()


def _lines() -> Select[Booking, Vehicle, Beneficiary]:
    return (
        select(Booking, Vehicle, Beneficiary)
        .join(Vehicle, Vehicle.id == Booking.vehicle_id)
        .join(Beneficiary, Beneficiary.id == Booking.beneficiary_id)
    )


def still_holds(now: datetime) -> ColumnElement[bool]:
    """Whether an outer-joined booking still holds its vehicle: no hold, or one that has not run out."""
    return or_(Booking.id.is_(None), Booking.hold_expires_at.is_(None), Booking.hold_expires_at > now)
