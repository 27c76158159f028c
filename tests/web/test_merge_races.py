"""Two files made one while somebody writes in the other, and each into the other at once."""

from collections.abc import Collection

import pytest
from sqlalchemy import select

from fleet.actions import bookings, opening
from fleet.models import Booking
from mobility.actions import people
from mobility.db import db
from mobility.models import Beneficiary, FileMerge
from mobility.rights import Role
from tests.garage import at, make_vehicle
from tests.house import House
from tests.racing import race
from tests.web.test_merges import another, unite


def book_while_uniting(house: House, monkeypatch: pytest.MonkeyPatch) -> Collection[int]:
    """One takes the other file's person for a booking, another unites both meanwhile; whose the bookings are then."""
    second = another(house)
    with house.writing():
        cars = [make_vehicle(house, f"Citadine {number}").id for number in range(2, 6)]

    def attempt(client: int, number: int) -> object:
        if client:
            return unite(house, house.beneficiary_id, second) if number == 1 else None
        with house.writing():
            by, day = house.viewer(Role.ADVISER), 3 + number
            return bookings.hold(second, cars[number], starts_at=at(day), ends_at=at(day, 18), by=by, now=house.clock()).id

    race(2, 4, attempt)
    with house.reading():
        return set(db.session.scalars(select(Booking.beneficiary_id)))


def test_no_booking_is_left_with_a_file_that_went(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    assert book_while_uniting(house, monkeypatch) == {house.beneficiary_id}


def test_twin_without_the_look_under_the_lock_one_is(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    for where in (opening, people):
        monkeypatch.setattr(where, "check_written_in", lambda person: None)
    assert len(book_while_uniting(house, monkeypatch)) == 2


def test_one_into_the_other_and_the_other_into_the_one_at_once_is_done_once(house: House) -> None:
    pair = (house.beneficiary_id, another(house))
    race(2, 1, lambda client, _: unite(house, pair[client], pair[1 - client]))
    with house.reading():
        merges = db.session.scalars(select(FileMerge)).all()
        assert len(merges) == 1
        assert [one.id for one in db.session.scalars(select(Beneficiary).filter(Beneficiary.merged_into_id.is_not(None)))] == [
            merges[0].merged_id
        ]
