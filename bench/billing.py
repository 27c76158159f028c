"""The weekly charges of 100,000 rentals on PostgreSQL: priced and written in bulk, beside one INSERT … SELECT of the same charges."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from resource import getpagesize
from tempfile import TemporaryDirectory
from time import perf_counter
from unittest.mock import patch

from sqlalchemy import Connection, Engine, create_engine, text

from bench._record import record, table
from billing.actions import charge_runs
from billing.queries import verify_books
from billing.queries.months import find_wrong_month
from billing.queries.tariffs import terms_on
from billing.terms import freeze
from mobility import audit
from mobility.db import platform_scope
from tests.bulk import write_rows
from tests.conftest import NOON
from tests.databases import PostgresqlDatabase
from tests.house import FakeClock, House, make_house
from tests.postgres import start_cluster

RENTALS = 100_000
LEAST_OF = 3  # each is measured so often, and the least counts: the machine has other work
PEOPLE = {
    "number": "'P-' || lpad((k + 1000)::text, 6, '0')",
    "identity_key": "'essai|' || k",
    "created_at": ":now",
    "last_contact_at": ":now",
    "contact_by": "'phone'",
}
PEOPLE |= dict.fromkeys(("first_name", "last_name", "search_key"), "'Mesure ' || k")
# Five kinds of vehicle, every third person of a priority district, keys handed over on each day of the week that ends.
RENTAL = {
    "beneficiary_id": ":person + k",
    "reference": "'booking:' || k",
    "label": "'Véhicule ' || k",
    "names": "'[]'::json",
    "out_of_service": "'[]'::json",
    "programme": "'daily'",
    "kind": "(ARRAY['bike', 'ebike', 'moped', 'scooter', 'car'])[k % 5 + 1]",
    "qpv": "k % 3 = 0",
    "first_on": ":today",
    "terms": "CAST(:terms AS json)",
    "started_at": ":now + (k % 7) * DAY",
    "opened_at": ":now",
}
# Every tenth of them in that order has the RSA from one of twenty days on.
RIGHT = {
    "beneficiary_id": ":person + 10 * k",
    "tier_code": "'rsa'",
    "from_on": ":today + CAST(k % 20 AS integer) - 12",
    "recorded_at": ":now",
}
COLUMNS = "platform_id, account_id, key, kind, first_on, last_on, cents, sentence, days, posted_at, entry_number"
# What one like it costs stands in a table beforehand: the least that any statement could have to do.
ALIKE = """CREATE UNLOGGED TABLE alike AS SELECT DISTINCT ON (a.kind, a.qpv, a.started_at, p.from_on)
    a.kind AS of_kind, a.qpv, a.started_at, p.from_on, c.* FROM charge c
    JOIN billing_account a ON a.id = c.account_id LEFT JOIN tier_proof p ON p.beneficiary_id = a.beneficiary_id"""
KEEP = f"CREATE UNLOGGED TABLE kept AS SELECT {COLUMNS} FROM charge"
SELECTED = f"""INSERT INTO charge ({COLUMNS})
    SELECT a.platform_id, a.id, s.key, s.kind, s.first_on, s.last_on, s.cents, s.sentence, s.days, s.posted_at, s.entry_number
    FROM billing_account a LEFT JOIN tier_proof p ON p.platform_id = a.platform_id AND p.beneficiary_id = a.beneficiary_id
    JOIN alike s ON s.of_kind = a.kind AND s.qpv = a.qpv AND s.started_at = a.started_at AND s.from_on IS NOT DISTINCT FROM p.from_on
    WHERE a.started_at IS NOT NULL AND a.closed_at IS NULL ON CONFLICT (platform_id, account_id, key) DO NOTHING"""
UNLIKE = f"""SELECT count(*) FROM (SELECT {COLUMNS.replace("days", "days::text")} FROM charge
    EXCEPT ALL SELECT {COLUMNS.replace("days", "days::text")} FROM kept) AS unlike"""


def main() -> None:
    cluster = start_cluster()
    clock = FakeClock(NOON)
    try:
        with TemporaryDirectory() as folder:
            database = PostgresqlDatabase(Path(folder), clock, cluster.url)
            try:
                _measure(make_house(database.app, clock), database.owner_url)
            finally:
                database.close()
    finally:
        cluster.stop()


def _measure(house: House, owner_url: str) -> None:
    owner = create_engine(owner_url)
    _fill(owner, house)
    house.clock.forward(days=7)
    bulk, selected = _charges_alone(house, owner.connect)
    _empty(owner.connect)
    weights: list[float] = []
    whole = _seconds(lambda: _run(house, weights))
    again = _seconds(lambda: _run(house, []))
    with house.reading():
        assert verify_books() is None and find_wrong_month() is None
    owner.dispose()
    rows = (
        ("the charges, priced and written in bulk", f"{bulk:.2f} s", ""),
        ("one INSERT … SELECT of the same charges, their prices given", f"{selected:.2f} s", ""),
        ("ratio", f"{bulk / selected:.2f}", "≤ 2"),
        ("with ledger entries, hash chain and audit", f"{whole:.2f} s", "≤ 10 s"),
        ("run again, which adds nothing", f"{again:.2f} s", "≤ 1 s"),
        ("memory from the second batch to the last", f"{weights[-1] - weights[1]:+.0f} MB", ""),
    )
    said = f"{RENTALS:,} rentals under way, of five kinds and three tiers, one week each (times on the wall, the least of {LEAST_OF})."
    record("billing", "Billing", [said, "", *table(("PostgreSQL", "figure", "limit"), *rows)])


def _fill(owner: Engine, house: House) -> None:
    with house.reading():
        terms = json.dumps(freeze(terms_on(NOON.date())))
    known = {"platform": house.platform_id, "now": NOON, "today": NOON.date(), "terms": terms}
    for name, table_name, columns, count in (
        ("person", "beneficiary", PEOPLE, RENTALS),
        ("account", "billing_account", RENTAL, RENTALS),
        ("right", "tier_proof", RIGHT, RENTALS // 10),
    ):
        with owner.begin() as connection:
            known[name] = write_rows(connection, table_name, columns, count, known)
            connection.execute(text("ANALYZE"))  # what points at these rows is checked by a plan that knows how many they are


def _charges_alone(house: House, connect: Callable[[], Connection]) -> tuple[float, float]:
    """Seconds of ours, and of the database's own; the same charges to the cent, and to the letter."""
    ours, theirs = [], []
    for number in range(LEAST_OF):
        _empty(connect)
        with _nothing_but_charges():
            ours.append(_seconds(lambda: _run(house, [])))
        with connect() as connection, connection.begin():
            if not number:
                connection.execute(text(ALIKE))
                connection.execute(text(KEEP))
        _empty(connect)
        with connect() as connection:
            theirs.append(_seconds(lambda: _once(connection, SELECTED)))
            assert connection.scalar(text("SELECT count(*) FROM charge")) == RENTALS
            assert connection.scalar(text(UNLIKE)) == 0, "not the same charges"
    return min(ours), min(theirs)


def _once(connection: Connection, statement: str) -> None:
    connection.execute(text(statement))
    connection.commit()


@contextmanager
def _nothing_but_charges() -> Iterator[None]:
    with patch.object(charge_runs, "entry_of", lambda *due, **more: None), patch.object(audit, "ready_notes", lambda *rows, **more: []):
        yield


def _run(house: House, weights: list[float]) -> None:
    def weigh(run_id: int, done: int) -> None:
        tell(run_id, done)
        weights.append(int(Path("/proc/self/statm").read_text().split()[1]) * getpagesize() / 1e6)

    tell = charge_runs._tell
    with patch.object(charge_runs, "_tell", weigh), house.app.app_context(), platform_scope(house.platform_id):
        charge_runs.run_charges(now=house.clock())


def _empty(connect: Callable[[], Connection]) -> None:
    with connect() as connection:
        _once(connection, "TRUNCATE charge, charge_run")
        connection.commit()


def _seconds(act: Callable[[], object]) -> float:
    begun = perf_counter()
    act()
    return perf_counter() - begun


if __name__ == "__main__":
    main()
