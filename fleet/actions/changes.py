"""A booking changes on the guarded path: longer, shorter, at other dates, on another vehicle (issue 2 step 4)."""

from datetime import datetime

from fleet.actions.occupancy import lock_vehicle, release, restate, stretch, take, trim
from fleet.actions.opening import changed, check_fits, check_length, check_period, open_booking
from fleet.actions.terms import come_back_into_service, foresee
from fleet.blocks import counts_again_on
from fleet.lifecycle import CONFIRMED, EXTEND, HELD, LATE, OUT, SHORTEN, SWAP, NotNow, after
from fleet.models import Booking, Vehicle
from fleet.queries.prices import say_booking_price
from mobility.errors import RuleBroken
from mobility.periods import Period
from mobility.rights import Viewer


def extend(booking_id: int, *, ends_at: datetime, version: int | None = None, by: Viewer, now: datetime) -> Booking:
    """Hold the vehicle longer. Raises NotNow, RuleBroken on `ends_at`, VehicleTaken."""
    booking, person, vehicle = open_booking(booking_id, version=version, now=now)
    status = after(EXTEND, booking.status)
    if ends_at <= booking.ends_at or ends_at <= now:
        raise RuleBroken("Pour prolonger, indiquez un retour plus tardif.", field="ends_at")
    check_fits(vehicle, check_length(booking.starts_at, ends_at, now=now), person)
    stretch(booking, vehicle, ends_at, now=now)
    booking.ends_at, booking.status = ends_at, status
    restate(booking, status)
    _say_price(booking, vehicle, by=by, now=now)
    return changed("extend", booking, person, by=by, now=now)


def shorten(booking_id: int, *, ends_at: datetime, version: int | None = None, by: Viewer, now: datetime) -> Booking:
    """Give back the end of the period; it is free at once. Raises NotNow, RuleBroken on `ends_at`."""
    booking, person, vehicle = open_booking(booking_id, version=version, now=now)
    after(SHORTEN, booking.status)
    if not max(booking.starts_at, now) < ends_at < booking.ends_at:
        raise RuleBroken("Pour raccourcir, indiquez un retour plus proche, mais à venir.", field="ends_at")
    trim(booking, ends_at)
    booking.ends_at = ends_at
    _say_price(booking, vehicle, by=by, now=now)
    return changed("shorten", booking, person, by=by, now=now)


def shift(booking_id: int, *, starts_at: datetime, ends_at: datetime, version: int | None = None, by: Viewer, now: datetime) -> Booking:
    """Move a booking whose keys were not handed over to other dates. Raises NotNow, RuleBroken, VehicleTaken."""
    booking, person, vehicle = open_booking(booking_id, version=version, now=now)
    if booking.status not in (HELD, CONFIRMED):
        raise NotNow("Le véhicule est déjà parti : prolongez ou raccourcissez la réservation.")
    period = check_period(starts_at, ends_at, now=now)
    check_fits(vehicle, period, person)
    release(booking)
    take(vehicle, period, booking.status, holder=booking, now=now)
    booking.starts_at, booking.ends_at = starts_at, ends_at
    _say_price(booking, vehicle, by=by, now=now)
    return changed("shift", booking, person, by=by, now=now)


def swap(booking_id: int, *, vehicle_id: int, version: int | None = None, by: Viewer, now: datetime) -> Booking:
    """Another vehicle of the same kind, also in the middle of a rental. Raises NotNow, RuleBroken, VehicleTaken."""
    booking, person, old = open_booking(booking_id, version=version, now=now, also=vehicle_id)
    new = lock_vehicle(vehicle_id)
    status = after(SWAP, booking.status)
    period = _left_of(booking, now)
    _check_swap(old, new)
    check_fits(new, period, person)
    if booking.status in (OUT, LATE):
        trim(booking, now)
        come_back_into_service(booking, back_on=counts_again_on(booking.starts_at, now), by=by, now=now)
    else:
        release(booking)
    take(new, period, status, holder=booking, now=now)
    booking.vehicle_id = new.id
    return changed("swap", booking, person, by=by, now=now)


def _left_of(booking: Booking, now: datetime) -> Period:
    """What the other vehicle is held for: all of it before the keys, the rest of it afterwards."""
    if booking.status not in (OUT, LATE):
        return Period(starts_at=booking.starts_at, ends_at=booking.ends_at)
    if booking.ends_at <= now:
        raise RuleBroken("La date de retour est passée : prolongez d’abord la réservation.", field="vehicle_id")
    return Period(starts_at=now, ends_at=booking.ends_at)


def _check_swap(old: Vehicle, new: Vehicle) -> None:
    if new.id == old.id:
        raise RuleBroken("C’est déjà ce véhicule : choisissez-en un autre.", field="vehicle_id")
    if new.kind != old.kind:
        raise RuleBroken("Le prix a été convenu pour un autre type de véhicule : faites une nouvelle réservation.", field="vehicle_id")


def _say_price(booking: Booking, vehicle: Vehicle, *, by: Viewer, now: datetime) -> None:
    booking.price_sentence = say_booking_price(booking, vehicle.kind)
    foresee(booking, by=by, now=now)
