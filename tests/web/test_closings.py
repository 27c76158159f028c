"""Closings: for good, kept by the database on both engines, told by the page and the API, and waited for by an entry."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, timedelta
from threading import Barrier
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import DBAPIError

from billing.actions import ledger
from billing.actions.closings import close_period, close_what_is_over
from billing.closings import CLOSES_BY_ITSELF
from billing.models import Closing, JournalEntry
from billing.queries.closings import find_wrong_closing
from billing.queries.entries import rows_of
from mobility.db import db
from mobility.errors import Conflict, DomainError
from mobility.models import Setting
from mobility.rights import Role
from tests.actions.test_books import ENTRY, banked, by_hand, line
from tests.house import House
from tests.money import ADVISER, make_rental

CLOSED_ON = date(2026, 3, 2)
ASKED = {"kind": "day", "last_on": CLOSED_ON.isoformat(), "for_good": True}


@pytest.fixture
def books(house: House) -> House:
    """A rental charged on 2 March; it is now the 3rd."""
    make_rental(house)
    house.clock.forward(days=1)
    return house


def close(house: House) -> Closing:
    with house.writing():
        return close_period(kind="day", last_on=CLOSED_ON, for_good=True, by=ADVISER, now=house.clock())


def count_entries() -> int:
    return db.session.scalar(select(func.count()).select_from(JournalEntry)) or 0


def test_the_page_and_the_api_close_and_tell_who_and_when(books: House) -> None:
    client = books.client(Role.TREASURER)
    page = client.get(books.page("money/closings"))
    assert page.status_code == 200 and "Rien n’est clôturé" in page.text and 'value="2026-02-28"' in page.text
    api: Any = books.app.test_client()
    for asked, field in [(ASKED | {"for_good": False}, "for_good"), (ASKED | {"last_on": "2026-03-03"}, "last_on"), ({}, "kind")]:
        refused = api.post(books.api("money/closings"), json=asked, headers=books.bearer(Role.TREASURER))
        assert refused.status_code == 422 and field in refused.json["errors"]
    made = api.post(books.api("money/closings"), json=ASKED, headers=books.bearer(Role.TREASURER))
    assert made.status_code == 201 and made.json["sums"]["411"] == [7000, 0] and made.json["running_cents"] == 7000
    again = api.post(books.api("money/closings"), json=ASKED, headers=books.bearer(Role.TREASURER))
    assert again.status_code == 422 and "déjà clôturé" in again.json["errors"]["last_on"]
    told = client.get(books.page("money/closings")).text.replace("\u00a0", " ")
    assert f"treasurer {books.slug}" in told and "70 €" in told and made.json["hash"][:12] in told
    listed = api.get(books.api("money/closings"), headers=books.bearer(Role.MANAGER)).json
    assert listed["rows"] == [made.json]
    assert "intacts" in client.get(books.page("money/books")).text
    with books.reading():
        assert {row.valid_on for row in rows_of(2026)} == {date(2026, 3, 3)}, "valid from the day of the closing"


def test_nothing_is_dated_into_a_closed_period_and_a_correction_is_of_today(books: House) -> None:
    close(books)
    with pytest.raises(Conflict, match="clôturés jusqu’au"), books.writing():
        ledger.post(banked(100), now=books.clock())
    raw = [line("512", 100, 0), line("706", 0, 100, position=2), ENTRY]  # the date of the first entry, around our own code
    with pytest.raises(DBAPIError, match="closed period"):
        by_hand(books, raw)
    today = ENTRY.replace('SELECT platform_id, 9, "on"', "SELECT platform_id, 9, '2026-03-03'")
    by_hand(books, [*raw[:2], today])
    for statement in ("UPDATE closing SET last_on = '2026-02-01'", "DELETE FROM closing"):
        with pytest.raises(DBAPIError, match="append-only"):
            by_hand(books, [statement])
    copy = (
        "INSERT INTO closing (platform_id, kind, first_on, last_on, closed_at, last_entry, last_hash, sums, running_cents, hash) "
        "SELECT platform_id, kind, first_on, '2026-03-01', closed_at, last_entry, last_hash, sums, running_cents, hash FROM closing"
    )
    with pytest.raises(DBAPIError, match="follow each other"):
        by_hand(books, [copy])
    with books.reading():
        assert find_wrong_closing() is None
    by_hand(books, ["UPDATE books SET closed_through = NULL"])
    with books.reading():
        assert find_wrong_closing() == CLOSED_ON, "the door opened by hand is found"


def test_a_platform_that_wants_it_closes_each_night_what_is_over_once(books: House) -> None:
    def night() -> int:
        with books.writing():
            return close_what_is_over(now=books.clock())

    assert night() == 0, "nobody asked for it"
    with books.writing():
        db.session.add(Setting(key=CLOSES_BY_ITSELF, from_on=CLOSED_ON, value=True))
    assert [night(), night()] == [1, 0]
    books.clock.forward(days=3)
    with books.writing():
        ledger.post(replace(banked(100), on=books.clock().date()), now=books.clock())
    assert night() == 0, "days without an entry wait for the next that has one"
    books.clock.forward(days=30)
    assert [night(), night()] == [2, 0]
    with books.reading():
        rows = db.session.scalars(select(Closing).order_by(Closing.id)).all()
        assert [(row.kind, row.first_on, row.last_on, row.closed_by) for row in rows] == [
            ("day", CLOSED_ON, CLOSED_ON, None),
            ("day", date(2026, 3, 3), date(2026, 3, 6), None),
            ("month", CLOSED_ON, date(2026, 3, 31), None),
        ]
        assert find_wrong_closing() is None and [row.running_cents for row in rows] == [7000, 7100, 7100]


@pytest.mark.race
def test_two_closings_at_once_make_one_and_an_entry_is_in_it_or_refused(books: House) -> None:
    with books.reading():
        before = count_entries()
    start = Barrier(6)
    late = banked(100)  # dated 2 March, the day that is being closed

    def go(number: int) -> str:
        start.wait(30)
        try:
            if number < 2:
                close(books)
                return "closed"
            with books.writing():
                ledger.post(late, now=books.clock() - timedelta(days=1))
        except DomainError as refused:
            return type(refused).__name__
        return "entered"

    with ThreadPoolExecutor(6) as threads:
        done = list(threads.map(go, range(6)))
    assert sorted(done[:2]) == ["RuleBroken", "closed"] and set(done[2:]) <= {"entered", "Conflict"}, done
    with books.reading():
        closing = db.session.scalars(select(Closing)).one()
        count = count_entries()
        assert find_wrong_closing() is None and closing.last_entry == count == before + done.count("entered"), (
            "its sums hold what came before"
        )
