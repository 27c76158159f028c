"""The plan of the coming two weeks: the facts it is drawn from, and what it proposes; nothing here moves anything."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select

from fleet.assignment import Need, assign
from fleet.availability import obstacles
from fleet.kinds import get_kind
from fleet.lifecycle import CONFIRMED, HOLDING
from fleet.models import Booking, Occupancy, Vehicle
from fleet.queries.applicants import driver_of
from fleet.queries.bookings import still_holds
from fleet.queries.free import find_bar, is_lent, list_other_vehicles
from fleet.queries.proposals import is_over, list_open, need_of, period_of
from fleet.queries.turnarounds import turnaround_of
from fleet.queries.vehicles import facts_of, lacks, to_be_known
from fleet.queries.waiting import Waiting, list_waiting
from fleet.waiting import SOON
from mobility.db import db
from mobility.errors import RuleBroken
from mobility.models import Beneficiary
from mobility.periods import Period, paris_day

AHEAD = timedelta(days=14)
NONE_FREE = "Aucun véhicule qui convienne n’est libre à ces dates."
OTHERS_FIRST = "Les véhicules qui conviennent vont d’abord à d’autres demandes."
PUT_FIRST = 10_000  # points of whom an adviser put first: before every criterion, after a job start
Held = tuple[Booking, Beneficiary]


@dataclass(frozen=True, kw_only=True)
class Line:
    """One thing the plan proposes: a vehicle to who waits, or another vehicle for a booking whose own is needed elsewhere."""

    person: Beneficiary
    vehicle: Vehicle
    why: str
    waiting: Waiting | None = None
    booking: Booking | None = None
    leaves: Vehicle | None = None


@dataclass(frozen=True, kw_only=True)
class Without:
    """Somebody for whom the plan has nothing, and why."""

    waiting: Waiting
    why: str


@dataclass(frozen=True, kw_only=True)
class Plan:
    """Swaps first, for they make room; then who gets what, job starts first; and who goes without, with the reason."""

    swaps: tuple[Line, ...]
    gives: tuple[Line, ...]
    without: tuple[Without, ...]


def draw_plan(now: datetime) -> Plan:
    """For everybody who waits from a day of the coming two weeks on, and with the bookings not yet handed over that could move."""
    waiting = list_to_plan(now)
    kinds = {w.request.kind for w in waiting.values()}
    movable = _movable(kinds, now)
    fleet = _Fleet(kinds, movable, now)
    needs = [fleet.need_of(w) for w in waiting.values()] + [_need_of_booking(b, p, fleet, now) for b, p in movable.values()]
    given = assign(needs)
    without = tuple(Without(waiting=one, why=fleet.why_not[id_]) for id_, one in waiting.items() if id_ not in given)
    return _said(given, waiting, movable, fleet.vehicles, without)


def list_to_plan(now: datetime) -> dict[int, Waiting]:
    """By request: who waits from a day of the coming two weeks on, and has no proposal to answer."""
    held, until_on = list_open(now), paris_day(now) + AHEAD
    soon = (one for one in list_waiting(paris_day(now)) if one.request.first_on <= until_on and not is_over(one.request, now))
    return {one.request.id: one for one in soon if one.request.id not in held}


class _Fleet:
    """The vehicles of some kinds, and what holds each of them but for bookings that could move."""

    def __init__(self, kinds: Iterable[str], movable: Mapping[int, Held], now: datetime) -> None:
        self.now = now
        found = db.session.scalars(select(Vehicle).filter(Vehicle.kind.in_(kinds)).order_by(Vehicle.label, Vehicle.id))
        self.vehicles = {vehicle.id: vehicle for vehicle in found}
        self.why_not: dict[int, str] = {}  # by request: why it may stay without
        self.fixed: dict[int, list[Period]] = defaultdict(list)
        rows = (
            select(Occupancy)
            .outerjoin(Booking, Booking.id == Occupancy.booking_id)
            .filter(Occupancy.vehicle_id.in_(self.vehicles), Occupancy.status.in_(HOLDING), Occupancy.ends_at > now, still_holds(now))
        )
        for row in db.session.scalars(rows):
            if row.booking_id not in movable:
                self.fixed[row.vehicle_id].append(Period(starts_at=row.starts_at, ends_at=row.ends_at))

    def need_of(self, waiting: Waiting) -> Need:
        """What somebody who waits needs, and the vehicles that could do: those fit and free, or held only by what could move."""
        request, standing = waiting.request, waiting.standing
        use = period_of(request, self.now)
        self.why_not[request.id] = NONE_FREE
        fits = frozenset(self._fits(waiting, use))
        if fits:
            self.why_not[request.id] = OTHERS_FIRST
        return Need(
            id=request.id,
            period=self.kept(request.kind, use),
            fits=fits,
            points=standing.points + (PUT_FIRST if standing.first_for else 0),
            starts_job=any(reason.code == SOON for reason in standing.reasons),
        )

    def kept(self, kind: str, use: Period) -> Period:
        """A use and the turnaround after it."""
        return Period(starts_at=use.starts_at, ends_at=use.ends_at + turnaround_of(kind, use.ends_at))

    def _fits(self, waiting: Waiting, use: Period) -> Iterable[int]:
        request, person = waiting.request, waiting.person
        try:
            driver = driver_of(person)
        except RuleBroken as unknown:  # the day of birth is not known: nobody can say what they may drive
            self.why_not[request.id] = unknown.sentence
            return
        if bar := find_bar(person.id, request.kind):
            self.why_not[request.id] = bar.sentence
            return
        lent = set(db.session.scalars(select(Vehicle.id).filter(Vehicle.kind == request.kind, is_lent(use, self.now))))
        need = need_of(request)
        kept, asked = self.kept(request.kind, use), to_be_known(paris_day(self.now))
        for vehicle in self.vehicles.values():
            wanted = request.site_id in (None, vehicle.site_id)
            free = vehicle.id in lent and not any(kept.overlaps(other) for other in self.fixed[vehicle.id])
            fit = not lacks(vehicle, need) and not obstacles(facts_of(vehicle), use, driver=driver, unknown=asked)
            if wanted and free and fit:
                yield vehicle.id


def _movable(kinds: Iterable[str], now: datetime) -> dict[int, Held]:
    """By booking: those confirmed whose keys are handed over in the coming two weeks, with their people."""
    asked = (
        select(Booking, Beneficiary)
        .join(Beneficiary, Beneficiary.id == Booking.beneficiary_id)
        .join(Vehicle, Vehicle.id == Booking.vehicle_id)
        .filter(Vehicle.kind.in_(kinds), Booking.status == CONFIRMED, Booking.starts_at > now, Booking.starts_at < now + AHEAD)
        .filter(Booking.pattern.is_(None))  # who shares a vehicle stays with the other
    )
    return {booking.id: (booking, person) for booking, person in db.session.execute(asked.order_by(Booking.id))}


def _need_of_booking(booking: Booking, person: Beneficiary, fleet: _Fleet, now: datetime) -> Need:
    """A booking keeps a vehicle: its own, or another that nothing holds today, so that a swap can be accepted by itself."""
    use = Period(starts_at=booking.starts_at, ends_at=booking.ends_at)
    try:
        others = list_other_vehicles(booking, driver=driver_of(person), period=use, now=now)
    except RuleBroken:
        others = []
    kind = fleet.vehicles[booking.vehicle_id].kind
    own = frozenset({booking.vehicle_id, *(other.id for other in others)})
    return Need(id=-booking.id, period=fleet.kept(kind, use), fits=own, has=booking.vehicle_id)


def _said(
    given: Mapping[int, int],
    waiting: Mapping[int, Waiting],
    movable: Mapping[int, Held],
    vehicles: Mapping[int, Vehicle],
    without: tuple[Without, ...],
) -> Plan:
    gives = [
        Line(person=one.person, vehicle=vehicles[given[id_]], why=one.standing.why, waiting=one)
        for id_, one in sorted(waiting.items(), key=lambda item: _pressing(item[1]))
        if id_ in given
    ]
    swaps = [
        Line(
            person=person,
            vehicle=vehicles[given[-id_]],
            why=why_swap(vehicles[booking.vehicle_id], [_name(line) for line in gives if line.vehicle.id == booking.vehicle_id]),
            booking=booking,
            leaves=vehicles[booking.vehicle_id],
        )
        for id_, (booking, person) in movable.items()
        if given.get(-id_, booking.vehicle_id) != booking.vehicle_id
    ]
    return Plan(swaps=tuple(swaps), gives=tuple(gives), without=without)


def _pressing(one: Waiting) -> tuple[bool, str, int]:
    return not any(reason.code == SOON for reason in one.standing.reasons), get_kind(one.request.kind).name, one.standing.place


def why_swap(left: Vehicle, names: Iterable[str]) -> str:
    """Whom the vehicle left is for."""
    return f"rend {left.label} libre pour {' et '.join(names)}"


def _name(line: Line) -> str:
    return f"{line.person.first_name} {line.person.last_name}"
