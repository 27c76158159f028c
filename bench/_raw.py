"""The same statements with the same values on a bare driver: what the database itself takes of a question."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from statistics import median
from time import perf_counter
from typing import Any

import psycopg
from flask import Response
from sqlalchemy import event, make_url

from mobility.db import db
from mobility.db.guards import APP_ROLE
from tests.databases import SqliteDatabase, TestDatabase
from tests.house import House

Sent = list[tuple[str, Any]]
WARMING, ROUNDS = 5, 60


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
        send(connection, statement, values)
    connection.rollback()


def send(connection: sqlite3.Connection, statement: str, values: Any) -> None:
    """One statement, its answer read to the end; a list of values is as many rows of one statement."""
    if isinstance(values, list):
        connection.executemany(statement, values)
    else:
        connection.execute(statement, values).fetchall()


def _on_postgresql(connection: psycopg.Connection, sent: Sent) -> None:
    for statement, values in sent:
        found = connection.cursor()
        if isinstance(values, list):
            found.executemany(statement.encode(), values)
        else:
            found.execute(statement.encode(), values)
        if found.description:
            found.fetchall()
    connection.rollback()


def numbering(database: TestDatabase) -> Callable[[], None]:
    """How to put every table's numbering back to where it stands now: what is written again after that gets the same ids again."""
    if isinstance(database, SqliteDatabase):
        return lambda: None  # a number that was rolled back is given again
    url = make_url(database.owner_url).set(drivername="postgresql").render_as_string(False)
    owner = psycopg.connect(url, autocommit=True)
    asked = "SELECT format('SELECT setval(%L, %s, %L)', sequencename, coalesce(last_value, 1), last_value IS NOT NULL) FROM pg_sequences"
    back = "; ".join(line for (line,) in owner.execute(asked)).encode()

    def put_back() -> None:
        owner.execute(back)

    return put_back


def sent_by(house: House, act: Callable[[], object]) -> Sent:
    """The statements and values that an act sends."""
    sent: Sent = []

    def note(_connection: object, _cursor: object, statement: str, values: Any, *_more: object) -> None:
        sent.append((statement, values))

    with house.app.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", note)
    act()
    event.remove(engine, "before_cursor_execute", note)
    return sent


def questions(sent: Sent) -> int:
    """How many of them ask or write something: what a transaction begins with is apart."""
    return sum(not statement.startswith(("BEGIN", "PRAGMA", "SELECT set_config")) for statement, _ in sent)


@contextmanager
def refusing(house: House) -> Iterator[None]:
    """Everything a request writes is undone at its very end, as for any answer that says no."""

    def refuse(response: Response) -> Response:
        response.status_code = 400
        return response

    at_the_end = house.app.after_request_funcs.setdefault(None, [])
    at_the_end.insert(0, refuse)
    yield
    at_the_end.remove(refuse)


def wall_ms(act: Callable[[], object], rounds: int = ROUNDS, *, before: Callable[[], None] = lambda: None) -> float:
    """The median of so many rounds, in milliseconds on the wall, since part of the work is the database's own process; not of `before`."""
    spent = []
    for _ in range(WARMING + rounds):
        before()
        begun = perf_counter()
        act()
        spent.append(perf_counter() - begun)
    return 1000 * median(spent[WARMING:])
