"""What time brings by itself: vehicles that did not come back, from a loan or the workshop too, holds that ran out.

Each is harmless when run again.
"""

from datetime import datetime

from sqlalchemy import select

from fleet.actions.occupancy import keep_until, lock_vehicle, release_expired, restate
from fleet.actions.opening import changed, open_booking
from fleet.actions.work_orders import prolong_stay
from fleet.lifecycle import HELD, LATE, MARK_LATE, OUT, after
from fleet.loans import LIVE
from fleet.models import Block, Booking
from fleet.queries.loans import list_overdue, lock_loan
from fleet.queries.workshop import list_overrun
from mobility import audit
from mobility.db import db, platform_id
from mobility.periods import ONE_DAY, instant_of, paris_day
from mobility.rights import house


def mark_late(*, now: datetime) -> int:
    """Rentals past their return are late, and hold their vehicle for another day, unless somebody else does; how many there are."""
    overdue = (
        select(Booking.id).filter(Booking.status.in_((OUT, LATE)), Booking.ends_at <= now).order_by(Booking.beneficiary_id, Booking.id)
    )
    found = db.session.scalars(overdue).all()
    for booking_id in found:
        booking, person, _ = open_booking(booking_id, version=None, now=now)
        if booking.ends_at <= now and booking.status in (OUT, LATE):  # nobody extended it or took it back in the meantime
            keep_until(booking, instant_of(paris_day(now) + 2 * ONE_DAY))
            if booking.status == OUT:
                booking.status = after(MARK_LATE, booking.status)
                restate(booking, LATE)
                changed("mark_late", booking, person, by=house(platform_id()), now=now)
    return len(found)


def keep_lent(*, now: datetime) -> int:
    """Vehicles lent to another platform that did not come back hold their place for another day, unless somebody else does; how many."""
    found = [loan.id for loan in list_overdue(now)]
    for loan_id in found:
        loan = lock_loan(loan_id)
        if loan.status not in LIVE or loan.vehicle_id is None:  # its end was said in the meantime
            continue
        release_expired(lock_vehicle(loan.vehicle_id), now=now)
        block = db.session.get_one(Block, loan.block_id, populate_existing=True)
        before = block.ends_at
        keep_until(block, instant_of(paris_day(now) + 2 * ONE_DAY))
        if block.ends_at != before:
            audit.record("keep", block, by=house(platform_id()), now=now)
    return len(found)


def keep_in_workshop(*, now: datetime) -> int:
    """Vehicles whose work is not done are kept back another day, up to whoever has booked them next; how many."""
    return sum(prolong_stay(order.id, by=house(platform_id()), now=now) for order in list_overrun(now))


def release_holds(*, now: datetime) -> int:
    """Holds that ran out let go of their vehicles, though the next booker would not have waited; how many vehicles."""
    over = select(Booking.vehicle_id).filter(Booking.status == HELD, Booking.hold_expires_at <= now).distinct().order_by(Booking.vehicle_id)
    found = db.session.scalars(over).all()
    for vehicle_id in found:
        release_expired(lock_vehicle(vehicle_id), now=now)
    return len(found)
