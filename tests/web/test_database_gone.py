"""The database gone: a page and a problem that say so with 503, within the seconds a person waits; and it is back as soon as it is."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from sqlalchemy import event, text
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from mobility.db import db, engine
from mobility.rights import Role
from tests.browsing import post
from tests.databases import TestDatabase
from tests.house import House


@contextmanager
def gone(house: House) -> Iterator[None]:
    """Whatever begins on this engine meets nobody."""

    def refuse(connection: Any) -> None:
        raise OperationalError("BEGIN", {}, sqlite3.OperationalError("connection refused"))

    with house.app.app_context():
        engine = db.engine
    event.listen(engine, "begin", refuse, insert=True)
    try:
        yield
    finally:
        event.remove(engine, "begin", refuse)


@pytest.mark.parametrize("path", ["", "desk", "people", "login", "search?q=e", "board", "money"])
def test_every_page_says_that_the_database_is_gone_and_comes_back(house: House, path: str) -> None:
    client = house.client(Role.MANAGER)
    with gone(house):
        answer = client.get(house.page(path))
        assert answer.status_code == 503
        assert "La base de données ne répond pas" in answer.get_data(as_text=True)
        assert answer.headers["Retry-After"] == "5"
    assert client.get(house.page(path)).status_code < 500


@pytest.mark.parametrize(("idle_seconds", "first"), [(0, 200), (60, 503)])
def test_a_connection_that_died_is_replaced_before_use_or_at_the_latest_after(
    house: House, database: TestDatabase, monkeypatch: pytest.MonkeyPatch, idle_seconds: int, first: int
) -> None:
    monkeypatch.setattr(engine, "IDLE_SECONDS", idle_seconds)
    client = house.client(Role.MANAGER)
    with house.app.app_context(), db.engine.connect(), db.engine.connect(), db.engine.connect():
        pass  # those that wait behind the first die too
    assert client.get(house.page("board")).status_code == 200
    hung_up = database.hang_up()
    assert [client.get(house.page("board")).status_code for _ in range(2)] == [first if hung_up else 200, 200]
    monkeypatch.setattr(engine, "IDLE_SECONDS", 60)
    with house.app.app_context(), db.engine.connect(), db.engine.connect(), db.engine.connect() as last:
        assert last.scalar(text("SELECT 1")) == 1


def test_what_is_sent_meanwhile_is_refused_in_words(house: House) -> None:
    client, bearer = house.client(Role.MANAGER), house.bearer(Role.MANAGER)
    with gone(house):
        assert post(client, house.page("people/new"), {"first_name": "A"}).status_code == 503
        answer: Any = house.app.test_client().get(house.api("desk"), headers=bearer)
        assert (answer.status_code, answer.mimetype) == (503, "application/problem+json")


def test_gone_at_the_commit_itself_is_said_too(house: House) -> None:
    def refuse(session: Any) -> None:
        raise OperationalError("COMMIT", {}, sqlite3.OperationalError("connection refused"))

    client, person = house.client(Role.MANAGER), {"label": "T", "from_on": "2026-04-01", "car": "5"}
    event.listen(Session, "before_commit", refuse)
    try:
        assert post(client, house.page("money/tariffs"), person).status_code == 503
    finally:
        event.remove(Session, "before_commit", refuse)


def test_a_simulator_needs_no_database(house: House) -> None:
    body = {"one_way_km": 10, "worked_days": 20}
    with gone(house):
        assert house.app.test_client().post("/api/v1/simulations/mileage", json=body).status_code == 200
