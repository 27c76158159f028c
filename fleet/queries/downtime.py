"""How long a vehicle stood still, from what kept it back."""

from datetime import datetime

from sqlalchemy import select

from fleet.downtime import OVER, STOPPED_FOR, Downtime, measure
from fleet.models import Block, Vehicle
from mobility.db import db
from mobility.periods import Period, instant_of


def downtime_of(vehicle: Vehicle, now: datetime) -> Downtime:
    """Over the past year; a stop lifted early ends there."""
    asked = select(Block.starts_at, Block.ends_at, Block.lifted_at).filter(
        Block.vehicle_id == vehicle.id, Block.reason.in_(STOPPED_FOR), Block.ends_at > now - OVER, Block.starts_at < now
    )
    rows = db.session.execute(asked.order_by(Block.starts_at)).all()
    stops = [Period(starts_at=starts, ends_at=min(ends, lifted or ends)) for starts, ends, lifted in rows if (lifted or ends) > starts]
    return measure(stops, since=instant_of(vehicle.in_service_on), now=now)
