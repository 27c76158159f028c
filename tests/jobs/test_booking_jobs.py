"""The day's jobs of bookings, each run twice."""

from datetime import timedelta

from fleet.actions import blocks, bookings, changes, work_orders
from fleet.jobs import keep_in_workshop, mark_late, release_holds
from fleet.models import Block, Booking
from mobility.db import db
from tests.actions.test_bookings import Desk
from tests.actions.test_work_orders import Workshop
from tests.garage import at
from tests.house import House
from tests.rental import RentalDesk


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


def test_work_that_is_not_done_keeps_its_vehicle_back_a_day_at_a_time_but_takes_nobodys(house: House) -> None:
    desk = Desk(house)
    shop = Workshop(house, desk.car)
    awaited = desk.book(8, 20)
    shop.on(work_orders.start_order, ends_at=at(4, 17))
    assert run(house, keep_in_workshop) == 0, "its end lies ahead"
    house.clock.set(at(4) + timedelta(hours=7, minutes=30))
    assert (run(house, keep_in_workshop), run(house, keep_in_workshop)) == (1, 0)
    assert [(status, ends_at) for status, _, ends_at in shop.held()][1:] == [("workshop", at(6, 0)), ("confirmed", at(20))]
    for day in (6, 7, 8):  # the job slept a while; then whoever booked it is at the door
        house.clock.set(at(day, 0) + timedelta(minutes=10))
        run(house, keep_in_workshop)
    assert [ends_at for *_, ends_at in shop.held()][-2:] == [at(8), at(20)], "never over the next booking: they are hit"
    desk.act(bookings.cancel, awaited.id, reason="vehicle_unavailable")
    house.clock.set(at(8, 12))
    assert run(house, keep_in_workshop) == 1, "rescued: the vehicle is not free for all that"
    with house.reading():
        block = db.session.query(Block).order_by(Block.id.desc()).limit(1).one()
    assert (block.starts_at, block.ends_at) == (at(8, 12), at(10, 0))
    shop.act(blocks.lift, block.id)
    assert run(house, keep_in_workshop) == 0, "given back by hand: somebody decided"


def test_whoever_rents_what_is_not_done_is_not_charged_for_it(house: House) -> None:
    desk = RentalDesk(house).out()
    shop = Workshop(house, desk.car)
    shop.on(work_orders.start_order, ends_at=at(4))
    house.clock.set(at(4) - timedelta(minutes=30))
    assert run(house, keep_in_workshop) == 1
    assert [(status, ends_at) for status, _, ends_at in shop.held()][-2:] == [("workshop", at(6, 0)), ("out", desk.booking().ends_at)]
