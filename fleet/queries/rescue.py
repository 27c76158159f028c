"""Everybody whom a broken-down vehicle leaves on foot, each with the vehicle that would do best."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Row, and_, bindparam, func, or_, select

from fleet.lifecycle import CONFIRMED, HELD, LATE, OUT
from fleet.models import Block, Booking, Rescue, Vehicle
from fleet.patterns import say_pattern
from fleet.queries.applicants import driver_of
from fleet.queries.bookings import still_holds
from fleet.queries.free import list_other_vehicles
from fleet.queries.parts import counts_on, need_begins_at
from fleet.queries.rentals import RUNNING
from fleet.queries.vehicles import FreeVehicle, full_name, get_vehicle
from fleet.rescue import Replacement, rank
from fleet.shifts import Shift, next_shift
from fleet.vehicle_life import WORKSHOP
from mobility.db import Kept, db
from mobility.errors import RuleBroken
from mobility.geo.places import Place, Precision, estimate_road_km
from mobility.models import Beneficiary, Job, Site
from mobility.periods import Period
from mobility.queries.sites import list_sites

AHEAD = timedelta(days=30)  # who comes later is seen to once the workshop has spoken


@dataclass(frozen=True, kw_only=True)
class Stranded:
    """Somebody hit: their booking, their next shift, their hours, the best other one, what was decided last (or None)."""

    booking: Booking
    person: Beneficiary
    shift: Shift
    hours: str | None
    best: Replacement | None
    decided: Rescue | None
    needed_at: datetime | None  # from when; None while they have it
    is_over: bool  # their time on it has run out: no other vehicle before it is prolonged

    @property
    def is_away(self) -> bool:
        """Whether the person has the vehicle, so that both odometers are read when it is changed."""
        return self.needed_at is None

    @property
    def is_next(self) -> bool:
        """Whether it is the vehicle their booking goes on with, once they have given back another."""
        return self.needed_at is not None and self.booking.starts_at < self.needed_at


@dataclass(frozen=True, kw_only=True)
class Decided:
    """A decision kept, with whom it is about and the other vehicle when there is one."""

    line: Rescue
    booking: Booking
    person: Beneficiary
    other: Vehicle | None


_DECIDED = Kept(
    select(Rescue, Booking, Beneficiary, Vehicle)
    .join(Booking, Booking.id == Rescue.booking_id)
    .join(Beneficiary, Beneficiary.id == Booking.beneficiary_id)
    .join(Vehicle, Vehicle.id == Rescue.other_vehicle_id, isouter=True)
    .filter(Rescue.vehicle_id == bindparam("vehicle_id"))
    .order_by(Rescue.decided_at.desc(), Rescue.id.desc())
)


def list_decided(vehicle_id: int) -> list[Decided]:
    """What was decided for the people a vehicle left on foot, the latest first."""
    return [
        Decided(line=line, booking=booking, person=person, other=other) for line, booking, person, other in _DECIDED(vehicle_id=vehicle_id)
    ]


def count_hit(vehicle_id: int, *, until: datetime, now: datetime) -> int:
    """How many have or await this vehicle before an instant."""
    return len(_hit(vehicle_id, until, now))


def _hit(vehicle_id: int, until: datetime, now: datetime) -> list[tuple[Booking, Beneficiary, str | None, datetime | None]]:
    """Each with the person, their hours, and from when they need it."""
    rows = db.session.execute(
        select(Booking, Beneficiary, Job.hours)
        .join(Beneficiary, Beneficiary.id == Booking.beneficiary_id)
        .join(Job, Job.id == Booking.job_id, isouter=True)
        .filter(counts_on(vehicle_id), Booking.status.in_((HELD, CONFIRMED, OUT, LATE)), Booking.starts_at < until, still_holds(now))
    ).all()
    known = [(b, p, hours, need_begins_at(b, vehicle_id)) for b, p, hours in rows]
    return [one for one in known if one[3] is None or one[3] < until]


_CUTS = or_(Block.starts_at <= bindparam("now"), and_(Block.starts_at < Booking.ends_at, Block.starts_at < bindparam("until")))
_ON_FOOT = Kept(
    select(Vehicle, Booking, Beneficiary, Block)
    .join(Booking, Booking.vehicle_id == Vehicle.id)
    .join(Beneficiary, Beneficiary.id == Booking.beneficiary_id)
    .outerjoin(Block, and_(Block.vehicle_id == Vehicle.id, Block.lifted_at.is_(None), Block.ends_at > bindparam("now"), _CUTS))
    .filter(
        or_(
            and_(Booking.status.in_(RUNNING), Block.id.is_not(None)),
            and_(
                Booking.status == CONFIRMED,
                Vehicle.stage == WORKSHOP,
                Booking.starts_at < bindparam("until"),
                or_(Block.id.is_(None), Block.ends_at >= Booking.starts_at),
            ),
        )
    )
    .order_by(func.coalesce(Block.starts_at, Booking.starts_at), Booking.id)
)


def list_on_foot(*, until: datetime, now: datetime) -> list[Row[Vehicle, Booking, Beneficiary, Block | None]]:
    """Whoever has a vehicle kept back now or before an instant, or awaits by then one the workshop may still have; hit first, first.

    Each with what keeps it back; None where that is only known to be the workshop.
    """
    first: dict[int, Any] = {}
    for row in _ON_FOOT(until=until, now=now):
        first.setdefault(row[1].id, row)
    return list(first.values())


def list_stranded(vehicle_id: int, *, until: datetime, now: datetime) -> list[Stranded]:
    """Whoever has or awaits this vehicle before an instant, the next shift first. Raises NotFound."""
    vehicle = get_vehicle(vehicle_id)
    soon = _hit(vehicle.id, until, now)
    hit = [(b, p, hours, at, _shift_of(b, hours, max(now, at or now))) for b, p, hours, at in soon]
    hit.sort(key=lambda one: (one[4].sorts_at, one[0].starts_at, one[0].id))
    sites = {site.id: site for site in list_sites()}
    decided = {one.booking.id: one.line for one in reversed(list_decided(vehicle_id))}
    return [
        Stranded(
            booking=b,
            person=p,
            shift=shift,
            hours=say_pattern(b.pattern) or hours,
            best=next(iter(rank(_replacements(b, p, vehicle, sites, now))), None),
            decided=decided.get(b.id),
            needed_at=at,
            is_over=_left_of(b, vehicle.id, now) is None,
        )
        for b, p, hours, at, shift in hit
    ]


def _shift_of(booking: Booking, hours: str | None, from_at: datetime) -> Shift:
    return next_shift(booking.weekdays, hours, pattern=booking.pattern, from_at=from_at)


def _left_of(booking: Booking, vehicle_id: int, now: datetime) -> Period | None:
    """What another vehicle would be needed for; nothing for one that is late: its return comes first."""
    starts_at = need_begins_at(booking, vehicle_id) or now
    return Period(starts_at=starts_at, ends_at=booking.ends_at) if starts_at < booking.ends_at else None


def _replacements(booking: Booking, person: Beneficiary, broken: Vehicle, sites: dict[int, Site], now: datetime) -> list[Replacement]:
    period = _left_of(booking, broken.id, now)
    if period is None:
        return []
    try:
        driver = driver_of(person)
    except RuleBroken:
        return []  # the day of birth is not known: nobody can say what they may drive
    found = list_other_vehicles(booking, driver=driver, period=period, now=now)
    return [_replacement(vehicle, sites[vehicle.site_id], sites[broken.site_id]) for vehicle in found]


def _replacement(vehicle: FreeVehicle, site: Site, home: Site) -> Replacement:
    near, far = _place(site), _place(home)
    return Replacement(
        vehicle_id=vehicle.id,
        label=full_name(vehicle),
        site=site.name,
        is_here=site.id == home.id,
        road_km=estimate_road_km(near, far).km if near and far else None,
    )


def _place(site: Site) -> Place | None:
    if site.lat is None or site.lon is None:
        return None
    return Place(
        label=site.name,
        postcode=site.postcode or "",
        commune=site.commune or "",
        insee="",
        lat=site.lat,
        lon=site.lon,
        precision=Precision.STREET,
    )
