"""What odometers said, as the rules read it (domain.md §10.5)."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple, TypeVar

from sqlalchemy import bindparam, or_, select

from fleet.models import Booking, LookPhoto, OdometerReading
from fleet.odometer import Bounds, Reading, bounds_after, list_standing
from mobility.db import Kept, Known, columns_of, db, this_one, this_platform
from mobility.errors import NotFound
from mobility.models import Account

ACCEPTED, DOUBTFUL, CONFIRMED = "accepted", "doubtful", "confirmed"


class Read(NamedTuple):
    """A reading in the columns that the rules ask of it."""

    id: int
    vehicle_id: int
    booking_id: int | None
    read_at: datetime
    km: int
    status: str
    supersedes_id: int | None


ReadingRow = OdometerReading | Read  # the row itself, or its columns where many are read at once
R = TypeVar("R", bound=ReadingRow)
_ITS_VEHICLE = select(Booking.vehicle_id).filter(Booking.id == this_one(), Booking.platform_id == this_platform()).scalar_subquery()
# All that a rental's odometers said: its own readings, and whoever's of the vehicle it holds now.
READINGS = Known(
    OdometerReading,
    Read,
    select(*columns_of(OdometerReading, Read))
    .filter(or_(OdometerReading.booking_id == this_one(), OdometerReading.vehicle_id == _ITS_VEHICLE))
    .filter(OdometerReading.platform_id == this_platform()),
    latest_first=lambda read: (read.read_at, read.id),
)
_IN_ORDER = select(OdometerReading).order_by(OdometerReading.read_at, OdometerReading.id)
_OF_VEHICLE = Kept(_IN_ORDER.filter(OdometerReading.vehicle_id == bindparam("vehicle_id")))
_OF_RENTAL = Kept(_IN_ORDER.filter(OdometerReading.booking_id == bindparam("booking_id")))
_OF_BOOKINGS = Kept(
    select(*columns_of(OdometerReading, Read))
    .filter(OdometerReading.booking_id.in_(bindparam("booking_ids", expanding=True)))
    .order_by(OdometerReading.read_at, OdometerReading.id)
)


@dataclass(frozen=True, kw_only=True)
class LastReading:
    """What an odometer is believed to show: when it was read and by whom, its picture, and what a reading now is held to."""

    km: int
    read_at: datetime
    read_by: str | None
    photo: int | None
    is_of_rental: bool
    bounds: Bounds


def get_reading(reading_id: int) -> OdometerReading:
    """A reading. Raises NotFound."""
    found = db.session.get(OdometerReading, reading_id)
    if found is None:
        raise NotFound
    return found


def list_readings(*, vehicle_id: int | None = None, booking_id: int | None = None) -> Sequence[OdometerReading]:
    """The readings of a vehicle, or of one rental, oldest first: doubtful and superseded ones too."""
    return (_OF_VEHICLE(vehicle_id=vehicle_id) if booking_id is None else _OF_RENTAL(booking_id=booking_id)).scalars().all()


def readings_of(booking_ids: Collection[int]) -> dict[int, list[ReadingRow]]:
    """The readings of several rentals, each oldest first, in one statement."""
    found: dict[int, list[ReadingRow]] = {id_: [] for id_ in booking_ids}
    for row in _OF_BOOKINGS(booking_ids=list(found)) if found else ():
        found[row.booking_id].append(Read._make(row))
    return found


def plain(rows: Iterable[ReadingRow]) -> list[Reading]:
    """Rows as the rules read them."""
    return [Reading(id=r.id, at=r.read_at, km=r.km, doubtful=r.status == DOUBTFUL, corrects=r.supersedes_id) for r in rows]


def last_km(vehicle_id: int) -> int | None:
    """What the odometer of a vehicle is believed to show, None before any reading."""
    standing = list_standing(plain(list_readings(vehicle_id=vehicle_id)))
    return standing[-1].km if standing else None


def find_last(vehicle_id: int, booking_id: int, *, now: datetime) -> LastReading | None:
    """The last reading of a vehicle that counts; its picture only when it is of this rental, for another's is that person's."""
    standing = list_standing(plain(list_readings(vehicle_id=vehicle_id)))
    if not standing:
        return None
    asked = (
        select(Account.name, LookPhoto.attachment_id, OdometerReading.booking_id)
        .select_from(OdometerReading)
        .outerjoin(Account, Account.id == OdometerReading.read_by)
        .outerjoin(LookPhoto, (LookPhoto.reading_id == OdometerReading.id) & (OdometerReading.booking_id == booking_id))
        .filter(OdometerReading.id == standing[-1].id)
    )
    last, (name, photo, read_on_id) = standing[-1], db.session.execute(asked.limit(1)).one()
    is_of_rental, bounds = read_on_id == booking_id, bounds_after(last, now)
    return LastReading(km=last.km, read_at=last.at, read_by=name, photo=photo, is_of_rental=is_of_rental, bounds=bounds)


def list_doubtful(booking_id: int) -> list[OdometerReading]:
    """The readings of a rental that wait to be confirmed or corrected: a correction that stands settles one."""
    return pick_doubtful(list_readings(booking_id=booking_id))


def pick_doubtful(rows: Iterable[R]) -> list[R]:
    """Those of a rental's readings that nothing has settled."""
    rows = list(rows)
    settled = {row.supersedes_id for row in rows if row.status != DOUBTFUL}
    return [row for row in rows if row.status == DOUBTFUL and row.id not in settled]
