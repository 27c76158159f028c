"""The rentals whose pictures have had their time, and which pictures those are."""

from datetime import date, datetime

from sqlalchemy import or_, select

from billing.queries.settled import settled_on
from fleet.models import Accident, AccidentPhoto, Booking, ConditionReport, Defect, LookPhoto, OdometerReading, VehicleMark
from fleet.photo_retention import is_over
from mobility.db import db
from mobility.models import Beneficiary
from mobility.periods import paris_day


def list_over(before: datetime, months: int, now: datetime) -> list[Booking]:
    """Rentals back before an instant whose deposit is settled for so many months, nothing owed and no accident open."""
    asked = select(Booking).join(Beneficiary, Beneficiary.id == Booking.beneficiary_id)
    back = asked.filter(Booking.returned_at < before, Booking.photos_gone_on.is_(None), Beneficiary.erased_at.is_(None))
    quiet = back.filter(
        Booking.id.not_in(select(Accident.booking_id).filter(Accident.closed_at.is_(None), Accident.booking_id.is_not(None)))
    )
    return [booking for booking in db.session.scalars(quiet.order_by(Booking.id)) if is_over(_settled_on(booking), months, paris_day(now))]


def looks_of(booking_id: int) -> list[LookPhoto]:
    """Pictures of its condition reports and odometers; not of a mark still on the vehicle: it saves others from paying."""
    asked = (
        select(LookPhoto)
        .outerjoin(ConditionReport, ConditionReport.id == LookPhoto.report_id)
        .outerjoin(OdometerReading, OdometerReading.id == LookPhoto.reading_id)
        .outerjoin(VehicleMark, VehicleMark.id == LookPhoto.mark_id)
    )
    of_it = or_(ConditionReport.booking_id == booking_id, OdometerReading.booking_id == booking_id)
    return list(db.session.scalars(asked.filter(of_it, or_(LookPhoto.mark_id.is_(None), VehicleMark.gone_at.is_not(None)))))


def looks_of_gone_marks() -> list[LookPhoto]:
    """Pictures of marks mended since the other pictures of their rental went."""
    asked = (
        select(LookPhoto)
        .join(ConditionReport, ConditionReport.id == LookPhoto.report_id)
        .join(Booking, Booking.id == ConditionReport.booking_id)
        .join(VehicleMark, VehicleMark.id == LookPhoto.mark_id)
    )
    return list(db.session.scalars(asked.filter(VehicleMark.gone_at.is_not(None), Booking.photos_gone_on.is_not(None))))


def scenes_of(booking_id: int) -> list[AccidentPhoto]:
    """Pictures of its accidents."""
    asked = select(AccidentPhoto).join(Accident, Accident.id == AccidentPhoto.accident_id)
    return list(db.session.scalars(asked.filter(Accident.booking_id == booking_id)))


def defects_of(booking_id: int) -> list[Defect]:
    """Its defects that were told with a picture."""
    return list(db.session.scalars(select(Defect).filter(Defect.booking_id == booking_id, Defect.photo_id.is_not(None))))


def _settled_on(booking: Booking) -> date | None:
    return settled_on(booking.account_id) if booking.account_id is not None else paris_day(booking.returned_at or booking.ends_at)
