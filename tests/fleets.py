"""Fleets of any size, written as the owner in bulk: poles of 200 vehicles, each with years of bookings behind it and weeks ahead."""

from collections.abc import Iterator
from datetime import timedelta
from itertools import islice
from typing import Any

from sqlalchemy import Engine, create_engine, func, insert, select, text

from fleet.models import Booking, Occupancy, Vehicle
from mobility.models import Site
from tests.databases import TestDatabase
from tests.house import House

A_POLE, EACH = 200, 100  # vehicles of a pole, bookings of a vehicle
CYCLE, USE, AHEAD = timedelta(days=14), timedelta(days=10), 4
FREE_OF = 5  # one vehicle of so many has nothing ahead
CANCELLED_OF = 10  # one booking of so many was cancelled
AT_ONCE = 20_000


def fill_fleet(house: House, database: TestDatabase, bookings: int) -> list[int]:
    """So many bookings on a hundredth as many vehicles, with the poles they wait at; the poles' ids. The planner is told of it."""
    owner = create_engine(database.owner_url)
    poles = [{"platform_id": house.platform_id, "name": f"Pôle {number}"} for number in range(-(-bookings // EACH // A_POLE))]
    site_ids = _write(owner, Site, iter(poles))
    vehicles = islice(_vehicles(house, site_ids), bookings // EACH)
    first = _write(owner, Vehicle, vehicles)[0]
    made = _write(owner, Booking, islice(_bookings(house, first), bookings))[0]
    _write(owner, Occupancy, islice(_stretches(house, first, made), bookings))
    with owner.begin() as connection:
        connection.execute(text("ANALYZE"))
    owner.dispose()
    return list(site_ids)


def _write(owner: Engine, table: Any, rows: Iterator[dict[str, Any]]) -> range:
    """The ids that the rows were given, one after the other."""
    with owner.begin() as connection:
        first = (connection.scalar(select(func.max(table.id))) or 0) + 1
        count = 0
        while some := list(islice(rows, AT_ONCE)):
            numbered = [{"id": first + count + place, **row} for place, row in enumerate(some)]
            connection.execute(insert(table), numbered)
            count += len(some)
        if owner.dialect.name == "postgresql":
            connection.execute(text(f"SELECT setval(pg_get_serial_sequence('{table.__tablename__}', 'id'), {first + count})"))
    return range(first, first + count)


def _vehicles(house: House, site_ids: range) -> Iterator[dict[str, Any]]:
    in_service_on = house.clock().date() - CYCLE * EACH
    for site_id in site_ids:
        for number in range(A_POLE):
            plain = {"platform_id": house.platform_id, "site_id": site_id, "kind": "car", "gearbox": "manual", "stage": "in_service"}
            yield plain | {"label": f"Citadine {site_id}-{number:03}", "in_service_on": in_service_on}


def _periods(house: House) -> Iterator[tuple[int, dict[str, Any]]]:
    """Which vehicle, counted from 0, and what its booking holds: staggered, so that each day some come back."""
    vehicle = 0
    while True:
        ahead = 0 if vehicle % FREE_OF == 0 else AHEAD
        for back in range(EACH):
            starts_at = house.clock() + CYCLE * (ahead - 1 - back) + timedelta(days=vehicle % CYCLE.days - CYCLE.days)
            yield vehicle, {"platform_id": house.platform_id, "starts_at": starts_at, "ends_at": starts_at + USE}
        vehicle += 1


def _bookings(house: House, first_vehicle: int) -> Iterator[dict[str, Any]]:
    plain = {"beneficiary_id": house.beneficiary_id, "programme": "daily", "eligibility": [], "waivers": [], "price_sentence": ""}
    plain |= {"created_at": house.clock(), "version": 1, "qpv": False, "weekdays": 31, "cap_applies": True}
    for number, (vehicle, held) in enumerate(_periods(house)):
        status = "cancelled" if number % CANCELLED_OF == 0 else "confirmed" if held["ends_at"] > house.clock() else "returned"
        yield plain | held | {"number": f"F-{number}", "vehicle_id": first_vehicle + vehicle, "status": status}


def _stretches(house: House, first_vehicle: int, first_booking: int) -> Iterator[dict[str, Any]]:
    for number, (vehicle, held) in enumerate(_periods(house)):
        status = "released" if number % CANCELLED_OF == 0 else "confirmed" if held["ends_at"] > house.clock() else "out"
        yield held | {"vehicle_id": first_vehicle + vehicle, "booking_id": first_booking + number, "status": status}
