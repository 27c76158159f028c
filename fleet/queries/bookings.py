"""Bookings as pages read them."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, TypeVar

from sqlalchemy import BindParameter, ColumnElement, Row, Select, and_, bindparam, or_, select

from fleet.lifecycle import CONFIRMED
from fleet.models import Block, Booking, Occupancy, Vehicle, is_holding
from fleet.queries.vehicles import holds
from fleet.vehicle_life import WORKSHOP
from mobility.db import Kept, db
from mobility.errors import NotFound
from mobility.models import Beneficiary
from mobility.names import fold
from mobility.periods import ONE_DAY, instant_of
from mobility.rights import Viewer

FOUND_MAX = 20

S = TypeVar("S", bound=Select[*tuple[Any, ...]])
BookingLine = Row[Booking, Vehicle, Beneficiary]
_LINES = (
    select(Booking, Vehicle, Beneficiary)
    .join(Vehicle, Vehicle.id == Booking.vehicle_id)
    .join(Beneficiary, Beneficiary.id == Booking.beneficiary_id)
)
_OF_PERSON = Kept(_LINES.filter(Booking.beneficiary_id == bindparam("beneficiary_id")).order_by(Booking.starts_at.desc()))
_TO_HAND_OVER = Kept(
    _LINES.filter(Booking.status == CONFIRMED, Booking.starts_at < bindparam("until")).order_by(Booking.starts_at, Booking.id)
)
_IN_FORCE = and_(
    Block.vehicle_id == Vehicle.id, Block.lifted_at.is_(None), Block.starts_at <= bindparam("now"), Block.ends_at > bindparam("now")
)
_IMMOBILISED = Kept(
    select(Block, Vehicle)
    .select_from(Vehicle)
    .outerjoin(Block, _IN_FORCE)
    .filter(or_(Block.id.is_not(None), Vehicle.stage == WORKSHOP))
    .order_by(Block.id.is_not(None), Block.ends_at, Block.id, Vehicle.id)
)


def get_booking(booking_id: int, viewer: Viewer) -> Booking:
    """A booking, for staff and for its own person. Raises NotFound."""
    found = db.session.get(Booking, booking_id)
    if found is None or not (viewer.is_staff or viewer.beneficiary_id == found.beneficiary_id):
        raise NotFound("Cette réservation n’existe pas, ou n’est pas pour vous.")
    return found


def all_bookings() -> Select[Booking, Vehicle, Beneficiary]:
    """The platform's bookings with vehicle and person, to be narrowed and put in order."""
    return _LINES


def numbered(asked: S, words: str) -> S:
    """Those whose number, vehicle or person's number holds the words."""
    return asked.filter(or_(*_holding(words)))


def named(asked: S, words: str) -> S:
    """Those whose person's name, number or vehicle holds the words: for those who may read names."""
    return asked.filter(or_(*_holding(words), Beneficiary.search_key.contains(fold(words), autoescape=True)))


def _holding(words: str) -> list[ColumnElement[bool]]:
    numbers = [Booking.number.contains(words.upper(), autoescape=True), Beneficiary.number.contains(words.upper(), autoescape=True)]
    return [*numbers, holds(words)]


def list_bookings_of(beneficiary_id: int) -> Sequence[BookingLine]:
    """A person's bookings, the latest start first."""
    return _OF_PERSON(beneficiary_id=beneficiary_id).all()


def list_to_hand_over(today: date) -> Sequence[BookingLine]:
    """Confirmed bookings whose start is today or past, earliest first."""
    return _TO_HAND_OVER(until=instant_of(today + ONE_DAY)).all()


def list_holders(vehicle_id: int, now: datetime) -> Sequence[Row[Occupancy, Booking, Block, Beneficiary]]:
    """What holds a vehicle now and later, in order: the stretch with its booking and person (who shares it once), or its block."""
    found = db.session.execute(
        select(Occupancy, Booking, Block, Beneficiary)
        .join(Booking, Booking.id == Occupancy.booking_id, isouter=True)
        .join(Block, Block.id == Occupancy.block_id, isouter=True)
        .join(Beneficiary, Beneficiary.id == Booking.beneficiary_id, isouter=True)
        .filter(Occupancy.vehicle_id == vehicle_id, is_holding(), Occupancy.ends_at > now)
        .filter(still_holds(now))
        .order_by(Occupancy.starts_at)
    ).all()
    first = {row[1].id: row[0].id for row in reversed(found) if row[1] is not None and row[1].pattern is not None}
    return [row for row in found if row[1] is None or first.get(row[1].id, row[0].id) == row[0].id]


def search_fleet(words: str) -> tuple[Sequence[Vehicle], Sequence[BookingLine]]:
    """Vehicles whose label or plate holds the words, however the plate is typed, and bookings by number; nothing for nothing."""
    wanted = words.strip()
    plain = wanted.upper().replace("-", "").replace(" ", "")
    if not plain:
        return [], []
    vehicles = db.session.scalars(select(Vehicle).filter(holds(wanted)).order_by(Vehicle.label).limit(FOUND_MAX)).all()
    by_number = _LINES.filter(Booking.number.contains(wanted.upper(), autoescape=True)) if any(c.isdigit() for c in wanted) else None
    return vehicles, [] if by_number is None else db.session.execute(by_number.order_by(Booking.id.desc()).limit(FOUND_MAX)).all()


def list_immobilised(now: datetime) -> Sequence[Row[Block, Vehicle]]:
    """Vehicles kept back now, the earliest end first; before them those still in the workshop, which nothing keeps back any more (None)."""
    return _IMMOBILISED(now=now).all()


def still_holds(now: datetime | BindParameter[datetime]) -> ColumnElement[bool]:
    """Whether an outer-joined booking still holds its vehicle: no hold, or one that has not run out."""
    return or_(Booking.id.is_(None), Booking.hold_expires_at.is_(None), Booking.hold_expires_at > now)
