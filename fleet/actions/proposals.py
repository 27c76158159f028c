"""A free vehicle is proposed to whoever comes first on the list and held for them a while; nobody else is asked meanwhile.

One proposal a transaction: each locks a person, then a vehicle, and looks at both again before it holds.
"""

from contextlib import suppress
from datetime import datetime, time, timedelta

from fleet.actions import bookings
from fleet.actions.opening import lock_both
from fleet.errors import VehicleTaken
from fleet.models import Booking, WaitingProposal
from fleet.queries.proposals import Fit, find_in_the_way, find_open, fit_of, list_fits, say_proposal, vehicles_for
from fleet.queries.waiting import get_request, list_waiting
from fleet.waiting import HOLD_HOURS, WAITING
from mobility import audit, practice
from mobility.actions.telling import tell_person
from mobility.db import db, platform_id, transaction
from mobility.errors import Conflict, RuleBroken
from mobility.periods import paris_day, paris_time
from mobility.rights import Viewer, house
from mobility.tongues import say

MORNING, EVENING = time(8), time(20)


def propose_next(*, by: Viewer, now: datetime) -> WaitingProposal | None:
    """The next free vehicle to who comes first among those it fits; None when none fits anybody. Raises RuleBroken, Conflict."""
    fit = next(list_fits(now), None)
    if fit is None:
        return None
    made = propose(fit, by=by, now=now)
    if made is None:
        raise Conflict("Ce véhicule vient d’être pris par quelqu’un d’autre : cherchez encore.")
    return made


def give(request_id: int, *, vehicle_id: int, by: Viewer, now: datetime) -> WaitingProposal:
    """One line of a plan, accepted: this vehicle held for this request. Raises NotFound, RuleBroken, Conflict when it no longer holds."""
    get_request(request_id, paris_day(now))
    waiting = next((one for one in list_waiting(paris_day(now)) if one.request.id == request_id), None)
    vehicle = next((one for one in vehicles_for(waiting, now) if one.id == vehicle_id), None) if waiting else None
    made = propose(fit_of(waiting, vehicle, now), by=by, now=now) if waiting and vehicle else None
    if made is None:
        raise Conflict("Cette ligne n’est plus d’actualité : la demande ou le véhicule a changé entre-temps. Recalculez le plan.")
    return made


def propose_all(*, now: datetime) -> int:
    """Each hour of the day, every free vehicle to who comes first; how many. Harmless when run again."""
    tried: set[Fit] = set()
    made = 0
    if not MORNING <= paris_time(now) < EVENING:  # who is told at night loses the hours they have to answer
        return made
    while fit := next((one for one in list_fits(now) if one not in tried), None):
        tried.add(fit)
        with suppress(RuleBroken), transaction():  # a rule that bars one stops no other; the page says it to the adviser
            made += propose(fit, by=house(platform_id()), now=now) is not None
    return made


def propose(fit: Fit, *, by: Viewer, now: datetime) -> WaitingProposal | None:
    """Hold the vehicle for them, person and vehicle locked and looked at again; None when the moment has passed. Raises RuleBroken."""
    person, vehicle = lock_both(fit.beneficiary_id, fit.vehicle_id)
    request, _, _, state = get_request(fit.request_id, paris_day(now))
    if state != WAITING or find_in_the_way(request.id, vehicle.id, now):
        return None
    try:
        booking = bookings.hold(person.id, vehicle.id, starts_at=fit.period.starts_at, ends_at=fit.period.ends_at, by=by, now=now)
    except VehicleTaken:
        return None
    booking.hold_expires_at = now + timedelta(hours=practice.value_on(HOLD_HOURS, paris_day(now)))
    made = WaitingProposal(request_id=request.id, booking_id=booking.id, made_at=now)
    db.session.add(made)
    audit.record("propose", made, by=by, now=now, subject=person)
    tell_person(person, say_proposal(request, booking, vehicle), subject=say("Un véhicule pour vous"), now=now)
    return made


def decline(request_id: int, *, reason: str, by: Viewer, now: datetime) -> Booking:
    """No: the vehicle is free at once, and not proposed to them again. Raises NotFound, Conflict without an open proposal."""
    request, *_ = get_request(request_id, paris_day(now))
    found = find_open(request.id, now)
    if found is None:
        raise Conflict("Aucun véhicule n’est proposé pour l’instant : la proposition a pris fin ou a reçu sa réponse.")
    return bookings.cancel(found[1].id, reason=reason, by=by, now=now)
