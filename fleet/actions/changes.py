"""A booking changes on the guarded path: longer, shorter, at other dates, on another vehicle (architecture.md "What holds a vehicle")."""

from datetime import datetime
from typing import Unpack

from fleet.actions.conditions import note_condition
from fleet.actions.contracts import follow, make_contract
from fleet.actions.looks import Seen, check_seen
from fleet.actions.occupancy import lock_vehicle, release, release_second, restate, stretch, take, trim
from fleet.actions.opening import changed, open_booking
from fleet.actions.readings import record_reading
from fleet.actions.terms import come_back_into_service, foresee, rename
from fleet.actions.wishes import Change, anew, cut, is_away, longer, moved, next_swapped, renewed, shorter, swapped
from fleet.blocks import counts_again_on
from fleet.checks import CHECK_IN, SWAP, WITHOUT_ODOMETER
from fleet.lifecycle import CONFIRMED
from fleet.models import Booking, Vehicle
from fleet.queries.prices import say_booking_price
from mobility.errors import InputRefused, refuse_together
from mobility.models import Beneficiary
from mobility.rights import Viewer


def extend(booking_id: int, *, ends_at: datetime, version: int | None = None, by: Viewer, now: datetime) -> Booking:
    """Hold the vehicle longer. Raises NotNow, RuleBroken on `ends_at`, VehicleTaken."""
    booking, person, vehicle = open_booking(booking_id, version=version, now=now)
    _prolong(booking, vehicle, longer(booking, person, vehicle, ends_at=ends_at, now=now), by=by, now=now)
    return _changed("extend", booking, person, by=by, now=now)


def renew(booking_id: int, *, version: int | None = None, by: Viewer, now: datetime) -> Booking:
    """The next contract of the chain: held longer by one step, and a new version to sign. Raises NotNow, RuleBroken, VehicleTaken."""
    booking, person, vehicle = open_booking(booking_id, version=version, now=now)
    _prolong(booking, vehicle, renewed(booking, person, vehicle, now=now), by=by, now=now)
    changed("renew", booking, person, by=by, now=now)
    make_contract(booking_id, by=by, now=now)
    return booking


def shorten(booking_id: int, *, ends_at: datetime, version: int | None = None, by: Viewer, now: datetime) -> Booking:
    """Give back the end of the period; it is free at once. Raises NotNow, RuleBroken on `ends_at`."""
    booking, person, vehicle = open_booking(booking_id, version=version, now=now)
    change = shorter(booking, vehicle, ends_at=ends_at, now=now)
    trim(booking, change.ends_at)
    _move(booking, change, by=by, now=now)
    return _changed("shorten", booking, person, by=by, now=now)


def shift(booking_id: int, *, starts_at: datetime, ends_at: datetime, version: int | None = None, by: Viewer, now: datetime) -> Booking:
    """Move a booking whose keys were not handed over to other dates. Raises NotNow, RuleBroken, VehicleTaken."""
    booking, person, vehicle = open_booking(booking_id, version=version, now=now)
    change = moved(booking, person, vehicle, starts_at=starts_at, ends_at=ends_at, now=now)
    release(booking)
    assert change.needs is not None
    take(vehicle, change.needs, booking.status, holder=booking, now=now)
    _move(booking, change, by=by, now=now)
    return _changed("shift", booking, person, by=by, now=now)


def split(
    booking_id: int, *, at: datetime, vehicle_id: int | None = None, version: int | None = None, by: Viewer, now: datetime
) -> Booking:
    """Cut a booking in two: from `at` on another vehicle of its kind, or nothing.

    The keys are exchanged by a swap, when the time has come. Raises NotNow, RuleBroken, VehicleTaken.
    """
    booking, person, old = open_booking(booking_id, version=version, now=now, also=vehicle_id)
    new = None if vehicle_id is None else lock_vehicle(vehicle_id)
    change = cut(booking, person, old, new, at=at, now=now)
    trim(booking, at)
    if change.needs is None:
        _move(booking, change, by=by, now=now)
    else:
        take(change.vehicle, change.needs, CONFIRMED, holder=booking, now=now)
    return _changed("split", booking, person, by=by, now=now)


def swap(
    booking_id: int,
    *,
    vehicle_id: int,
    returned_km: int | None = None,
    handed_km: int | None = None,
    odometer_photo: int | None = None,
    version: int | None = None,
    by: Viewer,
    now: datetime,
    **seen: Unpack[Seen],
) -> Booking:
    """Another vehicle of the same kind, also in the middle of a rental. Raises NotNow, RuleBroken, VehicleTaken.

    Once the keys are out both odometers are read, and what was `seen` of the vehicle given back is whole, or left out where it stands
    elsewhere; the one taken waits for its own look, which `hand_over` keeps.
    """
    booking, person, old = open_booking(booking_id, version=version, now=now, also=vehicle_id)
    new = lock_vehicle(vehicle_id)
    change = swapped(booking, person, old, new, now=now)
    is_seen = is_away(booking) and any(seen.values())
    refuse_together(
        lambda: _check_readings(booking, new, returned_km, handed_km),
        lambda: check_seen(old, CHECK_IN, seen) if is_seen else None,
    )
    assert change.needs is not None
    if is_away(booking):
        _read(booking, person, old, returned_km, photo=odometer_photo, by=by, now=now)
        if is_seen:
            note_condition(booking, person, old, CHECK_IN, **seen, by=by, now=now)
        release_second(booking)
        trim(booking, now)
        come_back_into_service(booking, back_on=counts_again_on(booking.starts_at, now), by=by, now=now)
    else:
        release(booking)
    take(new, change.needs, change.status, holder=booking, now=now)
    booking.vehicle_id = new.id
    if is_away(booking):
        _read(booking, person, new, handed_km, by=by, now=now)
    rename(booking, new, by=by, now=now)
    return _changed("swap", booking, person, by=by, now=now)


def swap_next(booking_id: int, *, vehicle_id: int, by: Viewer, now: datetime) -> Booking:
    """Another vehicle than the one a cut booking was to go on with. Raises NotNow, RuleBroken, VehicleTaken."""
    booking, person, _ = open_booking(booking_id, version=None, now=now, also=vehicle_id)
    change = next_swapped(booking, person, lock_vehicle(vehicle_id), now=now)
    assert change.needs is not None
    release_second(booking)
    take(change.vehicle, change.needs, CONFIRMED, holder=booking, now=now)
    return _changed("swap_next", booking, person, by=by, now=now)


def begin_chain(booking_id: int, *, reason: str, version: int | None = None, by: Viewer, now: datetime) -> Booking:
    """A chain of contracts begins with it, for a coded reason: what was rented before counts no more. Raises NotNow."""
    booking, person, vehicle = open_booking(booking_id, version=version, now=now)
    anew(booking, vehicle, now=now)
    booking.new_chain_reason = reason
    return _changed("new_chain", booking, person, by=by, now=now)


def _changed(act: str, booking: Booking, person: Beneficiary, *, by: Viewer, now: datetime) -> Booking:
    """What every change ends with: noted, and the contract that says it is there to be signed."""
    changed(act, booking, person, by=by, now=now)
    follow(booking, person, by=by, now=now)
    return booking


def _check_readings(booking: Booking, vehicle: Vehicle, returned_km: int | None, handed_km: int | None) -> None:
    """Both odometers once the keys are out, neither before."""
    told = {"returned_km": returned_km, "handed_km": handed_km}
    wrong: list[str] = []
    if not is_away(booking):
        sentence, wrong = "Les compteurs se relèvent à la remise des clés.", [name for name, km in told.items() if km is not None]
    elif vehicle.kind not in WITHOUT_ODOMETER:
        sentence, wrong = "Relevez le compteur des deux véhicules.", [name for name, km in told.items() if km is None]
    if wrong:
        raise InputRefused(dict.fromkeys(wrong, sentence), sentence)


def _read(
    booking: Booking, person: Beneficiary, vehicle: Vehicle, odometer_km: int | None, *, photo: int | None = None, by: Viewer, now: datetime
) -> None:
    if odometer_km is not None:
        record_reading(booking, person, vehicle, odometer_km=odometer_km, source=SWAP, photo=photo, by=by, now=now)


def _prolong(booking: Booking, vehicle: Vehicle, change: Change, *, by: Viewer, now: datetime) -> None:
    stretch(booking, change.vehicle, change.ends_at, now=now)
    booking.status = change.status
    restate(booking, change.status)
    _move(booking, change, by=by, now=now)


def _move(booking: Booking, change: Change, *, by: Viewer, now: datetime) -> None:
    booking.starts_at, booking.ends_at = change.starts_at, change.ends_at
    booking.price_sentence = say_booking_price(booking, change.vehicle.kind)
    foresee(booking, by=by, now=now)
