"""Where a vehicle was, and who comes for it where it stands now."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import Row, select

from fleet.lifecycle import CONFIRMED, HELD
from fleet.models import Block, Booking, Occupancy, Vehicle, VehicleTransfer
from fleet.queries.bookings import list_holders
from mobility.db import db
from mobility.models import Beneficiary


def list_transfers(vehicle_id: int) -> Sequence[VehicleTransfer]:
    """A vehicle's moves, the latest first."""
    asked = select(VehicleTransfer).filter(VehicleTransfer.vehicle_id == vehicle_id)
    return db.session.scalars(asked.order_by(VehicleTransfer.on.desc(), VehicleTransfer.id.desc())).all()


def here_since(vehicle: Vehicle) -> date:
    """The day of its last move; without one, the day it came into the fleet."""
    moves = list_transfers(vehicle.id)
    return moves[0].on if moves else vehicle.in_service_on


def list_coming(vehicle_id: int, now: datetime) -> list[Row[Occupancy, Booking, Block, Beneficiary]]:
    """The bookings whose keys are still to be handed over, in order."""
    return [row for row in list_holders(vehicle_id, now) if row[0].status in (HELD, CONFIRMED) and row[1] is not None]
