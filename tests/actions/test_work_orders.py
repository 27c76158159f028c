"""A vehicle in the workshop: kept back on the guarded path for as long as the work lasts, and its odometer read."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from fleet.actions import blocks, garages, work_orders
from fleet.errors import VehicleTaken
from fleet.models import Block, Occupancy, OdometerReading, WorkOrder
from fleet.queries.workshop import cost_of, list_lines
from fleet.work import CLOSED, DONE, IN_WORKSHOP, PLANNED
from mobility.db import db
from mobility.errors import Conflict, NotFound, RuleBroken
from mobility.rights import Role
from tests.garage import at, make_vehicle
from tests.house import House
from tests.rental import RentalDesk


class Workshop:
    """A mechanic, a vehicle, and an order about it; each act in a transaction of its own."""

    def __init__(self, house: House, vehicle_id: int | None = None) -> None:
        self.house = house
        with house.writing():
            self.vehicle_id = vehicle_id or make_vehicle(house).id
        self.order_id = self.act(work_orders.open_order, self.vehicle_id, subject="tyres").id

    def act(self, verb: Any, *args: Any, **values: Any) -> Any:
        with self.house.writing():
            return verb(*args, **values, by=self.house.viewer(Role.MECHANIC), now=self.house.clock())

    def on(self, verb: Any, **values: Any) -> WorkOrder:
        return self.act(verb, self.order_id, **values)

    def held(self) -> list[tuple[str, Any, Any]]:
        """What holds the vehicle, in order."""
        with self.house.reading():
            asked = select(Occupancy).filter(Occupancy.vehicle_id == self.vehicle_id, Occupancy.status != "released")
            return [(row.status, row.starts_at, row.ends_at) for row in db.session.scalars(asked.order_by(Occupancy.starts_at))]


def test_an_order_lives_from_the_first_word_to_the_bill(house: House) -> None:
    shop = Workshop(house)
    assert shop.held() == []
    assert shop.on(work_orders.plan_order, starts_at=at(4), ends_at=at(5)).status == PLANNED
    assert shop.held() == [("workshop", at(4), at(5))]
    house.clock.set(at(4, 8))
    assert shop.on(work_orders.start_order, odometer_km=42_000).status == IN_WORKSHOP
    shop.on(work_orders.add_part, label="Pneu 185/65", quantity=2, unit_cents=6_490)
    shop.on(work_orders.add_labour, label="Pose", quarters=3, hour_cents=4_500)
    house.clock.set(at(4, 16))
    done = shop.on(work_orders.finish_order, odometer_km=42_003)
    assert (done.status, done.started_at, done.done_at, done.odometer_km) == (DONE, at(4, 8), at(4, 16), 42_003)
    assert shop.held() == [("workshop", at(4, 8), at(4, 16))]  # free again at once
    assert shop.on(work_orders.close_order).status == CLOSED
    with house.reading():
        assert cost_of(list_lines(shop.order_id)).total_cents == 2 * 6_490 + 3_375
        assert db.session.scalars(select(OdometerReading.km).order_by(OdometerReading.km)).all() == [42_000, 42_003]


def test_planning_again_lets_the_first_time_go(house: House) -> None:
    shop = Workshop(house)
    shop.on(work_orders.plan_order, starts_at=at(4), ends_at=at(5))
    shop.on(work_orders.plan_order, starts_at=at(10), ends_at=at(11))
    assert shop.held() == [("workshop", at(10), at(11))]


def test_work_that_lasts_longer_keeps_the_vehicle_longer(house: House) -> None:
    shop = Workshop(house)
    shop.on(work_orders.start_order, ends_at=at(3))
    house.clock.forward(hours=2)
    shop.on(work_orders.plan_order, starts_at=at(1), ends_at=at(6))
    assert [(status, ends_at) for status, _, ends_at in shop.held()] == [("workshop", house.clock()), ("workshop", at(6))]


def test_an_order_given_up_lets_the_vehicle_go(house: House) -> None:
    shop = Workshop(house)
    shop.on(work_orders.plan_order, starts_at=at(4), ends_at=at(5))
    shop.on(work_orders.close_order)
    assert shop.held() == []


def test_a_booked_time_is_refused_and_nothing_is_half_done(house: House) -> None:
    desk = RentalDesk(house)
    shop = Workshop(house, desk.car)
    before = shop.held()
    with pytest.raises(VehicleTaken):
        shop.on(work_orders.plan_order, starts_at=at(4), ends_at=at(5))
    assert shop.held() == before
    with house.reading():
        assert db.session.get_one(WorkOrder, shop.order_id).status == "opened"


def test_whoever_drives_it_meanwhile_loses_no_money_and_gets_it_back(house: House) -> None:
    desk = RentalDesk(house).out()
    shop = Workshop(house, desk.car)
    shop.on(work_orders.start_order, ends_at=house.clock() + timedelta(days=4))
    assert [status for status, *_ in shop.held()] == ["workshop", "out"]
    house.clock.forward(days=1)
    shop.on(work_orders.finish_order)
    assert [status for status, *_ in shop.held()] == ["workshop", "out"], "one stretch again"


def test_a_block_lifted_by_hand_does_not_stop_the_order(house: House) -> None:
    shop = Workshop(house)
    shop.on(work_orders.start_order, ends_at=at(6))
    with house.reading():
        block_id = db.session.scalars(select(Block.id)).one()
    house.clock.forward(hours=1)
    shop.act(blocks.lift, block_id)
    assert shop.on(work_orders.finish_order).status == DONE


@pytest.mark.parametrize(
    ("verb", "values", "refusal", "field"),
    [
        (work_orders.start_order, {}, RuleBroken, "ends_at"),  # until when, nobody said
        (work_orders.finish_order, {}, Conflict, None),  # it never came in
        (work_orders.plan_order, {"starts_at": at(5), "ends_at": at(4)}, RuleBroken, "ends_at"),
        (work_orders.plan_order, {"starts_at": at(4), "ends_at": at(5), "garage_id": 999}, NotFound, "garage_id"),
        (work_orders.add_part, {"label": "Moteur", "quantity": 9_999, "unit_cents": 10**11}, RuleBroken, "unit_cents"),
        (work_orders.drop_line, {"line_id": 999}, NotFound, None),
    ],
)
def test_what_an_order_refuses(house: House, verb: Any, values: dict[str, Any], refusal: type[Exception], field: str | None) -> None:
    shop = Workshop(house)
    with pytest.raises(refusal) as refused:
        shop.on(verb, **values)
    assert refused.value.field == field  # type: ignore[attr-defined]


def test_an_odometer_that_cannot_be_is_asked_again(house: House) -> None:
    shop = Workshop(house)
    shop.on(work_orders.start_order, ends_at=at(6), odometer_km=42_000)
    with pytest.raises(RuleBroken) as refused:
        shop.on(work_orders.finish_order, odometer_km=4_200)
    assert refused.value.field == "odometer_km"


def test_a_line_of_another_order_stays(house: House) -> None:
    shop, other = Workshop(house), None
    line = shop.on(work_orders.add_part, label="Ampoule", quantity=1, unit_cents=500)
    with house.writing():
        other = make_vehicle(house, "Citadine 2").id
    second = Workshop(house, other)
    with pytest.raises(NotFound):
        second.on(work_orders.drop_line, line_id=line.id)
    shop.on(work_orders.drop_line, line_id=line.id)
    with house.reading():
        assert list_lines(shop.order_id) == []


def test_a_garage_that_works_no_more_gets_no_order(house: House) -> None:
    from_now_on = Workshop(house)
    garage = from_now_on.act(garages.add_garage, name="Garage du Lavoir")
    from_now_on.act(garages.change_garage, garage.id, name="Garage du Lavoir", is_open=False)
    with pytest.raises(RuleBroken) as refused:
        from_now_on.act(work_orders.open_order, from_now_on.vehicle_id, subject="service", garage_id=garage.id)
    assert refused.value.field == "garage_id"
    with pytest.raises(Conflict):
        from_now_on.act(garages.add_garage, name="Garage du Lavoir")
