"""The turnaround after a return: held like the use before it, priced and printed never, given up to the workshop only."""

from datetime import timedelta

import pytest
from sqlalchemy import update
from sqlalchemy.exc import IntegrityError

from fleet.actions import blocks, bookings, changes, occupancy
from fleet.errors import VehicleTaken
from fleet.models import Booking, Occupancy
from fleet.queries.applicants import driver_of
from fleet.queries.free import check_free, free_vehicles
from fleet.queries.vehicles import get_vehicle
from fleet.turnaround import key_of
from mobility.actions.settings import set_setting
from mobility.db import db
from mobility.errors import RuleBroken
from mobility.models import Beneficiary
from mobility.periods import Period
from mobility.rights import Role
from tests.actions.test_bookings import Desk
from tests.garage import MONDAY, at
from tests.house import House

HALF_HOUR = timedelta(minutes=30)


@pytest.fixture
def desk(house: House) -> Desk:
    desk = Desk(house)
    with house.writing():
        set_setting(key_of("car"), 30, from_on=MONDAY, by=house.viewer(Role.MANAGER), now=house.clock())
    return desk


def taken(desk: Desk, **period: object) -> bool:
    try:
        desk.act(bookings.book, desk.other, desk.car, **period)
    except VehicleTaken:
        return True
    return False


def test_the_next_use_begins_after_the_turnaround_and_the_price_knows_nothing_of_it(desk: Desk) -> None:
    first = desk.book(3, 10)
    assert first.price_sentence == "Voiture à 5 €, 7 jours : 35 €"
    with pytest.raises(VehicleTaken, match="30 minutes de remise en état sont gardées après chaque retour"):
        desk.book(10, 12, person=desk.other)
    desk.act(bookings.book, desk.other, desk.car, starts_at=at(10) + HALF_HOUR, ends_at=at(12))
    assert desk.stretches(desk.car)[0] == (at(3), at(10) + HALF_HOUR, "confirmed")


def test_a_use_that_would_end_too_close_before_another_is_refused(desk: Desk) -> None:
    desk.book(10, 12)
    assert taken(desk, starts_at=at(5), ends_at=at(10) - timedelta(minutes=29))
    assert not taken(desk, starts_at=at(5), ends_at=at(10) - HALF_HOUR)


def test_what_is_offered_and_previewed_is_what_the_guarded_path_gives(desk: Desk) -> None:
    later = desk.book(10, 12)
    with desk.house.reading():
        driver = driver_of(db.session.get_one(Beneficiary, desk.other))
        for minutes, is_free in ((29, False), (30, True)):
            for wanted in (
                Period(starts_at=at(5), ends_at=at(10) - timedelta(minutes=minutes)),
                Period(starts_at=at(12) + timedelta(minutes=minutes), ends_at=at(14)),
            ):
                offers = free_vehicles("car", None, wanted, driver=driver, now=desk.house.clock())
                assert (desk.car in {offer.vehicle.id for offer in offers}) is is_free
        with pytest.raises(VehicleTaken, match="remise en état"):
            near = Booking(id=later.id + 1)
            check_free(get_vehicle(desk.car), Period(starts_at=at(5), ends_at=at(10)), apart_from=near, now=desk.house.clock())


def test_the_database_holds_the_turnaround_too(desk: Desk) -> None:
    desk.book(3, 10)
    desk.book(11, 12, person=desk.other)
    with pytest.raises(IntegrityError), desk.house.writing():
        db.session.execute(update(Occupancy).filter(Occupancy.starts_at == at(11)).values(starts_at=at(10)))


def test_extend_shorten_swap_and_return_move_the_turnaround_along(desk: Desk) -> None:
    booking = desk.book(3, 10)
    desk.book(12, 14, person=desk.other)
    with pytest.raises(VehicleTaken):
        desk.act(changes.extend, booking.id, ends_at=at(12))
    desk.act(changes.extend, booking.id, ends_at=at(12) - HALF_HOUR)
    desk.act(changes.shorten, booking.id, ends_at=at(9))
    assert desk.stretches(desk.car)[0] == (at(3), at(9) + HALF_HOUR, "confirmed")
    desk.house.clock.set(at(3))
    desk.hand_over(booking)
    desk.house.clock.set(at(5))
    with desk.house.writing():
        occupancy.come_back(db.session.get_one(Booking, booking.id), at=at(5))
    assert desk.stretches(desk.car)[0] == (at(3), at(5) + HALF_HOUR, "out")
    assert taken(desk, starts_at=at(5), ends_at=at(6))


@pytest.mark.parametrize(("minutes", "until"), [(10, timedelta(minutes=40)), (24 * 60, timedelta(days=1, minutes=30))])
def test_a_late_return_is_turned_round_as_far_as_nobody_else_holds_it(desk: Desk, minutes: int, until: timedelta) -> None:
    booking = desk.book(3, 10)
    desk.house.clock.set(at(3))
    desk.hand_over(booking)
    with desk.house.writing():
        occupancy.come_back(db.session.get_one(Booking, booking.id), at=at(10) + timedelta(minutes=minutes))
    assert desk.stretches(desk.car) == [(at(3), at(10) + until, "out")]


def test_the_workshop_takes_the_turnaround_over(desk: Desk) -> None:
    desk.book(3, 10)
    desk.act(blocks.block, desk.car, reason="workshop", starts_at=at(10) + timedelta(minutes=10), ends_at=at(11))
    desk.act(blocks.block, desk.spare, reason="workshop", starts_at=at(10), ends_at=at(11))
    desk.book(3, 10, car=desk.spare, person=desk.other)
    assert desk.stretches(desk.car)[0] == (at(3), at(10) + timedelta(minutes=10), "confirmed")
    assert desk.stretches(desk.spare)[0] == (at(3), at(10), "confirmed")


def test_a_rental_given_back_by_the_workshop_goes_on_without_a_turnaround_in_between(desk: Desk) -> None:
    booking = desk.book(3, 20)
    desk.house.clock.set(at(3))
    desk.hand_over(booking)
    made = desk.act(blocks.block, desk.car, reason="breakdown", starts_at=at(8), ends_at=at(12))
    desk.house.clock.set(at(10))
    desk.act(blocks.lift, made.id)
    assert desk.stretches(desk.car) == [
        (at(3), at(8), "out"),
        (at(8), at(10), "workshop"),
        (at(10), at(20) + HALF_HOUR, "out"),
    ]


def test_the_minutes_are_dated_by_the_return_and_at_most_a_day(desk: Desk) -> None:
    with desk.house.writing():
        set_setting(key_of("car"), 90, from_on=at(10).date(), by=desk.house.viewer(Role.MANAGER), now=desk.house.clock())
    desk.book(3, 9)
    desk.book(11, 14, person=desk.other)
    ends = [ends_at for _, ends_at, _ in desk.stretches(desk.car)]
    assert ends == [at(9) + HALF_HOUR, at(14) + timedelta(minutes=90)]
    with pytest.raises(RuleBroken, match="1440 au plus"), desk.house.writing():
        set_setting(key_of("car"), 1441, from_on=MONDAY, by=desk.house.viewer(Role.MANAGER), now=desk.house.clock())
