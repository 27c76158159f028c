"""Vehicles by the code of their label, and who has one now."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import or_, select

from fleet.lifecycle import LATE, OUT
from fleet.models import Booking, Vehicle
from mobility.db import db
from mobility.errors import RuleBroken

MOST_LABELS = 210  # ten sheets


def find_by_code(code: str) -> Vehicle | None:
    """The vehicle that wears this code."""
    return db.session.scalar(select(Vehicle).filter(Vehicle.code == code))


def has_it_now(vehicle: Vehicle, beneficiary_id: int | None) -> Booking | None:
    """The booking by which this person has this vehicle now."""
    asked = select(Booking).filter(Booking.vehicle_id == vehicle.id, Booking.status.in_((OUT, LATE)))
    return db.session.scalar(asked.filter(Booking.beneficiary_id == beneficiary_id)) if beneficiary_id else None


def list_labelled(chosen: Sequence[int], today: date) -> Sequence[Vehicle]:
    """The vehicles chosen, or all of the fleet's when none is, by name. Raises RuleBroken beyond MOST_LABELS."""
    asked = select(Vehicle).filter(Vehicle.code.is_not(None)).order_by(Vehicle.label, Vehicle.id).limit(MOST_LABELS + 1)
    if chosen:
        asked = asked.filter(Vehicle.id.in_(chosen[: MOST_LABELS + 1]))
    else:
        asked = asked.filter(or_(Vehicle.out_of_service_on.is_(None), Vehicle.out_of_service_on > today))
    found = db.session.scalars(asked).all()
    if chosen and len(found) > MOST_LABELS:
        raise RuleBroken(f"Au plus {MOST_LABELS} étiquettes à la fois : choisissez-en moins.")
    return found[:MOST_LABELS]
