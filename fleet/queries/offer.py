"""What a platform publishes of its vehicles, read at the moment it is asked (domain.md §8)."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, datetime

from flask import current_app
from sqlalchemy import or_, select

from billing.queries.tariffs import tariff_on, tiers_on
from billing.terms import DAILY
from fleet.availability import Occupied, paper_obstacles
from fleet.kinds import KINDS
from fleet.lifecycle import LATE
from fleet.models import Booking, Occupancy, Vehicle, is_holding
from fleet.offer import HORIZON, PUBLISHED, KindOffer, OfferSheet, Published, free_days
from fleet.open_data import Pole, Publisher
from fleet.queries.bookings import still_holds
from fleet.queries.kind_rules import DEPOSIT, rules_on
from fleet.queries.vehicles import facts_of, to_be_known
from fleet.vehicle_life import IN_SERVICE
from mobility import practice
from mobility.addresses import page_address
from mobility.crypto import keyed_hash
from mobility.db import db
from mobility.papers import LICENCE, PAPER_KINDS
from mobility.periods import ONE_DAY, Period, instant_of, paris_day
from mobility.queries.platforms import get_platform
from mobility.queries.sites import list_sites

NAME_LENGTH = 16  # hexadecimal digits of a vehicle's name of the day


def offer_on(now: datetime) -> OfferSheet:
    """The kinds that are lent today, with what each costs and asks, and which vehicles are free when."""
    today = paris_day(now)
    vehicles = list_published(now)
    by_kind: dict[str, list[Published]] = defaultdict(list)
    for vehicle in vehicles:
        by_kind[vehicle.kind].append(vehicle)
    prices = tariff_on(today).day_cents
    kinds = [
        _kind_offer(kind.code, prices[kind.code], by_kind[kind.code], today)
        for kind in KINDS
        if kind.code in prices.keys() & by_kind.keys()
    ]
    return OfferSheet(
        kinds=kinds,
        reductions=list(tiers_on(today).values()),
        longest_days=practice.value_on("fleet.chain_days", today),
        vehicles=vehicles,
    )


def is_published(day: date) -> bool:
    """Whether the platform shows its offer to whoever asks."""
    return bool(practice.value_on(PUBLISHED, day))


def list_poles() -> list[Pole]:
    """The poles as they are published."""
    return [
        Pole(id=site.id, name=site.name, postcode=site.postcode, commune=site.commune, lat=site.lat, lon=site.lon) for site in list_sites()
    ]


def publisher(platform_id: int) -> Publisher:
    """The platform as directories name it."""
    row = get_platform(platform_id)
    return Publisher(
        slug=row.slug,
        name=row.name,
        phone=row.phone,
        email=row.email,
        offer_url=page_address(row.slug, "offer"),
        prescribe_url=page_address(row.slug, "prescribe"),
    )


def _kind_offer(code: str, day_cents: int, vehicles: Sequence[Published], today: date) -> KindOffer:
    rules, kind = rules_on(DAILY, code, today), next(kind for kind in KINDS if kind.code == code)
    first_days = [first_on for vehicle in vehicles for first_on, _ in vehicle.spans]
    return KindOffer(
        kind=kind,
        day_cents=day_cents,
        deposit_cents=practice.value_on(DEPOSIT.format(code), today),
        least_age=rules.least_age.get(code, 0),
        licence_years=rules.least_licence_years.get(code, 0),
        papers=[PAPER_KINDS[paper].name for paper in rules.papers.get(code, ()) if paper != LICENCE],
        count=len(vehicles),
        free_now=Counter(vehicle.site_id for vehicle in vehicles if vehicle.is_free_from(today)),
        next_free_on=min(first_days, default=None),
    )


def list_published(now: datetime) -> list[Published]:
    """Every vehicle in service whose papers hold today, with its free days of the next four weeks; in an order that tells nothing."""
    today = paris_day(now)
    until_on, unknown = today + HORIZON, to_be_known(today)
    in_fleet = select(Vehicle).filter(
        Vehicle.stage == IN_SERVICE,
        Vehicle.in_service_on <= until_on,
        or_(Vehicle.out_of_service_on.is_(None), Vehicle.out_of_service_on > today),
    )
    found = []
    held = _held(now, instant_of(until_on + ONE_DAY))
    for vehicle in db.session.scalars(in_fleet):
        facts = facts_of(vehicle)
        if paper_obstacles(facts, today, unknown):
            continue
        last_lent = vehicle.out_of_service_on - ONE_DAY if vehicle.out_of_service_on else None
        ends = (until_on, last_lent, facts.inspection_until_on, facts.insured_until_on, facts.leased_until_on)
        spans = free_days(
            now, held.get(vehicle.id, ()), from_on=vehicle.in_service_on, until_on=min(day for day in ends if day is not None)
        )
        found.append(
            Published(name=_name(vehicle.id, today), kind=vehicle.kind, energy=vehicle.energy, site_id=vehicle.site_id, spans=spans)
        )
    return sorted(found, key=lambda vehicle: vehicle.name)


def _held(now: datetime, until: datetime) -> Mapping[int, list[Occupied]]:
    """What holds each vehicle until then; one that is late holds it all along, for nobody knows when it comes back."""
    query = (
        select(Occupancy.vehicle_id, Occupancy.starts_at, Occupancy.ends_at, Occupancy.status)
        .outerjoin(Booking, Booking.id == Occupancy.booking_id)
        .filter(is_holding(), Occupancy.starts_at < until, or_(Occupancy.ends_at > now, Occupancy.status == LATE), still_holds(now))
    )
    held: dict[int, list[Occupied]] = defaultdict(list)
    for vehicle_id, starts_at, ends_at, status in db.session.execute(query):
        period = Period(starts_at=starts_at, ends_at=until if status == LATE else ends_at)
        held[vehicle_id].append(Occupied(period=period, status=status))
    return held


def _name(vehicle_id: int, day: date) -> str:
    """A vehicle's name of the day: the same all day, another one tomorrow, so that nobody follows one vehicle, and whoever has it."""
    return keyed_hash(current_app.config["SECRET_KEY"], f"offer:{vehicle_id}:{day.isoformat()}")[:NAME_LENGTH]
