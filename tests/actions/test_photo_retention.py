"""A rental's pictures go six months after its deposit is settled, unless something is still open."""

from datetime import timedelta

from sqlalchemy import func, select

from billing.actions.deposits import release_deposit
from billing.actions.payments import take_payment
from billing.models import BillingAccount, Deposit
from billing.queries.accounts import balance_cents
from fleet.actions.photo_retention import forget_photos
from fleet.marks import Pin
from fleet.models import Accident, LookPhoto, VehicleMark
from mobility.actions.attachments import keep_attachment
from mobility.db import db
from mobility.models import Attachment, AuditEntry
from mobility.rights import Role
from tests.house import House
from tests.rental import RentalDesk
from tests.rules.test_uploads import make_picture


def picture(house: House, kind: str = "condition", **more: int) -> int:
    with house.writing():
        kept = keep_attachment(make_picture(), kind=kind, by=house.viewer(Role.ADVISER), now=house.clock(), **more)
        db.session.flush()
        return kept.id


def brought_back(house: House, *, paid: bool = True) -> RentalDesk:
    """A rental with a picture at each look, one of the odometer, one of a scratch; paid and given back on the last day."""
    desk = RentalDesk(house).ready()
    meter = picture(house, "odometer", beneficiary_id=house.beneficiary_id)
    scratch = Pin(row=0, kind="scratch", zone="left", photos=(picture(house),))
    desk.hand_over(photos=[picture(house)], odometer_photo=meter, marks=[scratch])
    desk.later(days=21)
    desk.take_back(48_500, photos=[picture(house)])
    (account,), (deposit,) = desk.rows(BillingAccount), desk.rows(Deposit)
    if paid:
        with house.reading():
            owed = balance_cents(account.id)
        desk.act(take_payment, account.id, means="transfer", cents=owed, reference="VIR")
    desk.later(days=60)
    desk.act(release_deposit, deposit.id)
    return desk


def night(house: House, **later: int) -> int:
    """How many files are left after the night's job, so much later."""
    house.clock.set(house.clock() + timedelta(**later))
    with house.writing():
        forget_photos(now=house.clock())
    with house.reading():
        return db.session.scalar(select(func.count()).select_from(Attachment)) or 0


def test_they_go_six_months_after_the_deposit_but_that_of_a_mark_still_there(house: House) -> None:
    desk = brought_back(house)
    assert night(house, days=180) == 4, "not yet: six months of the calendar"
    assert night(house, days=5) == 1
    (left,) = desk.rows(LookPhoto)
    assert left.mark_id is not None and desk.booking().photos_gone_on is not None
    with house.reading():
        assert "forget_photos" in set(db.session.scalars(select(AuditEntry.verb)))
    shown = house.client(Role.ADVISER).get(house.page(f"bookings/{desk.booking_id}/condition"))
    assert shown.status_code == 200 and "ont été effacées" in shown.text
    with house.writing():
        db.session.get_one(VehicleMark, left.mark_id).gone_at = house.clock()
    assert night(house, days=1) == 0, "mended: nothing to save anybody from"


def test_what_is_owed_or_an_open_accident_keeps_them(house: House) -> None:
    desk = brought_back(house, paid=False)
    assert night(house, days=400) == 4
    (account,) = desk.rows(BillingAccount)
    with house.reading():
        owed = balance_cents(account.id)
    desk.act(take_payment, account.id, means="transfer", cents=owed, reference="VIR")
    with house.writing():
        accident = Accident(number="A-2026-0001", vehicle_id=desk.car, booking_id=desk.booking_id, status="open", place="Parking")
        accident.beneficiary_id, accident.happened_at, accident.created_at = house.beneficiary_id, house.clock(), house.clock()
        accident.circumstances, accident.injured, accident.due_on = "alone", False, house.clock().date()
        db.session.add(accident)
    assert night(house, days=1) == 4, "the insurer may ask for them"
    with house.writing():
        db.session.scalars(select(Accident)).one().closed_at = house.clock()
    assert night(house, days=1) == 1


def test_a_deposit_still_held_keeps_them_however_long(house: House) -> None:
    desk = RentalDesk(house).ready()
    desk.hand_over(photos=[picture(house)])
    desk.later(days=21)
    desk.take_back(48_500)
    assert night(house, days=900) == 1
