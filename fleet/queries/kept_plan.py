"""The plan as it was kept, read against what holds now: a few statements however many lines, and nothing worked out anew."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Row, select

from fleet.lifecycle import HOLDING
from fleet.models import Booking, Occupancy, PlanRun, Vehicle, WaitingRequest
from fleet.planned import why_not_given, why_not_swapped
from fleet.queries.bookings import still_holds
from fleet.queries.plan import Without, list_to_plan, why_swap
from fleet.queries.proposals import is_over, list_open, period_of
from fleet.queries.turnarounds import turnaround_of
from fleet.queries.waiting import all_requests
from fleet.vehicle_life import IN_SERVICE, stage_on, stages_lent
from fleet.waiting import EXPIRED
from mobility.db import db
from mobility.models import Account, Beneficiary
from mobility.periods import Period, paris_day


@dataclass(frozen=True, kw_only=True)
class KeptLine:
    """A line as it was drawn; `no_longer` says why it holds no more, `waits` that a swap of the plan comes first."""

    person: Beneficiary
    vehicle: Vehicle
    why: str
    no_longer: str | None
    waits: bool = False
    request: WaitingRequest | None = None
    booking: Booking | None = None
    leaves: Vehicle | None = None


@dataclass(frozen=True, kw_only=True)
class KeptPlan:
    """The last plan, or none yet; `newcomers` wait since it was drawn."""

    drawn_at: datetime | None = None
    drawn_by: str | None = None
    swaps: tuple[KeptLine, ...] = ()
    gives: tuple[KeptLine, ...] = ()
    without: tuple[Without, ...] = ()
    newcomers: int = 0


def read_plan(now: datetime) -> KeptPlan:
    """The plan of this platform, each line with what became of it."""
    run = db.session.scalars(select(PlanRun).order_by(PlanRun.id.desc()).limit(1)).first()
    waiting = list_to_plan(now)
    if run is None:
        return KeptPlan(newcomers=len(waiting))
    facts = _Facts(run.lines, now)
    given = [line for line in run.lines["gives"] if facts.knows(line)]
    swaps = tuple(facts.swap(line, given) for line in run.lines["swaps"] if facts.knows(line))
    pending = {line.booking.id for line in swaps if line.booking and line.no_longer is None}
    drawn = {line["request_id"] for what in ("gives", "without") for line in run.lines[what]}
    return KeptPlan(
        drawn_at=run.drawn_at,
        drawn_by=db.session.scalar(select(Account.name).filter(Account.id == run.drawn_by)),
        swaps=swaps,
        gives=tuple(facts.give(line, pending) for line in given),
        without=tuple(
            Without(waiting=waiting[line["request_id"]], why=line["why"]) for line in run.lines["without"] if line["request_id"] in waiting
        ),
        newcomers=len(waiting.keys() - drawn),
    )


class _Facts:
    """What the lines name, as it is now."""

    def __init__(self, lines: Mapping[str, Sequence[Mapping[str, Any]]], now: datetime) -> None:
        self.now, self.today = now, paris_day(now)
        self.proposed = list_open(now)
        self.requests = _requests((line["request_id"] for line in lines["gives"]), self.today)
        self.bookings = _bookings(line["booking_id"] for line in lines["swaps"])
        named = {line[name] for what in lines.values() for line in what for name in ("vehicle_id", "leaves_id") if name in line}
        self.vehicles = {vehicle.id: vehicle for vehicle in db.session.scalars(select(Vehicle).filter(Vehicle.id.in_(named)))}
        self.held = _held(named, now)

    def knows(self, line: Mapping[str, Any]) -> bool:
        """Whether every row that a line names is there still: a take-over that is undone takes its own away."""
        known: dict[str, Mapping[int, Any]] = {
            "request_id": self.requests,
            "booking_id": self.bookings,
            "vehicle_id": self.vehicles,
            "leaves_id": self.vehicles,
        }
        return all(line[name] in rows for name, rows in known.items() if name in line)

    def swap(self, line: Mapping[str, Any], gives: Iterable[Mapping[str, Any]]) -> KeptLine:
        """Another vehicle for a booking, and whom the one it leaves is for."""
        booking, person = self.bookings[line["booking_id"]]
        vehicle, leaves = self.vehicles[line["vehicle_id"]], self.vehicles[line["leaves_id"]]
        use = Period(starts_at=booking.starts_at, ends_at=booking.ends_at)
        no_longer = why_not_swapped(
            status=booking.status,
            is_done=booking.vehicle_id == vehicle.id,
            is_same=booking.version == line["version"],
            stage=self._stage(vehicle, paris_day(booking.starts_at)),
            is_free=not self._in_the_way(vehicle, use),
        )
        why = why_swap(leaves, [self._name(give["request_id"]) for give in gives if give["vehicle_id"] == leaves.id])
        return KeptLine(person=person, vehicle=vehicle, why=why, no_longer=no_longer, booking=booking, leaves=leaves)

    def give(self, line: Mapping[str, Any], pending: set[int]) -> KeptLine:
        """A vehicle for who waits; `pending` are the bookings that a swap of the plan takes out of the way."""
        request, person, _, state = self.requests[line["request_id"]]
        vehicle = self.vehicles[line["vehicle_id"]]
        is_past = is_over(request, self.now)
        in_the_way = set() if is_past else self._in_the_way(vehicle, period_of(request, self.now))
        no_longer = why_not_given(
            state=EXPIRED if is_past else state,
            is_proposed=request.id in self.proposed,
            is_same=request.version == line["version"],
            stage=self._stage(vehicle, request.first_on),
            is_free=in_the_way <= pending,
        )
        waits = no_longer is None and bool(in_the_way)
        return KeptLine(person=person, vehicle=vehicle, why=line["why"], no_longer=no_longer, waits=waits, request=request)

    def _in_the_way(self, vehicle: Vehicle, use: Period) -> set[int | None]:
        """The bookings that hold a vehicle over a use and the turnaround after it; None stands for the workshop."""
        kept = Period(starts_at=use.starts_at, ends_at=use.ends_at + turnaround_of(vehicle.kind, use.ends_at))
        return {booking_id for booking_id, held in self.held[vehicle.id] if kept.overlaps(held)}

    def _stage(self, vehicle: Vehicle, first_on: date) -> str:
        """What it is today; one in the workshop counts as in service for who needs it later."""
        stage = stage_on(self.today, stage=vehicle.stage, out_of_service_on=vehicle.out_of_service_on)
        return IN_SERVICE if stage in stages_lent(first_on=first_on, today=self.today) else stage

    def _name(self, request_id: int) -> str:
        person = self.requests[request_id][1]
        return f"{person.first_name} {person.last_name}"


def _requests(ids: Iterable[int], today: date) -> dict[int, Row[WaitingRequest, Beneficiary, str, str]]:
    rows = db.session.execute(all_requests(today).filter(WaitingRequest.id.in_(list(ids))))
    return {row[0].id: row for row in rows}


def _bookings(ids: Iterable[int]) -> dict[int, Row[Booking, Beneficiary]]:
    asked = select(Booking, Beneficiary).join(Beneficiary, Beneficiary.id == Booking.beneficiary_id)
    return {row[0].id: row for row in db.session.execute(asked.filter(Booking.id.in_(list(ids))))}


def _held(vehicle_ids: set[int], now: datetime) -> dict[int, list[tuple[int | None, Period]]]:
    """By vehicle: what holds it from now on, and when."""
    found: dict[int, list[tuple[int | None, Period]]] = defaultdict(list)
    rows = (
        select(Occupancy)
        .outerjoin(Booking, Booking.id == Occupancy.booking_id)
        .filter(Occupancy.vehicle_id.in_(vehicle_ids), Occupancy.status.in_(HOLDING), Occupancy.ends_at > now, still_holds(now))
    )
    for row in db.session.scalars(rows):
        found[row.vehicle_id].append((row.booking_id, Period(starts_at=row.starts_at, ends_at=row.ends_at)))
    return found
