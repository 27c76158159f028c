"""A fleet that grows: free vehicles, a booking over HTTP and the race, beside the plain SQL of the same question, on both engines.

`dev.py bench fleet` fills 50,000 bookings; `--large` adds 1,000,000, `--huge` 10,000,000 on PostgreSQL.
"""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from flask.testing import FlaskClient

from bench._booked import figures
from bench._raw import replaying, sent_by, wall_ms
from bench._record import record, table
from fleet.licences import Driver
from fleet.queries.free import free_vehicles
from mobility.periods import Period
from mobility.rights import Role
from tests.conftest import NOON
from tests.databases import PostgresqlDatabase, SqliteDatabase, TestDatabase
from tests.fleets import A_POLE, EACH, fill_fleet
from tests.garage import at, clear_person
from tests.house import FakeClock, House, make_house
from tests.postgres import start_cluster

SMALL, LARGE, HUGE = 50_000, 1_000_000, 10_000_000


def main() -> None:
    sizes = [SMALL, *([LARGE] if {"--large", "--huge"} & set(sys.argv) else []), *([HUGE] if "--huge" in sys.argv else [])]
    cluster = start_cluster()
    try:
        lines = [line for engine in ("SQLite", "PostgreSQL") for line in _engine(engine, sizes, cluster.url)]
    finally:
        cluster.stop()
    record("fleet", "Fleet", lines)


def _engine(engine: str, sizes: list[int], server_url: str) -> Iterator[str]:
    free: list[tuple[float, ...]] = []
    sizes = sizes if engine == "PostgreSQL" else [size for size in sizes if size < HUGE]
    for size in sizes:
        with _made(engine, server_url) as database:
            house = make_house(database.app, database.clock)
            free.append(_free(house, database, fill_fleet(house, database, size)[0]))
            if size == SMALL:
                booked = figures(house, database)
    rows = [(f"{size:,}", f"{size // EACH:,}", *(f"{ms:.2f}" for ms in line)) for size, line in zip(sizes, free, strict=True)]
    head = ("bookings", "vehicles", "raw ms", "function ms", "JSON ms", "an empty JSON ms", "raw of the JSON ms")
    yield f"{engine}, free vehicles of a pole of {A_POLE} for 30 days (times on the wall, in one process):"
    yield from ("", *table(head, *rows), "")
    if len(sizes) > 1:
        grown = (f"{name} × {last / first:.2f}" for name, first, last in zip(("raw", "function", "JSON"), free[0], free[-1], strict=False))
        yield from (f"From {sizes[0]:,} to {sizes[-1]:,} bookings: {', '.join(grown)}.", "")
    yield f"{engine}, over HTTP at {SMALL:,} bookings (gunicorn, times on the wall, clients on the same cores):"
    yield from ("", *table(("asked", "figure"), *booked), "")


@contextmanager
def _made(engine: str, server_url: str) -> Iterator[TestDatabase]:
    with TemporaryDirectory() as folder:
        clock, place = FakeClock(NOON), Path(folder)
        made: TestDatabase = SqliteDatabase(place, clock) if engine == "SQLite" else PostgresqlDatabase(place, clock, server_url)
        try:
            yield made
        finally:
            made.close()


def _free(house: House, database: TestDatabase, site_id: int) -> tuple[float, ...]:
    """The function and its own statements on a bare driver, the JSON and its own, and what any authenticated request takes."""
    month, driver = Period(starts_at=at(3), ends_at=at(3) + timedelta(days=30)), Driver(born_on=date(1990, 1, 1))
    api, token = house.client(None), house.bearer(Role.ADVISER)
    with house.writing():
        clear_person(house, house.beneficiary_id)
    asked = {"beneficiary_id": house.beneficiary_id, "kind": "car", "site_id": site_id}
    asked |= {"starts_at": month.starts_at.isoformat(), "ends_at": month.ends_at.isoformat()}

    def ask() -> int:
        with house.reading():
            return len(free_vehicles("car", site_id, month, driver=driver, now=house.clock()))

    sent = sent_by(house, ask)
    if not ask():
        raise SystemExit("nothing is free: there is nothing to measure")
    raw, function = wall_ms(replaying(database, sent)), wall_ms(ask)
    asking = partial(_status, api, house.api("free-vehicles"), query_string=asked, headers=token)
    whole, empty = wall_ms(asking), wall_ms(partial(_status, api, house.api("vehicles/999999999"), headers=token))
    return raw, function, whole, empty, wall_ms(replaying(database, sent_by(house, asking)))


def _status(client: FlaskClient, path: str, **more: Any) -> int:
    return client.get(path, **more).status_code


if __name__ == "__main__":
    main()
