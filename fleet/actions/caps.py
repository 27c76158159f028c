"""Over the cap: a conversation, then a decision that the adviser signs; nothing is ever cut by itself (domain.md §2.6, §10.4)."""

from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal

from fleet.actions.opening import open_booking
from fleet.follow_up import GRANT_REASONS, check_code
from fleet.lifecycle import NotNow
from fleet.mileage import ADJUST, FINE, Decision, check_decision, checked_km
from fleet.models import Booking, CapDecision, GrantedTrip
from fleet.queries.mileage import mileage_of
from fleet.queries.rentals import RUNNING
from mobility import audit
from mobility.db import db
from mobility.errors import RuleBroken
from mobility.models import Beneficiary
from mobility.rights import Viewer

MOST_KM = 10_000


def grant_trip(booking_id: int, *, km: Decimal | float, on: date, purpose: str, by: Viewer, now: datetime) -> GrantedTrip:
    """Grant kilometres beyond home and work, for a coded purpose; the cap is derived anew. Raises NotNow, RuleBroken."""
    booking, person = _open(booking_id, now=now)
    check_code(purpose, GRANT_REASONS, field="purpose")
    if not (tenths := _tenths(km, field="km")):
        raise RuleBroken("Indiquez combien de kilomètres vous accordez.", field="km")
    return _grant(booking, person, tenths, on, purpose, by=by, now=now)


def decide(
    booking_id: int, *, decision: str, reason: str | None = None, added_km: Decimal | float = 0, by: Viewer, now: datetime
) -> CapDecision:
    """Record what was decided after the conversation: continue, adjust with a reason, warn, stop. Raises NotNow, RuleBroken."""
    booking, person = _open(booking_id, now=now)
    mileage = mileage_of(booking)
    state = mileage.interval
    added_tenths = _tenths(added_km, field="added_km")
    check_decision(state.state if state else FINE, Decision(code=decision, reason=reason or "", added_km=Decimal(added_tenths) / 10))
    assert state is not None and mileage.since_on is not None
    row = CapDecision(
        booking_id=booking.id,
        at=now,
        decision=decision,
        reason=reason or None,
        cap_tenths=int((state.cap_km or 0) * 10),
        driven_km=int(state.driven_km),
        decided_by=by.account_id,
    )
    db.session.add(row)
    audit.record("decide_cap", row, by=by, now=now, subject=person)
    if decision == ADJUST:
        _grant(booking, person, added_tenths, mileage.since_on, "adjusted", by=by, now=now)
    return row


def _tenths(km: Decimal | float, *, field: str) -> int:
    """Kilometres as the tenths that rows keep, halves up."""
    return int((checked_km(km, field=field, most=MOST_KM) * 10).quantize(Decimal(1), ROUND_HALF_UP))


def _grant(booking: Booking, person: Beneficiary, tenths: int, on: date, reason: str, *, by: Viewer, now: datetime) -> GrantedTrip:
    trip = GrantedTrip(booking_id=booking.id, tenths=tenths, on=on, reason=reason, granted_by=by.account_id)
    db.session.add(trip)
    audit.record("grant_trip", trip, by=by, now=now, subject=person)
    return trip


def _open(booking_id: int, *, now: datetime) -> tuple[Booking, Beneficiary]:
    booking, person, _ = open_booking(booking_id, version=None, now=now)
    if booking.status not in RUNNING:
        raise NotNow("Les kilomètres se discutent tant que le véhicule est remis.")
    return booking, person
