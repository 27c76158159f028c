"""What drivers told, as pages read it."""

from collections.abc import Sequence

from sqlalchemy import Row, Select, bindparam, select

from fleet.defects import NEW, NOTICE
from fleet.models import Booking, Defect, Vehicle
from mobility.db import Kept, db
from mobility.errors import NotFound


def get_defect(defect_id: int) -> Defect:
    """A report. Raises NotFound."""
    found = db.session.get(Defect, defect_id)
    if found is None:
        raise NotFound("Ce signalement n’existe pas ici.")
    return found


def all_defects() -> Select[Defect, Vehicle]:
    """The platform's reports, each with its vehicle and no person, to be narrowed and put in order."""
    return select(Defect, Vehicle).join(Vehicle, Vehicle.id == Defect.vehicle_id)


def list_open_defects(vehicle_id: int) -> Sequence[Defect]:
    """What was told of a vehicle and is not settled: to look at, or a notice; the latest first."""
    asked = select(Defect).filter(Defect.vehicle_id == vehicle_id, Defect.state.in_((NEW, NOTICE)))
    return db.session.scalars(asked.order_by(Defect.told_at.desc(), Defect.id.desc())).all()


_NEW = Kept(all_defects().filter(Defect.state == NEW).order_by(Defect.told_at, Defect.id))


_OF_PERSON = Kept(
    all_defects()
    .join(Booking, Booking.id == Defect.booking_id)
    .filter(Booking.beneficiary_id == bindparam("beneficiary_id"))
    .order_by(Defect.told_at.desc(), Defect.id.desc())
)


def list_new_defects() -> Sequence[Row[Defect, Vehicle]]:
    """Those the workshop has not looked at, the oldest first, each with its vehicle."""
    return _NEW().all()


def list_defects_of(beneficiary_id: int) -> Sequence[Row[Defect, Vehicle]]:
    """What one person told, the latest first, each with its vehicle."""
    return _OF_PERSON(beneficiary_id=beneficiary_id).all()
