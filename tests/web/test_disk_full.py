"""The disk is full: what would be written is refused in words, whole; what is there is read all the same; room made, it goes on."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import Any

import psycopg
import pytest
from sqlalchemy import Engine, event, select
from sqlalchemy.exc import OperationalError
from werkzeug.test import TestResponse

from billing.models import Receipt
from billing.queries import verify_books
from mobility.db import db
from mobility.rights import Role
from tests.browsing import post
from tests.house import House
from tests.money import make_rental

MOST = 300  # payments that the free room inside SQLite's last pages may still take


@contextmanager
def full(house: House) -> Iterator[None]:
    """No room for one page more: of SQLite's file in earnest, on PostgreSQL as its driver tells it."""
    with house.app.app_context():
        engine = db.engine
    hook, refuse = ("connect", _hold_the_file(engine)) if engine.dialect.name == "sqlite" else ("before_cursor_execute", _no_room)
    event.listen(engine, hook, refuse)
    engine.dispose()
    try:
        yield
    finally:
        event.remove(engine, hook, refuse)
        engine.dispose()


def _hold_the_file(engine: Engine) -> Any:
    with closing(sqlite3.connect(str(engine.url.database))) as connection:
        (pages,) = connection.execute("PRAGMA page_count").fetchone()
    return lambda connection, _record: connection.execute(f"PRAGMA max_page_count = {pages}").close()


def _no_room(_connection: object, _cursor: object, statement: str, *_more: object) -> None:
    if statement.startswith(("INSERT", "UPDATE")):
        raise OperationalError(statement, {}, psycopg.errors.DiskFull("could not extend file: No space left on device"))


def test_nothing_is_written_in_part_and_the_same_click_does_it_once_there_is_room(house: House) -> None:
    client, token, path = house.client(None), house.bearer(Role.ADVISER), house.api(f"accounts/{make_rental(house)}/payments")

    def pay(number: int) -> TestResponse:
        return client.post(path, json={"means": "cheque", "cents": 100}, headers=token | {"Idempotency-Key": f"cheque-{number}"})

    with full(house):
        answers = [pay(0)]
        while answers[-1].status_code == 201 and len(answers) < MOST:
            answers.append(pay(len(answers)))
        refused = answers[-1]
        assert (refused.status_code, refused.mimetype, refused.headers["Retry-After"]) == (503, "application/problem+json", "5")
        assert "Rien n’est perdu" in str(refused.json)
    assert pay(len(answers) - 1).status_code == 201
    with house.reading():
        numbers = list(db.session.scalars(select(Receipt.number).order_by(Receipt.number)))
        assert numbers == list(range(1, len(answers) + 1))
        assert verify_books() is None


@pytest.mark.parametrize("path", ["board", "vehicles", "bookings", "people", "payments"])
def test_what_is_there_is_read_and_a_form_says_why_not(house: House, path: str) -> None:
    client = house.client(Role.ADVISER)
    assert client.get(house.page("desk")).status_code == 200
    with full(house):
        assert client.get(house.page(path)).status_code == 200
        sent = [post(client, house.page("people/new"), person(number)) for number in range(20)]
        assert sent[-1].status_code == 503 and "Rien n’est perdu" in sent[-1].text
    assert post(client, house.page("people/new"), person(99)).status_code == 303


def person(number: int) -> dict[str, str]:
    """Somebody with much to keep: the pages fill."""
    told = {"first_name": f"Zoé {number}", "last_name": "Ambrelune " * 5, "birth_on": "1990-05-17", "address": "rue " * 30}
    return told | {"contact_by": "phone", "phone": "0639980011"}
