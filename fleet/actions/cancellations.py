"""A booking that nobody came for, and one taken up again on the day it was cancelled, when nobody else has the vehicle."""

from datetime import datetime

from fleet.actions.bookings import give_up
from fleet.actions.occupancy import take
from fleet.actions.opening import changed, check_fits, open_booking
from fleet.actions.prescribers import tell_step
from fleet.actions.terms import restore_terms
from fleet.lifecycle import CONFIRMED, HELD, NO_SHOW, REOPEN, NotNow, after, is_same_day, is_unfetched
from fleet.models import Booking, Vehicle
from fleet.queries.parts import part_let_go
from fleet.queries.prices import say_booking_price
from fleet.queries.rules import hold_until, no_show_hours
from mobility.db import db
from mobility.errors import RuleBroken
from mobility.periods import Period
from mobility.rights import Viewer
from mobility.steps import Step


def no_show(booking_id: int, *, version: int | None = None, by: Viewer, now: datetime) -> Booking:
    """Nobody came for the vehicle: it is free again, and the prescriber learns it. Raises NotNow before the platform's hours are over."""
    booking, person, _ = open_booking(booking_id, version=version, now=now)
    after(NO_SHOW, booking.status)
    if not is_unfetched(booking.status, booking.starts_at, no_show_hours(now), now):
        raise NotNow("Il est trop tôt : la personne peut encore venir chercher le véhicule.")
    return give_up("no_show", booking, person, NO_SHOW, by=by, now=now)


def reopen(booking_id: int, *, version: int | None = None, by: Viewer, now: datetime) -> Booking:
    """Take a cancelled booking up again on its day, as it was, on both its vehicles when it was cut in two.

    Raises NotNow afterwards, RuleBroken, VehicleTaken when somebody has one of them.
    """
    booking, person, vehicle = open_booking(booking_id, version=version, now=now)
    after(REOPEN, booking.status)
    if booking.cancelled_at is None or not is_same_day(booking.cancelled_at, now):
        raise NotNow("Une annulation se reprend le jour même seulement. Faites une nouvelle réservation.")
    if booking.ends_at <= now:
        raise RuleBroken("La date de retour est passée : faites une nouvelle réservation.")
    was_firm = booking.account_id is not None
    status = CONFIRMED if was_firm else HELD
    for part, period in _parts_again(booking, vehicle):
        check_fits(part, period, person, licence=was_firm, now=now)
        take(part, period, status, holder=booking, now=now)
    booking.status, booking.cancel_reason, booking.cancelled_at = status, None, None
    booking.hold_expires_at = None if was_firm else hold_until(now)
    restore_terms(booking, vehicle, by=by, now=now)
    booking.price_sentence = say_booking_price(booking, vehicle.kind)
    changed("reopen", booking, person, by=by, now=now)
    if was_firm:
        tell_step(booking, Step.BOOKED, now=now)
    return booking


def _parts_again(booking: Booking, vehicle: Vehicle) -> list[tuple[Vehicle, Period]]:
    """What it held when it was cancelled: its vehicle, and the next one from where it was cut."""
    second = part_let_go(booking)
    until = second.starts_at if second else booking.ends_at
    parts = [(vehicle, Period(starts_at=booking.starts_at, ends_at=until))]
    if second:
        parts.append((db.session.get_one(Vehicle, second.vehicle_id), Period(starts_at=until, ends_at=booking.ends_at)))
    return parts
