"""Who held a vehicle at an instant, from its stretches and their bookings; the past is kept for this."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import Row, func, or_, select

from fleet.holders import Holder, Kept, Keys, holder_at
from fleet.models import Block, Booking, Occupancy, Vehicle, VehicleLoan
from fleet.plates import plain
from fleet.queries.loans import list_lent
from mobility.db import db
from mobility.errors import RuleBroken
from mobility.models import Beneficiary

AROUND = timedelta(days=31)  # how far the bookings before and after are looked for


def find_by_plate(plate: str) -> Vehicle:
    """The vehicle of a plate, however typed, also one that left the fleet. Raises RuleBroken on `plate`."""
    bare = func.upper(func.replace(func.replace(Vehicle.plate, "-", ""), " ", ""))
    found = db.session.scalar(select(Vehicle).filter(bare == plain(plate)).order_by(Vehicle.id))
    if found is None:
        raise RuleBroken("Aucun véhicule de la plateforme ne porte cette plaque.", field="plate")
    return found


def who_had(vehicle_id: int, at: datetime) -> Holder:
    """The person, another platform, the workshop or nobody."""
    return holder_at(at, _keys(vehicle_id, at), _kept(vehicle_id, at))


def read_booking(booking_id: int | None) -> Row[Booking, Beneficiary] | None:
    """A booking with its person."""
    if booking_id is None:
        return None
    asked = select(Booking, Beneficiary).join(Beneficiary, Beneficiary.id == Booking.beneficiary_id)
    return db.session.execute(asked.filter(Booking.id == booking_id)).first()


def _keys(vehicle_id: int, at: datetime) -> list[Keys]:
    """Every stretch driven around the instant; the last one of a booking lasts until the keys came back, however late."""
    theirs = select(Occupancy.booking_id).filter(Occupancy.vehicle_id == vehicle_id, Occupancy.starts_at < at + AROUND)
    asked = (
        select(Occupancy, Booking)
        .join(Booking, Booking.id == Occupancy.booking_id)
        .filter(Booking.id.in_(theirs), Occupancy.status != "released")
        .filter(Booking.handed_over_at < at + AROUND, or_(Booking.returned_at.is_(None), Booking.returned_at > at - AROUND))
        .order_by(Booking.id, Occupancy.starts_at)
    )
    rows = db.session.execute(asked).all()
    last = {booking.id: row.id for row, booking in rows}
    return [_driven(row, booking, is_last=last[booking.id] == row.id) for row, booking in rows if row.vehicle_id == vehicle_id]


def _driven(row: Occupancy, booking: Booking, *, is_last: bool) -> Keys:
    assert booking.handed_over_at is not None
    until_at = booking.returned_at if is_last else row.use_ends_at
    return Keys(booking_id=booking.id, from_at=max(row.starts_at, booking.handed_over_at), until_at=until_at)


def _kept(vehicle_id: int, at: datetime) -> Sequence[Kept]:
    """What kept it back: a block of a loan names the other platform for as long as it had the keys, and nobody around that."""
    promised = select(VehicleLoan.id).filter(VehicleLoan.block_id == Block.id, VehicleLoan.lender_id == Block.platform_id).exists()
    asked = select(Block).filter(Block.vehicle_id == vehicle_id, Block.starts_at <= at, Block.ends_at > at, ~promised)
    stood = [
        Kept(block_id=block.id, from_at=block.starts_at, until_at=min(block.ends_at, block.lifted_at or block.ends_at))
        for block in db.session.scalars(asked)
    ]
    return stood + [
        Kept(block_id=loan.block_id, from_at=loan.received_at, until_at=loan.given_back_at, is_lent=True)
        for loan, _ in list_lent(vehicle_id=vehicle_id)
        if loan.block_id and loan.received_at
    ]
