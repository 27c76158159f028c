"""What is due on vehicles: reckoned each night and after each act, from plans, what was done, and the odometer."""

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from fleet.actions import upkeep, vehicles, work_orders
from fleet.errors import VehicleTaken
from fleet.models import OdometerReading, UpkeepDone, UpkeepDue, Vehicle
from fleet.queries.upkeep import propose_days
from mobility.actions.settings import set_setting
from mobility.db import db
from mobility.errors import NotFound, RuleBroken
from mobility.periods import paris_day, paris_time
from mobility.rights import Role
from tests.actions.test_work_orders import Workshop
from tests.garage import MONDAY, at, make_vehicle
from tests.house import House
from tests.rental import RentalDesk


def act(house: House, verb: Any, *args: Any, **values: Any) -> Any:
    with house.writing():
        return verb(*args, **values, by=house.viewer(Role.MECHANIC), now=house.clock())


def read_meter(house: House, vehicle_id: int, days_ago: int, km: int) -> None:
    with house.writing():
        at_ = house.clock() - timedelta(days=days_ago)
        db.session.add(OdometerReading(vehicle_id=vehicle_id, km=km, read_at=at_, status="accepted", source="check_in"))


def night(house: House) -> int:
    with house.writing():
        return upkeep.reckon_all(now=house.clock())


def due(house: House, vehicle_id: int) -> dict[str, tuple[date, int | None]]:
    with house.reading():
        rows = db.session.scalars(select(UpkeepDue).filter(UpkeepDue.vehicle_id == vehicle_id))
        return {row.item: (row.due_on, row.due_km) for row in rows}


@pytest.fixture
def car(house: House) -> int:
    """A car since January 2025, driven 40 km a day these weeks."""
    with house.writing():
        made = make_vehicle(house, inspection_until=date(2026, 9, 1)).id
    read_meter(house, made, 50, 50_000)
    read_meter(house, made, 0, 52_000)
    return made


def test_the_night_says_what_is_due_and_saying_it_twice_changes_nothing(house: House, car: int) -> None:
    act(house, upkeep.note_done, car, item="service", done_on=MONDAY - timedelta(days=10), km=40_000)
    assert night(house) == 1
    said = due(house, car)
    assert said["service"] == (MONDAY + timedelta(days=75), 55_000)  # 3 000 km left at 40 km a day
    assert said["inspection"] == (date(2026, 9, 1), None)
    assert said["battery"] == (date(2025, 1, 1) + timedelta(days=1_825), None)
    night(house)
    assert due(house, car) == said


def test_a_rhythm_of_its_own_goes_before_the_kinds_and_back(house: House, car: int) -> None:
    act(house, upkeep.note_done, car, item="service", done_on=MONDAY, km=52_000)
    assert due(house, car)["service"] == (MONDAY + timedelta(days=365), None)  # 375 days of driving, a year comes first
    act(house, upkeep.set_rhythm, car, item="service", every_km=4_000)
    assert due(house, car)["service"] == (MONDAY + timedelta(days=100), 56_000)
    act(house, upkeep.set_rhythm, car, item="service")
    assert due(house, car)["service"] == (MONDAY + timedelta(days=365), None)


def test_a_platform_sets_the_rhythm_of_a_kind_from_a_day_on(house: House, car: int) -> None:
    with house.writing():
        set_setting("fleet.upkeep.car.service_days", 90, from_on=MONDAY, by=house.viewer(Role.MANAGER), now=house.clock())
    act(house, upkeep.note_done, car, item="service", done_on=MONDAY, km=52_000)
    assert due(house, car)["service"] == (MONDAY + timedelta(days=90), None)


def test_a_closed_order_notes_its_item_as_done_and_one_given_up_does_not(house: House) -> None:
    shop = Workshop(house)
    shop.on(work_orders.start_order, ends_at=at(6), odometer_km=42_000)
    shop.on(work_orders.finish_order)
    shop.on(work_orders.close_order)
    given_up = Workshop(house, shop.vehicle_id)
    given_up.on(work_orders.close_order)
    with house.reading():
        rows = db.session.scalars(select(UpkeepDone)).all()
        assert [(row.item, row.done_on, row.km, row.work_order_id) for row in rows] == [("tyres", MONDAY, 42_000, shop.order_id)]


def test_a_new_paper_moves_its_day_at_once_and_a_vehicle_gone_needs_nothing(house: House, car: int) -> None:
    with house.reading():
        row = db.session.get_one(Vehicle, car)
        known = {"label": row.label, "site_id": row.site_id, "in_service_on": row.in_service_on}
    act(house, vehicles.change_vehicle, car, **known, inspection_until=date(2028, 9, 1))
    assert due(house, car)["inspection"] == (date(2028, 9, 1), None)
    act(house, vehicles.change_vehicle, car, **known, out_of_service_on=MONDAY)
    assert due(house, car) == {}


def test_the_day_proposed_is_free_and_one_tap_keeps_it(house: House) -> None:
    desk = RentalDesk(house)  # booked from today for four weeks
    with house.writing():
        upkeep.note_done(desk.car, item="service", done_on=MONDAY - timedelta(days=335), by=desk.by, now=house.clock())
    with house.reading():
        rows = db.session.scalars(select(UpkeepDue).filter(UpkeepDue.vehicle_id == desk.car)).all()
        free = propose_days(desk.car, rows, MONDAY)["service"]
    assert (paris_day(free.starts_at), paris_time(free.starts_at).hour) == (date(2026, 3, 30), 8)  # a Monday, in summer time
    order = act(house, work_orders.open_planned, desk.car, subject="service", starts_at=free.starts_at, ends_at=free.ends_at)
    assert order.status == "planned"
    with pytest.raises(VehicleTaken):
        act(house, work_orders.open_planned, desk.car, subject="service", starts_at=free.starts_at, ends_at=free.ends_at)


def test_what_is_refused(house: House, car: int) -> None:
    with pytest.raises(RuleBroken) as refused:
        act(house, upkeep.note_done, car, item="service", done_on=MONDAY + timedelta(days=1))
    assert refused.value.field == "done_on"
    with pytest.raises(NotFound):
        act(house, upkeep.note_done, 999, item="service", done_on=MONDAY)
