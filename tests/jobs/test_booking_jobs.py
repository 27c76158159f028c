"""The day's jobs of bookings, each run twice."""

from fleet.actions import bookings, changes
from fleet.jobs import mark_late, release_holds
from fleet.models import Booking
from mobility.db import db
from tests.actions.test_bookings import Desk
from tests.garage import at
from tests.house import House


def run(house: House, job: object) -> int:
    """The job, as the worker runs it."""
    with house.writing():
        return job(now=house.clock())  # type: ignore[operator]


def test_a_late_rental_holds_its_vehicle_a_day_at_a_time_but_nobody_elses(house: House) -> None:
    desk = Desk(house)
    late, other = desk.book(3, 10), desk.book(14, 20, person=desk.other)
    house.clock.set(at(3))
    desk.hand_over(late)
    house.clock.set(at(10, 10))
    assert (run(house, mark_late), run(house, mark_late)) == (1, 1)
    assert desk.stretches(desk.car) == [(at(3), at(12, 0), "late"), (at(14), at(20), "confirmed")]
    house.clock.set(at(13, 10))
    run(house, mark_late)
    assert desk.stretches(desk.car) == [(at(3), at(14), "late"), (at(14), at(20), "confirmed")], "never over the next booking"
    with house.reading():
        seen = db.session.get_one(Booking, late.id)
        assert (seen.status, seen.version) == ("late", late.version + 1), "told once"
    desk.act(changes.extend, late.id, ends_at=at(13, 20))
    assert desk.stretches(desk.car) == [(at(3), at(13, 20), "out"), (at(14), at(20), "confirmed")]
    assert other.status == "confirmed"


def test_holds_that_ran_out_are_let_go(house: House) -> None:
    desk = Desk(house)
    held = desk.act(bookings.hold, house.beneficiary_id, desk.car, starts_at=at(5), ends_at=at(9))
    assert run(house, release_holds) == 0
    house.clock.forward(hours=48)
    assert (run(house, release_holds), run(house, release_holds)) == (1, 0)
    assert desk.stretches(desk.car) == []
    with house.reading():
        assert db.session.get_one(Booking, held.id).status == "expired"
