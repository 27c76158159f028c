"""Everybody whom a broken-down vehicle leaves on foot, each with the vehicle that would do best."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select

from fleet.lifecycle import CONFIRMED, HELD, LATE, OUT
from fleet.models import Booking, Rescue, Vehicle
from fleet.queries.applicants import driver_of
from fleet.queries.bookings import still_holds
from fleet.queries.free import list_other_vehicles
from fleet.queries.parts import counts_on, need_begins_at
from fleet.queries.vehicles import full_name, get_vehicle
from fleet.rescue import Replacement, next_shift_on, rank
from mobility.db import db
from mobility.errors import RuleBroken
from mobility.geo.places import Place, Precision, estimate_road_km
from mobility.models import Beneficiary, Job, Site
from mobility.periods import Period, paris_day
from mobility.queries.files import list_sites


@dataclass(frozen=True, kw_only=True)
class Stranded:
    """Somebody hit: their booking, the first day they need a vehicle, their hours, the best other one, what was decided last (or None)."""

    booking: Booking
    person: Beneficiary
    shift_on: date
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


def list_decided(vehicle_id: int) -> list[Decided]:
    """What was decided for the people a vehicle left on foot, the latest first."""
    rows = db.session.execute(
        select(Rescue, Booking, Beneficiary, Vehicle)
        .join(Booking, Booking.id == Rescue.booking_id)
        .join(Beneficiary, Beneficiary.id == Booking.beneficiary_id)
        .join(Vehicle, Vehicle.id == Rescue.other_vehicle_id, isouter=True)
        .filter(Rescue.vehicle_id == vehicle_id)
        .order_by(Rescue.decided_at.desc(), Rescue.id.desc())
    )
    return [Decided(line=line, booking=booking, person=person, other=other) for line, booking, person, other in rows]


def list_stranded(vehicle_id: int, *, until: datetime, now: datetime) -> list[Stranded]:
    """Whoever has or awaits this vehicle before an instant, the next shift first. Raises NotFound."""
    vehicle = get_vehicle(vehicle_id)
    rows = db.session.execute(
        select(Booking, Beneficiary, Job.hours)
        .join(Beneficiary, Beneficiary.id == Booking.beneficiary_id)
        .join(Job, Job.id == Booking.job_id, isouter=True)
        .filter(counts_on(vehicle.id), Booking.status.in_((HELD, CONFIRMED, OUT, LATE)), Booking.starts_at < until, still_holds(now))
    ).all()
    known = [(b, p, hours, need_begins_at(b, vehicle.id)) for b, p, hours in rows]
    soon = [one for one in known if one[3] is None or one[3] < until]
    hit = [(*one, next_shift_on(one[0].weekdays, paris_day(max(now, one[3] or now)))) for one in soon]
    hit.sort(key=lambda one: (one[4], one[0].starts_at, one[0].id))
    sites = {site.id: site for site in list_sites()}
    decided = {one.booking.id: one.line for one in reversed(list_decided(vehicle_id))}
    return [
        Stranded(
            booking=b,
            person=p,
            shift_on=on,
            hours=hours,
            best=next(iter(rank(_replacements(b, p, vehicle, sites, now))), None),
            decided=decided.get(b.id),
            needed_at=at,
            is_over=_left_of(b, vehicle.id, now) is None,
        )
        for b, p, hours, at, on in hit
    ]


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


def _replacement(vehicle: Vehicle, site: Site, home: Site) -> Replacement:
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
