"""The same statements with the same values on a bare driver: what the database itself takes of a question."""

import sqlite3
from collections.abc import Callable
from functools import partial
from statistics import median
from time import perf_counter
from typing import Any

import psycopg
from sqlalchemy import make_url

from mobility.db.guards import APP_ROLE
from tests.databases import SqliteDatabase, TestDatabase

Sent = list[tuple[str, Any]]
ROUNDS = 60


def replaying(database: TestDatabase, sent: Sent) -> Callable[[], None]:
    """How to send it all again on one kept connection, session and platform setting included, and keep nothing."""
    if isinstance(database, SqliteDatabase):
        return partial(_on_sqlite, sqlite3.connect(database.file, isolation_level=None), sent)
    url = make_url(database.owner_url).set(drivername="postgresql").render_as_string(False)
    return partial(_on_postgresql, psycopg.connect(url, options=f"-c role={APP_ROLE}"), sent)


def _on_sqlite(connection: sqlite3.Connection, sent: Sent) -> None:
    for statement, values in sent:
        if statement.startswith("BEGIN"):
            connection.rollback()
        connection.execute(statement, values).fetchall()
    connection.rollback()


def _on_postgresql(connection: psycopg.Connection, sent: Sent) -> None:
    for statement, values in sent:
        found = connection.execute(statement.encode(), values)
        if found.description:
            found.fetchall()
    connection.rollback()


def wall_ms(act: Callable[[], object], rounds: int = ROUNDS) -> float:
    """The median of so many rounds, in milliseconds on the wall: part of the work is the database's own process."""
    for _ in range(5):
        act()
    spent = []
    for _ in range(rounds):
        begun = perf_counter()
        act()
        spent.append(perf_counter() - begun)
    return 1000 * median(spent)
