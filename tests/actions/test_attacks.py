"""Acts out of order, twice, or beside the rule: what once went through, and must not again."""

import pytest

from billing.models import BillingAccount
from fleet.actions import blocks, changes
from fleet.models import Booking
from mobility.actions.paths import end_action
from mobility.errors import RuleBroken
from mobility.periods import ONE_DAY, paris_day
from tests.garage import at
from tests.house import House
from tests.rental import RentalDesk


def idle(desk: RentalDesk) -> list[list[str]]:
    """The days the rental's account does not charge."""
    (account,) = desk.rows(BillingAccount)
    return account.out_of_service


def test_lifting_one_block_leaves_the_days_of_another(house: House) -> None:
    desk = RentalDesk(house).out()
    workshop = {"reason": "workshop"}
    first = desk.act(blocks.block, desk.car, starts_at=at(4), ends_at=at(8), **workshop)
    desk.act(blocks.block, desk.car, starts_at=at(20), ends_at=at(23), **workshop)
    house.clock.set(at(5))
    desk.act(blocks.lift, first.id)
    assert idle(desk) == [["2026-03-04", "2026-03-04"], ["2026-03-20", "2026-03-22"]], "nobody pays for the second visit to the workshop"


def test_lifting_a_block_to_come_leaves_the_one_under_way(house: House) -> None:
    desk = RentalDesk(house).out()
    desk.act(blocks.block, desk.car, reason="workshop", starts_at=at(4), ends_at=at(8))
    coming = desk.act(blocks.block, desk.car, reason="workshop", starts_at=at(20), ends_at=at(23))
    house.clock.set(at(5))
    desk.act(blocks.lift, coming.id)
    assert idle(desk) == [["2026-03-04", "2026-03-07"]]


def test_a_block_lifted_before_it_began_has_cost_no_day(house: House) -> None:
    desk = RentalDesk(house).out()
    coming = desk.act(blocks.block, desk.car, reason="workshop", starts_at=at(20, 14), ends_at=at(23))
    assert idle(desk) == [["2026-03-20", "2026-03-22"]]
    house.clock.set(at(5))
    desk.act(blocks.lift, coming.id)
    assert idle(desk) == [], "it would have begun after the hour of return, and never did"


def test_no_keys_after_the_planned_return(house: House) -> None:
    desk = RentalDesk(house).ready()
    house.clock.set(at(30) + ONE_DAY)
    with pytest.raises(RuleBroken, match="date de retour est passée"):
        desk.hand_over()
    desk.on(changes.extend, ends_at=at(5, month=4))
    desk.sign()
    assert desk.hand_over().status == "out"


def test_an_action_ended_by_hand_keeps_no_vehicle_out(house: House) -> None:
    desk = RentalDesk(house).out()
    desk.later(days=3)
    (booking,) = desk.rows(Booking)
    desk.act(end_action, booking.action_id, ended_on=paris_day(house.clock()))
    assert desk.take_back(48_100).status == "returned"
