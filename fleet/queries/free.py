"""Which vehicles nothing holds over a period, and which of them fit whom: an empty answer is nothing free, never everything."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import NamedTuple, TypeAlias, TypeVar

from sqlalchemy import BindParameter, ColumnElement, SQLColumnExpression, and_, bindparam, exists, or_, select
from sqlalchemy.orm import aliased

from assessments.orientation import OPEN
from assessments.queries.standing import opened_to
from fleet.availability import Obstacle, Occupied, VehicleFacts, doubts, licence_obstacles, paper_obstacles
from fleet.conditions import CLEARANCE
from fleet.errors import VehicleTaken
from fleet.kinds import Kind, get_kind
from fleet.licences import Driver
from fleet.lifecycle import HELD, WORKSHOP, is_hold_over
from fleet.models import Booking, Occupancy, Vehicle, is_holding
from fleet.needs import NO_NEED, Need
from fleet.patterns import uses_of
from fleet.queries.turnarounds import held_for, turnaround_of
from fleet.queries.vehicles import FreeVehicle, facts_of, lacks, to_be_known
from fleet.vehicle_life import IN_SERVICE, stages_lent
from mobility.db import Plain, columns_of, db, this_platform
from mobility.periods import Period, paris_day

V = TypeVar("V")
Bound: TypeAlias = V | BindParameter[V]  # a value, or the name under which it comes


@dataclass(frozen=True, kw_only=True)
class Offer:
    """A vehicle that is free, every reason why it does not fit this person, and what nobody knows of it; no reason: it can be had."""

    vehicle: FreeVehicle
    obstacles: tuple[Obstacle, ...]
    doubts: tuple[Obstacle, ...] = ()

    @property
    def fits(self) -> bool:
        """Whether nothing speaks against it."""
        return not self.obstacles

    @property
    def waits_for_assessment(self) -> bool:
        """Whether only the assessment, or the step it proposes, comes before it."""
        return [obstacle.code for obstacle in self.obstacles] == [CLEARANCE]


def free_vehicles(
    kind: str,
    site_id: int | None,
    period: Period,
    *,
    driver: Driver,
    now: datetime,
    bar: Obstacle | None = None,
    pattern: str | None = None,
    need: Need = NO_NEED,
) -> list[Offer]:
    """The free vehicles of a kind, at one pole or at all of them, those that fit first. Raises RuleBroken for an unknown kind.

    With a `pattern`, those that are free in its hours of the period. Never one whose inspection or insurance ends before the return; one
    that this licence does not allow, or that lacks some of the `need`, comes with the reason, as do all with the `bar` of the assessment.
    """
    lent = get_kind(kind)
    kept = turnaround_of(kind, period.ends_at)
    days = {"first_on": paris_day(period.starts_at), "last_on": paris_day(period.ends_at)}
    stage = stages_lent(first_on=days["first_on"], today=paris_day(now))[-1]
    instants = {"starts_at": period.starts_at, "ends_at": period.ends_at, "kept_until": period.ends_at + kept, "now": now}
    asked = {"kind": kind, "site_id": site_id, "stage": stage, **days, **instants}
    wanted = _free(at_one_pole=site_id is not None, all_along=pattern is None)
    taken = set() if pattern is None else _taken_in(kind, uses_of(pattern, period), now)
    found = [(vehicle, facts_of(vehicle)) for vehicle in map(FreeVehicle._make, wanted(**asked)) if vehicle.id not in taken]
    unknown = to_be_known(paris_day(now))
    return _offered([one for one in found if not paper_obstacles(one[1], days["last_on"], unknown)], lent, period, driver, bar, need)


def _offered(
    facts: Sequence[tuple[FreeVehicle, VehicleFacts]], kind: Kind, period: Period, driver: Driver, bar: Obstacle | None, need: Need
) -> list[Offer]:
    """Each with what the licence and the assessment put before it, once for each gearbox, what it lacks, and what nobody knows of it."""
    more, needs_something = () if bar is None else (bar,), need != NO_NEED
    before = {box: (*licence_obstacles(kind, box, period, driver=driver), *more) for box in {known.gearbox for _, known in facts}}
    offers = (
        Offer(
            vehicle=vehicle,
            obstacles=(*before[known.gearbox], *lacks(vehicle, need)) if needs_something else before[known.gearbox],
            doubts=tuple(doubts(known)),
        )
        for vehicle, known in facts
    )
    return sorted(offers, key=lambda o: not o.fits)


def _taken_in(kind: str, uses: Sequence[Period], now: datetime) -> set[int]:
    """The vehicles of a kind that something holds in one of these stretches."""
    held = (
        select(Occupancy.vehicle_id, Occupancy.starts_at, Occupancy.ends_at)
        .join(Vehicle, Vehicle.id == Occupancy.vehicle_id)
        .outerjoin(Booking, Booking.id == Occupancy.booking_id)
        .filter(Vehicle.kind == kind, is_holding(), Occupancy.ends_at > uses[0].starts_at, Occupancy.starts_at < uses[-1].ends_at)
        .filter(or_(Occupancy.status != HELD, Booking.hold_expires_at > now))
    )
    rows = db.session.execute(held).all()
    return {row.vehicle_id for row in rows if any(use.starts_at < row.ends_at and row.starts_at < use.ends_at for use in uses)}


def find_bar(beneficiary_id: int, kind: str) -> Obstacle | None:
    """What the person's assessment puts before a kind of vehicle, with its next step; None once it opened the kind."""
    opened = opened_to(beneficiary_id).get(kind)
    if opened is None:
        return Obstacle(code=CLEARANCE, sentence="Faites d’abord le bilan d’entrée ensemble.")
    return None if opened.state == OPEN else Obstacle(code=CLEARANCE, sentence=f"{opened.reason} {opened.next_step}")


@cache
def _free(*, at_one_pole: bool, all_along: bool) -> Plain:
    """The question of `free_vehicles`, put together once: that costs more than its answer."""
    wanted = select(*columns_of(Vehicle, FreeVehicle)).filter(Vehicle.platform_id == this_platform(), Vehicle.kind == bindparam("kind"))
    wanted = wanted.filter(_is_lent(bindparam("first_on"), bindparam("last_on"), bindparam("stage")))
    if all_along:
        held = _is_held(bindparam("starts_at"), bindparam("ends_at"), bindparam("kept_until"), bindparam("now"), here=this_platform())
        wanted = wanted.filter(~held)
    if at_one_pole:
        wanted = wanted.filter(Vehicle.site_id == bindparam("site_id"))
    return Plain(wanted.order_by(Vehicle.label, Vehicle.id))


def is_lent(period: Period, now: datetime) -> ColumnElement[bool]:
    """Whether a vehicle is in service, or back from the workshop by then, and stays in the fleet from the first to the last day."""
    first_on = paris_day(period.starts_at)
    return _is_lent(first_on, paris_day(period.ends_at), stages_lent(first_on=first_on, today=paris_day(now))[-1])


def _is_lent(first_on: Bound[date], last_on: Bound[date], stage: Bound[str]) -> ColumnElement[bool]:
    """`stage` is the one at which it is lent too, besides in service."""
    return and_(
        or_(Vehicle.stage == IN_SERVICE, Vehicle.stage == stage),
        Vehicle.in_service_on <= first_on,
        or_(Vehicle.out_of_service_on.is_(None), Vehicle.out_of_service_on > last_on),
    )


def is_held(period: Period, now: datetime) -> ColumnElement[bool]:
    """Whether anything holds a vehicle in the period; a hold that ran out does not: the next booker releases it."""
    return _is_held(period.starts_at, period.ends_at, period.ends_at, now, here=Vehicle.platform_id)


def _is_held(
    starts_at: Bound[datetime],
    ends_at: Bound[datetime],
    kept_until: Bound[datetime],
    now: Bound[datetime],
    *,
    here: SQLColumnExpression[int],
) -> ColumnElement[bool]:
    """The same with a turnaround: free until then too, but for the workshop, which needs none before it. `here` is the platform."""
    row, holder = aliased(Occupancy), aliased(Booking)
    ran_out = exists().where(holder.platform_id == here, holder.id == row.booking_id, holder.hold_expires_at <= now)
    return exists().where(
        row.platform_id == here,
        row.vehicle_id == Vehicle.id,
        is_holding(row),
        row.starts_at < kept_until,
        or_(row.starts_at < ends_at, row.status != WORKSHOP),
        row.ends_at > starts_at,
        or_(row.status != HELD, ~ran_out),  # its booking is looked up for a hold alone
    )


_IN_THE_WAY = Plain(
    select(Occupancy.starts_at, Occupancy.ends_at, Occupancy.used_until, Occupancy.status)
    .outerjoin(Booking, and_(Booking.id == Occupancy.booking_id, Booking.platform_id == this_platform()))
    .filter(Occupancy.vehicle_id == bindparam("vehicle_id"), Occupancy.platform_id == this_platform(), is_holding())
    .filter(Occupancy.starts_at < bindparam("ends_at"), Occupancy.ends_at > bindparam("starts_at"))
    .filter(or_(Occupancy.status != HELD, Booking.hold_expires_at > bindparam("now")))
    .order_by(Occupancy.starts_at)
    .limit(1)
)


class Holding(NamedTuple):
    """What holds a vehicle for a while."""

    booking_id: int | None
    starts_at: datetime
    ends_at: datetime
    status: str


_HOLDINGS = Plain(
    select(*columns_of(Occupancy, Holding))
    .filter(Occupancy.vehicle_id == bindparam("vehicle_id"), Occupancy.platform_id == this_platform(), is_holding())
    .filter(Occupancy.starts_at < bindparam("ends_at"), Occupancy.ends_at > bindparam("starts_at"))
    .order_by(Occupancy.starts_at)
)


def list_holdings(vehicle_id: int, starts_at: datetime, ends_at: datetime) -> list[Holding]:
    """All that holds a vehicle in a period, holds that ran out included, what was just written too; earliest first."""
    db.session.flush()
    return list(map(Holding._make, _HOLDINGS(vehicle_id=vehicle_id, starts_at=starts_at, ends_at=ends_at)))


def check_untaken(vehicle_id: int, starts_at: datetime, ends_at: datetime, *, now: datetime) -> None:
    """At first sight, in one statement: nothing stands in a period's way, which promises nothing. Raises VehicleTaken."""
    for row in _IN_THE_WAY(vehicle_id=vehicle_id, starts_at=starts_at, ends_at=ends_at, now=now):
        clash = Occupied(period=Period(starts_at=row.starts_at, ends_at=row.ends_at), status=row.status)
        raise VehicleTaken(clash, turnaround=row.ends_at - (row.used_until or row.ends_at))


def check_free(vehicle: Vehicle, period: Period, *, apart_from: Booking, now: datetime) -> None:
    """What the guarded path would say, without a lock and nothing written. Raises VehicleTaken."""
    wanted = held_for(vehicle, period, pattern=apart_from.pattern, booking=apart_from)
    rows = db.session.execute(
        select(Occupancy, Booking)
        .outerjoin(Booking, Booking.id == Occupancy.booking_id)
        .filter(Occupancy.vehicle_id == vehicle.id, is_holding())
        .filter(Occupancy.starts_at < wanted[-1].ends_at, Occupancy.ends_at > wanted[0].starts_at)
        .order_by(Occupancy.starts_at)
    ).all()
    for row, holder in rows:
        clash = Occupied(period=Period(starts_at=row.starts_at, ends_at=row.ends_at), status=row.status)
        if not any(clash.period.overlaps(part) for part in wanted):
            continue
        if holder is None or (holder.id != apart_from.id and not is_hold_over(row.status, holder.hold_expires_at or period.ends_at, now)):
            raise VehicleTaken(clash, turnaround=turnaround_of(vehicle.kind, period.ends_at))


def list_other_vehicles(booking: Booking, *, driver: Driver, period: Period, now: datetime) -> Sequence[FreeVehicle]:
    """What a booking could be swapped to: free vehicles of its kind that fit, at any pole."""
    kind = db.session.scalars(select(Vehicle.kind).filter(Vehicle.id == booking.vehicle_id)).one()
    offers = free_vehicles(kind, None, period, driver=driver, now=now, pattern=booking.pattern)
    return [offer.vehicle for offer in offers if offer.fits and offer.vehicle.id != booking.vehicle_id]
