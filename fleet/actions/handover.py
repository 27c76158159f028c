"""The keys go out and come back: odometer, condition, contract and deposit in order, and what follows from it (domain.md §2.4)."""

from datetime import datetime
from typing import Unpack

from billing.actions.accounts import close_account, start_account
from billing.actions.carried_deposits import come_back as deposit_comes_back
from billing.queries import may_hand_over
from fleet.actions.looks import Look, Seen, look_over
from fleet.actions.occupancy import come_back, go_out
from fleet.actions.opening import changed, open_booking
from fleet.actions.point_etape import cancel_planned, plan
from fleet.actions.prescribers import tell_step
from fleet.actions.terms import begin_action, finish_action
from fleet.checks import CHECK_IN, CHECK_OUT
from fleet.follow_up import next_at
from fleet.hours import is_by_the_hour
from fleet.lifecycle import HAND_OVER, TAKE_BACK, after
from fleet.models import Booking
from fleet.queries.contracts import find_contract, is_current
from fleet.queries.parts import looks_due, part_ends_at
from fleet.queries.rentals import Rental
from fleet.queries.vehicles import get_vehicle, why_keys_stay
from mobility import practice
from mobility.errors import Conflict, RuleBroken
from mobility.periods import paris_day
from mobility.rights import Viewer
from mobility.steps import Step


def hand_over(booking_id: int, *, version: int | None = None, by: Viewer, now: datetime, **seen: Unpack[Look]) -> Booking:
    """Check out: contract signed, deposit held or deferred, odometer, fuel and condition; then the keys, and days count from here.

    Of a vehicle taken in exchange it is the look alone: its keys went with the swap, and its odometer was read then.

    Raises NotNow, StalePage, RuleBroken beside the field, Conflict for a vehicle that is not in service, VehicleTaken when somebody has it
    until the planned start.
    """
    booking, person, vehicle = open_booking(booking_id, version=version, now=now)
    if looks_due(booking)[0]:
        look_over(booking, person, vehicle, CHECK_OUT, is_read=True, **seen, by=by, now=now)
        return changed("look_over", booking, person, by=by, now=now)
    status = after(HAND_OVER, booking.status)
    if booking.ends_at <= now:
        # Its time on the vehicle is over: somebody else may hold it, or book it, from here on.
        raise RuleBroken("La date de retour est passée : prolongez d’abord la réservation, ou annulez-la.")
    if part_ends_at(booking) <= now:
        raise RuleBroken("La suite est prévue sur un autre véhicule : changez d’abord de véhicule.")
    if kept := why_keys_stay(vehicle, now):
        raise Conflict(kept)
    _check_ready(Rental(booking=booking, person=person, vehicle=vehicle))
    look_over(booking, person, vehicle, CHECK_OUT, **seen, by=by, now=now)
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
    look_over(booking, person, vehicle, CHECK_IN, **seen, by=by, now=now)
    come_back(booking, at=now)
    booking.status, booking.returned_at = status, now
    cancel_planned(booking, by=by, now=now)
    finish_action(booking, by=by, now=now)
    assert booking.account_id is not None
    changed("take_back", booking, person, by=by, now=now)
    tell_step(booking, Step.RETURNED, now=now)
    close_account(booking.account_id, returned_at=now, by=by, now=now)  # late: it locks the books
    deposit_comes_back(booking.account_id, by=by, now=now)
    return booking


def look_over_left(
    booking_id: int, vehicle_id: int, *, version: int | None = None, by: Viewer, now: datetime, **seen: Unpack[Seen]
) -> Booking:
    """A vehicle given back in exchange is looked over, once it is there: its odometer was read with the exchange.

    Raises NotFound, StalePage, Conflict once it was done, RuleBroken beside the field.
    """
    booking, person, _ = open_booking(booking_id, version=version, now=now, also=vehicle_id)
    if looks_due(booking)[1] != vehicle_id:
        raise Conflict("L’état des lieux de retour de ce véhicule n’est pas à faire ici, ou il est déjà noté.")
    look_over(booking, person, get_vehicle(vehicle_id), CHECK_IN, is_read=True, **seen, by=by, now=now)
    return changed("look_over_left", booking, person, by=by, now=now)


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
