"""A whole look over a vehicle as its keys go out or come back: what is lacking is said at once, then all is kept (domain.md §2.4)."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TypedDict, Unpack

from fleet.actions.conditions import note_condition
from fleet.actions.device_signing import sign_on_device
from fleet.actions.readings import record_reading
from fleet.checklists import check_found
from fleet.checks import check_fuel, check_meter, check_zones
from fleet.device_signing import OnDevice
from fleet.follow_up import check_note
from fleet.marks import Pin
from fleet.models import Booking, Vehicle
from fleet.queries.checklists import own_of
from fleet.queries.rentals import Rental
from mobility.errors import refuse_together
from mobility.models import Beneficiary
from mobility.rights import Viewer


class Seen(TypedDict, total=False):
    """The condition of a vehicle; the pictures were sent ahead."""

    zones: Mapping[str, str]
    fuel: str | None
    checks: Mapping[str, str]
    note: str | None
    marks: Sequence[Pin]
    photos: Sequence[int]


class Look(Seen, total=False):
    """What a whole look over a vehicle finds, its odometer too; `signed` when both signed it where there was no network."""

    odometer_km: int | None
    odometer_photo: int | None
    signed: OnDevice | None


def look_over(
    booking: Booking,
    person: Beneficiary,
    vehicle: Vehicle,
    moment: str,
    *,
    odometer_km: int | None = None,
    odometer_photo: int | None = None,
    signed: OnDevice | None = None,
    is_read: bool = False,
    by: Viewer,
    now: datetime,
    **seen: Unpack[Seen],
) -> None:
    """Keep what was seen of an opened booking's vehicle, its odometer first, unless that `is_read` already.

    Raises RuleBroken with all that is lacking.
    """
    checks = [lambda: check_seen(vehicle, moment, seen)]
    refuse_together(*(checks if is_read else [lambda: check_meter(vehicle.kind, odometer_km), *checks]))
    reading = None
    if odometer_km is not None:
        reading = record_reading(booking, person, vehicle, odometer_km=odometer_km, source=moment, photo=odometer_photo, by=by, now=now)
    report = note_condition(booking, person, vehicle, moment, **seen, by=by, now=now)
    if signed is not None:
        seen_by = Rental(booking=booking, person=person, vehicle=vehicle)
        sign_on_device(report, seen_by, signed, reading=reading, by=by, now=now)


def check_seen(vehicle: Vehicle, moment: str, seen: Seen) -> None:
    """Whether the condition is told whole. Raises RuleBroken with all that is lacking."""
    refuse_together(
        lambda: check_fuel(vehicle.energy, seen.get("fuel")),
        lambda: check_zones(vehicle.kind, seen.get("zones", {}), whole=True),
        lambda: check_found(vehicle.kind, seen.get("checks", {}), own_of(vehicle.kind, moment)),
        lambda: check_note(seen.get("note")),
    )
