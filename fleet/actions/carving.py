"""Room for the workshop in a rental under way: made, and given back once nothing stands in it any more."""

from fleet.actions.occupancy import end_use, held_by
from fleet.lifecycle import RELEASED
from fleet.models import Booking, Occupancy
from mobility.db import db
from mobility.periods import Period


def split_around(row: Occupancy, period: Period) -> None:
    """Make room in a running rental for the workshop: what lies before and after stays with it."""
    tail = None
    if row.use_ends_at > period.ends_at:
        tail = Occupancy(vehicle_id=row.vehicle_id, booking_id=row.booking_id, status=row.status)
        tail.starts_at, tail.ends_at, tail.used_until = period.ends_at, row.ends_at, row.used_until
    if row.starts_at < period.starts_at:
        end_use(row, min(row.use_ends_at, period.starts_at), period.starts_at)
    else:
        row.status = RELEASED
    db.session.flush()
    if tail is not None:
        db.session.add(tail)
        db.session.flush()


def join_up(booking: Booking) -> None:
    """Make one stretch of those that touch, once nothing stands between them any more."""
    before = None
    for row in held_by(booking):
        if before is None or booking.pattern is not None or (before.use_ends_at, before.status) != (row.starts_at, row.status):
            before = row
            continue
        ends_at, used_until = row.ends_at, row.used_until
        row.status = RELEASED
        db.session.flush()
        before.ends_at, before.used_until = ends_at, used_until
        db.session.flush()
