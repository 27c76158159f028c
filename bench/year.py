"""The year in figures: one platform's report, and the network's money from the sums of each month beside the ledger's own lines."""

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import create_engine, text

from bench._raw import questions, sent_by, wall_ms
from bench._record import record, table
from billing.queries.figures import moved_in, sum_ledger_lines
from mobility.db import db, platform_scope
from mobility.queries.network import add_up, list_totals
from mobility.queries.reports import yearly_report
from tests.bulk import write_rows
from tests.conftest import NOON
from tests.databases import PostgresqlDatabase, SqliteDatabase, TestDatabase
from tests.house import FakeClock, House, make_house
from tests.postgres import start_cluster

PLATFORMS, ENTRIES, DAYS = 20, 10_000, 4 * 365  # entries of each platform, evenly over so many days until now
YEAR = NOON.year - 1
ROUNDS = 10

_NUMBER = "(k / 2 + 1)"
_IS_PAID, _IS_FIRST = f"{_NUMBER} % 3 = 0", "k % 2 = 0"
# What is charged: the person's account, then the sales; what is paid: the till, then the person's account.
_CODE = f"CASE WHEN {_IS_PAID} AND {_IS_FIRST} THEN '530' WHEN {_IS_PAID} OR {_IS_FIRST} THEN '411' ELSE '706' END"
_CENTS = f"(100 + {_NUMBER} % 9000)"
LINES = {
    "entry_number": _NUMBER,
    "position": "k % 2 + 1",
    "ledger_code": _CODE,
    "debit_cents": f"CASE WHEN {_IS_FIRST} THEN {_CENTS} ELSE 0 END",
    "credit_cents": f"CASE WHEN {_IS_FIRST} THEN 0 ELSE {_CENTS} END",
}
_DAYS_AGO = f"k * {DAYS} / {ENTRIES}"
ON = {"sqlite": f"date(:today, '-' || ({_DAYS_AGO}) || ' days')", "postgresql": f"CAST(:today AS date) - CAST({_DAYS_AGO} AS integer)"}
HEADS = {"number": "k + 1", "at": ":now", "journal": "CASE WHEN (k + 1) % 3 = 0 THEN 'CA' ELSE 'VE' END"}
HEADS |= dict.fromkeys(("label", "reference", "previous_hash", "hash"), "''")


def main() -> None:
    cluster = start_cluster()
    try:
        rows = [row for engine in ("SQLite", "PostgreSQL") for row in _engine(engine, cluster.url)]
    finally:
        cluster.stop()
    said = f"{PLATFORMS} platforms, {PLATFORMS * ENTRIES:,} entries of the ledger over {DAYS // 365} years (times on the wall)."
    record("year", "Year", [said, "", *table(("engine", "asked", "statements", "ms"), *rows)])


def _engine(engine: str, server_url: str) -> Iterator[tuple[str, ...]]:
    with TemporaryDirectory() as folder:
        clock, place = FakeClock(NOON), Path(folder)
        database: TestDatabase = SqliteDatabase(place, clock) if engine == "SQLite" else PostgresqlDatabase(place, clock, server_url)
        try:
            houses = [make_house(database.app, clock, f"plateforme-{number}") for number in range(PLATFORMS)]
            _fill(houses, database)
            yield from ((engine, *line) for line in _lines(houses))
        finally:
            database.close()


def _fill(houses: list[House], database: TestDatabase) -> None:
    owner = create_engine(database.owner_url)
    for house in houses:
        known = {"platform": house.platform_id, "now": NOON, "today": NOON.date()}
        with owner.begin() as connection:
            write_rows(connection, "ledger_line", LINES, 2 * ENTRIES, known)
            write_rows(connection, "journal_entry", HEADS | {"on": ON[connection.dialect.name]}, ENTRIES, known)
    with owner.begin() as connection:
        connection.execute(text("ANALYZE"))
    owner.dispose()


def _lines(houses: list[House]) -> Iterator[tuple[str, ...]]:
    one = houses[0]

    def report() -> int:
        with one.reading():
            return len(yearly_report(YEAR).lines)

    def from_months() -> tuple[int, int]:
        with one.app.app_context():
            together = {line.key: line.value for line in add_up(list_totals(YEAR))}
            db.session.close()
            return together["charged_cents"], together["paid_cents"]

    def from_lines() -> tuple[int, int]:
        with one.app.app_context():
            sums = [_lines_of(house) for house in houses]
            db.session.close()
            return sum(charged for charged, _ in sums), sum(paid for _, paid in sums)

    assert from_months() == from_lines() != (0, 0), "the sums of the months are not those of the lines"
    asked: dict[str, Callable[[], object]] = {
        "a platform's report of a year": report,
        "its charged and paid cents alone": partial(_moved, one),
        "the network's totals, from the sums of each month": from_months,
        "the network's charged and paid cents, from the ledger's lines": from_lines,
    }
    for name, act in asked.items():
        yield name, str(questions(sent_by(one, act))), f"{wall_ms(act, ROUNDS):.1f}"


def _moved(house: House) -> tuple[int, int]:
    with house.reading():
        return moved_in(YEAR)


def _lines_of(house: House) -> tuple[int, int]:
    with platform_scope(house.platform_id):
        return sum_ledger_lines("411", side="charged", year=YEAR), sum_ledger_lines("411", side="paid", year=YEAR)


if __name__ == "__main__":
    main()
