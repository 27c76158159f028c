"""What was proposed to whom, what came of it, and whom a free vehicle would serve best now."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, time

from sqlalchemy import BindParameter, ColumnElement, Row, Select, and_, bindparam, or_, select

from fleet.lifecycle import HELD
from fleet.models import Booking, Vehicle, WaitingProposal, WaitingRequest
from fleet.needs import AUTOMATIC, Need, need_for
from fleet.queries.applicants import driver_of
from fleet.queries.free import find_bar, free_vehicles
from fleet.queries.vehicles import FreeVehicle
from fleet.queries.waiting import Waiting, list_waiting
from fleet.queries.ways import distances_from_home, nearest_first
from fleet.waiting import say_held
from mobility.db import Kept, db
from mobility.errors import RuleBroken
from mobility.models import Site
from mobility.periods import Period, instant_of, paris_day

LEAVES, RETURNS = time(9), time(18)
Proposed = Row[WaitingProposal, Booking, Vehicle]


@dataclass(frozen=True, kw_only=True)
class Fit:
    """A free vehicle, who it would serve, and the days they asked for."""

    request_id: int
    beneficiary_id: int
    vehicle_id: int
    period: Period


def say_proposal(request: WaitingRequest, booking: Booking, vehicle: Vehicle) -> str:
    """What is kept for whoever waits, and until when."""
    assert booking.hold_expires_at is not None, "a proposal is a hold"
    site = db.session.get_one(Site, vehicle.site_id).name
    return say_held(vehicle.label, site, first_on=request.first_on, last_on=request.last_on, until=booking.hold_expires_at)


def is_open(now: datetime | BindParameter[datetime]) -> ColumnElement[bool]:
    """Whether a proposal still waits for its answer: held, and not run out."""
    return and_(Booking.status == HELD, Booking.hold_expires_at > now)


def all_proposals() -> Select[WaitingProposal, Booking, Vehicle]:
    """Proposals with their hold and its vehicle."""
    return (
        select(WaitingProposal, Booking, Vehicle)
        .join(Booking, Booking.id == WaitingProposal.booking_id)
        .join(Vehicle, Vehicle.id == Booking.vehicle_id)
    )


_ALL_OPEN = all_proposals().filter(is_open(bindparam("now"))).order_by(WaitingProposal.id)
_OPEN = Kept(_ALL_OPEN)
_OPEN_OF = Kept(_ALL_OPEN.filter(WaitingProposal.request_id == bindparam("request_id")).limit(1))


def list_open(now: datetime) -> dict[int, Proposed]:
    """By request: what is proposed to it and waits for an answer."""
    return {row[0].request_id: row for row in _OPEN(now=now)}


def find_open(request_id: int, now: datetime) -> Proposed | None:
    """What is proposed to a request and waits for an answer."""
    return _OPEN_OF(request_id=request_id, now=now).first()


def find_in_the_way(request_id: int, vehicle_id: int, now: datetime) -> WaitingProposal | None:
    """An open proposal to this request, or of this vehicle, that leaves no room for another."""
    either = or_(WaitingProposal.request_id == request_id, Booking.vehicle_id == vehicle_id)
    return db.session.scalars(all_proposals().filter(is_open(now), either).limit(1)).first()


def list_fits(now: datetime) -> Iterator[Fit]:
    """Kind by kind from the first place on: a free vehicle that fits and was not proposed to them before, the nearest first."""
    before, answered = _proposed(), list_open(now)
    waited_for = {vehicle.id for _, _, vehicle in answered.values()}
    for waiting in list_waiting(paris_day(now)):
        if waiting.request.id not in answered:
            for vehicle in vehicles_for(waiting, now):
                if vehicle.id not in waited_for | before[waiting.request.id]:
                    yield fit_of(waiting, vehicle, now)


def _proposed() -> dict[int, set[int]]:
    """By request: the vehicles ever proposed to it."""
    found: dict[int, set[int]] = defaultdict(set)
    asked = select(WaitingProposal.request_id, Booking.vehicle_id).join(Booking, Booking.id == WaitingProposal.booking_id)
    for request_id, vehicle_id in db.session.execute(asked):
        found[request_id].add(vehicle_id)
    return found


def period_of(request: WaitingRequest, now: datetime) -> Period:
    """From the morning of the first day, or from now on, to the evening of the last."""
    starts_at = max(instant_of(request.first_on, LEAVES), now)
    return Period(starts_at=starts_at, ends_at=instant_of(request.last_on, RETURNS))


def need_of(request: WaitingRequest) -> Need:
    """What the vehicle has to have."""
    return need_for([*request.needs, *([AUTOMATIC] if request.automatic_only else [])], request.adaptation)


def is_over(request: WaitingRequest, now: datetime) -> bool:
    """Whether nothing is left of the days asked for: on the last of them, once vehicles come back."""
    return instant_of(request.last_on, RETURNS) <= now


def vehicles_for(waiting: Waiting, now: datetime) -> list[FreeVehicle]:
    """The free vehicles that fit a request, the nearest first."""
    request, person = waiting.request, waiting.person
    if is_over(request, now):
        return []
    try:
        driver = driver_of(person)
    except RuleBroken:
        return []  # the day of birth is not known: nobody can say what they may drive
    bar = find_bar(person.id, request.kind)
    wanted = period_of(request, now)
    offers = free_vehicles(request.kind, request.site_id, wanted, driver=driver, now=now, bar=bar, need=need_of(request))
    fitting = [offer for offer in offers if offer.fits]
    return [offer.vehicle for offer in nearest_first(fitting, distances_from_home(person))]


def fit_of(waiting: Waiting, vehicle: FreeVehicle, now: datetime) -> Fit:
    """A vehicle for a request, over the days it asks for."""
    return Fit(
        request_id=waiting.request.id,
        beneficiary_id=waiting.person.id,
        vehicle_id=vehicle.id,
        period=period_of(waiting.request, now),
    )
