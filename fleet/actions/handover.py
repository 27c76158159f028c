"""The keys go out and come back: odometer, condition, contract and deposit in order, and what follows from it (domain.md §2.4)."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Required, TypedDict, Unpack

from billing.actions.accounts import close_account, start_account
from billing.actions.deposits import set_release_date
from billing.queries import deposit_of, may_hand_over
from fleet.actions.conditions import note_condition
from fleet.actions.occupancy import come_back, go_out
from fleet.actions.opening import changed, open_booking
from fleet.actions.point_etape import cancel_planned, plan
from fleet.actions.prescribers import tell_step
from fleet.actions.readings import record_reading
from fleet.actions.terms import begin_action, finish_action
from fleet.checks import CHECK_IN, CHECK_OUT, WITHOUT_ODOMETER
from fleet.follow_up import next_at
from fleet.hours import is_by_the_hour
from fleet.lifecycle import HAND_OVER, TAKE_BACK, after
from fleet.marks import Pin
from fleet.models import Booking, Vehicle
from fleet.queries.contracts import find_contract, is_current
from fleet.queries.parts import part_ends_at
from fleet.queries.rentals import Rental
from fleet.queries.vehicles import why_keys_stay
from mobility import practice
from mobility.errors import Conflict, RuleBroken
from mobility.models import Beneficiary
from mobility.periods import paris_day
from mobility.rights import Viewer
from mobility.steps import Step


class Look(TypedDict, total=False):
    """What a whole look over a vehicle finds; the pictures were sent ahead."""

    odometer_km: int | None
    odometer_photo: int | None
    zones: Required[Mapping[str, str]]
    fuel: str | None
    checks: Mapping[str, str]
    note: str | None
    marks: Sequence[Pin]
    photos: Sequence[int]


def hand_over(booking_id: int, *, version: int | None = None, by: Viewer, now: datetime, **seen: Unpack[Look]) -> Booking:
    """Check out: contract signed, deposit held or deferred, odometer, fuel and condition; then the keys, and days count from here.

    Raises NotNow, StalePage, RuleBroken beside the field, Conflict for a vehicle that is not in service, VehicleTaken when somebody has it
    until the planned start.
    """
    booking, person, vehicle = open_booking(booking_id, version=version, now=now)
    status = after(HAND_OVER, booking.status)
    if booking.ends_at <= now:
        # Its time on the vehicle is over: somebody else may hold it, or book it, from here on.
        raise RuleBroken("La date de retour est passée : prolongez d’abord la réservation, ou annulez-la.")
    if part_ends_at(booking) <= now:
        raise RuleBroken("La suite est prévue sur un autre véhicule : changez d’abord de véhicule.")
    if kept := why_keys_stay(vehicle, now):
        raise Conflict(kept)
    _check_ready(Rental(booking=booking, person=person, vehicle=vehicle))
    _look_over(booking, person, vehicle, CHECK_OUT, seen, by=by, now=now)
    go_out(booking, vehicle, status, at=now, now=now)
    booking.status, booking.handed_over_at = status, now
    begin_action(booking, paris_day(now), by=by, now=now)
    assert booking.account_id is not None
    start_account(booking.account_id, handed_over_at=now, by=by, now=now)
    if not is_by_the_hour(booking.programme):
        days = practice.value_on("fleet.point_etape_days", paris_day(now))
        plan(booking, starts_at=next_at(now, days), site_id=vehicle.site_id, by=by, now=now)
    changed("hand_over", booking, person, by=by, now=now)
    tell_step(booking, Step.VEHICLE, now=now)
    return booking


def take_back(booking_id: int, *, version: int | None = None, by: Viewer, now: datetime, **seen: Unpack[Look]) -> Booking:
    """Check in: the vehicle is free from this instant, the last days are charged, the deposit has its day. Raises NotNow, RuleBroken."""
    booking, person, vehicle = open_booking(booking_id, version=version, now=now)
    status = after(TAKE_BACK, booking.status)
    _look_over(booking, person, vehicle, CHECK_IN, seen, by=by, now=now)
    come_back(booking, at=now)
    booking.status, booking.returned_at = status, now
    cancel_planned(booking, by=by, now=now)
    finish_action(booking, by=by, now=now)
    assert booking.account_id is not None
    changed("take_back", booking, person, by=by, now=now)
    tell_step(booking, Step.RETURNED, now=now)
    close_account(booking.account_id, returned_at=now, by=by, now=now)  # late: it locks the books
    if deposit := deposit_of(booking.account_id):
        set_release_date(deposit.id, returned_on=paris_day(now), by=by, now=now)
    return booking


def _look_over(booking: Booking, person: Beneficiary, vehicle: Vehicle, moment: str, seen: Look, *, by: Viewer, now: datetime) -> None:
    odometer_km, photo = seen.get("odometer_km"), seen.get("odometer_photo")
    if odometer_km is not None:
        record_reading(booking, person, vehicle, odometer_km=odometer_km, source=moment, photo=photo, by=by, now=now)
    elif vehicle.kind not in WITHOUT_ODOMETER:
        raise RuleBroken("Relevez le compteur du véhicule.", field="odometer_km")
    note_condition(
        booking,
        person,
        vehicle,
        moment,
        zones=seen["zones"],
        fuel=seen.get("fuel"),
        checks=seen.get("checks"),
        note=seen.get("note"),
        marks=seen.get("marks", ()),
        photos=seen.get("photos", ()),
        by=by,
        now=now,
    )


def _check_ready(rental: Rental) -> None:
    contract = find_contract(rental.booking.id)
    if contract is None or contract.signed_at is None:
        raise RuleBroken("Le contrat n’est pas encore signé : signez-le avant de remettre les clés.")
    if not is_current(contract, rental):
        raise RuleBroken("Le contrat signé n’est plus celui de cette réservation : faites-en une nouvelle version et signez-la.")
    assert rental.booking.account_id is not None
    if not may_hand_over(rental.booking.account_id):
        raise RuleBroken(
            "La caution n’est ni reçue ni différée : recevez-la, ou différez-la avec une raison, pour ne pas bloquer l’emploi."
        )
