"""A vehicle in the workshop, by a step of its life or by an order: it is held, who is hit is named, its keys stay."""

from datetime import date, timedelta
from typing import Any

import pytest

from fleet.actions import bookings, handover, vehicles, work_orders
from fleet.errors import VehicleTaken
from fleet.licences import Driver
from fleet.models import Block, VehicleStep, WorkOrder
from fleet.queries.free import free_vehicles
from fleet.queries.rescue import list_on_foot
from fleet.queries.vehicles import get_vehicle
from mobility.db import db
from mobility.errors import Conflict
from mobility.periods import Period
from mobility.rights import Role
from tests.browsing import post
from tests.garage import MONDAY, at, clear_person, make_person, make_vehicle
from tests.house import House
from tests.rental import FINE_CAR, RentalDesk


def stage_of(house: House, vehicle_id: int) -> str:
    with house.reading():
        return get_vehicle(vehicle_id).stage


def offered(house: House, first: int, last: int) -> list[int]:
    with house.reading():
        period = Period(starts_at=at(first, 12), ends_at=at(last, 18))
        return [o.vehicle.id for o in free_vehicles("car", None, period, driver=Driver(born_on=date(1990, 1, 1)), now=house.clock())]


def on_foot(house: House) -> list[str]:
    with house.reading():
        return [person.first_name for _, _, person, _ in list_on_foot(until=house.clock() + timedelta(days=7), now=house.clock())]


def drawn(house: House, car: int) -> list[tuple[str, str]]:
    """What the board draws of one vehicle, each with its status."""
    told = house.app.test_client().get(house.api("board"), headers=house.bearer(Role.ADVISER)).get_json()
    return [(one["label"], one["status"]) for row in told["rows"] if row["vehicle_id"] == car for one in row["held"]]


def test_the_step_is_an_order_that_holds_the_vehicle_until_it_comes_back(house: House) -> None:
    with house.writing():
        car = make_vehicle(house).id
    steps, mechanic = house.page(f"vehicles/{car}/steps"), house.client(Role.MECHANIC)
    unsaid = post(mechanic, steps, {"to": "workshop", "on": "2026-03-02"})
    assert unsaid.status_code == 422 and "jusqu’à quand" in unsaid.text
    sent = post(mechanic, steps, {"to": "workshop", "on": "2026-03-01", "ends_at": "2026-03-05T12:00", "note": "embrayage"})
    assert sent.status_code == 303 and sent.location.endswith(f"vehicles/{car}")
    with house.reading():
        (order,), (block,) = db.session.query(WorkOrder), db.session.query(Block)
        assert (order.status, order.description, order.block_id) == ("in_workshop", "embrayage", block.id)
        assert (block.starts_at, block.ends_at) == (house.clock(), at(5, 12))
    assert (offered(house, 2, 20), offered(house, 6, 20)) == ([], [car]), "kept back until then, booked for later"
    assert drawn(house, car)[:1] == [("À l’atelier", "workshop")], "the morning before it was noted"
    assert "Atelier, jusqu’au" in mechanic.get(house.page("desk")).text
    house.clock.forward(days=4)
    assert drawn(house, car)[-1] == ("À l’atelier", "workshop"), "the day is over, and it is not back"
    assert "sans date de retour" in mechanic.get(house.page("desk")).text
    assert (offered(house, 6, 20), offered(house, 7, 20)) == ([], [car])
    assert post(mechanic, steps, {"to": "in_service", "on": "2026-03-06"}).status_code == 303
    with house.reading():
        assert db.session.query(WorkOrder).one().status == "done"
        assert [step.stage for step in db.session.query(VehicleStep).order_by(VehicleStep.id)] == ["in_service", "workshop", "in_service"]
    assert offered(house, 6, 20) == [car] and "Tous les véhicules roulent" in mechanic.get(house.page("desk")).text


def test_an_order_is_a_step_and_its_end_another(house: House) -> None:
    with house.writing():
        car = make_vehicle(house).id

    def act(verb: Any, *args: Any, **told: Any) -> Any:
        with house.writing():
            return verb(*args, **told, by=house.viewer(Role.MECHANIC), now=house.clock())

    first, second = (act(work_orders.open_order, car, subject=subject).id for subject in ("tyres", "defect"))
    act(work_orders.plan_order, second, starts_at=house.clock(), ends_at=at(3))
    act(work_orders.start_order, first, ends_at=at(4))  # it is there: what was only planned gives way
    assert stage_of(house, car) == "workshop"
    with pytest.raises(VehicleTaken):
        act(work_orders.start_order, second, ends_at=at(5))
    house.clock.forward(hours=1)
    act(work_orders.finish_order, first)
    assert stage_of(house, car) == "in_service"
    act(vehicles.step_vehicle, car, to="workshop", on=MONDAY, ends_at=at(4))
    house.clock.forward(hours=1)
    act(vehicles.step_vehicle, car, to="out", on=MONDAY)
    with house.reading():
        assert {order.status for order in db.session.query(WorkOrder).filter(WorkOrder.id != second)} == {"done"}


def test_whoever_awaits_it_is_named_at_once_and_gets_no_keys(house: House) -> None:
    desk = RentalDesk(house, ends_at=at(6)).ready()
    with house.writing():
        second = make_person(house, 2, first_name="Noa")
        clear_person(house, second.id)
        bookings.book(second.id, desk.car, starts_at=at(8), ends_at=at(20), by=desk.by, now=house.clock())
    adviser, on = house.client(Role.ADVISER), {"to": "workshop", "on": "2026-03-02", "ends_at": "2026-03-12T12:00"}
    sent = post(adviser, house.page(f"vehicles/{desk.car}/steps"), on)
    assert sent.status_code == 303 and sent.location.endswith(f"vehicles/{desk.car}/rescue"), "somebody waits right now: noted all the same"
    page = adviser.get(house.page("desk")).text
    assert "Dépanner" in page and "Encore à l’atelier" in page
    assert on_foot(house) == ["Camille", "Noa"]
    with pytest.raises(Conflict, match="Ce véhicule est à l’atelier : ses clés ne se remettent pas"):
        desk.hand_over()
    asked = adviser.get(house.page(f"bookings/{desk.booking_id}/check-out")).text
    assert "Un autre véhicule d’abord" in asked and f"vehicles/{desk.car}/rescue" in asked, "said before the look over it"
    keys = {"odometer_km": 48_000, "zones": FINE_CAR, "fuel": "full"}
    refused = house.app.test_client().post(
        house.api(f"bookings/{desk.booking_id}/check-out"), json=keys, headers=house.bearer(Role.ADVISER)
    )
    assert refused.status_code == 409 and "à l’atelier" in refused.get_json()["detail"]
    desk.act(vehicles.step_vehicle, desk.car, to="in_service", on=MONDAY)
    desk.on(handover.hand_over, **keys)
    assert "Dépanner" not in adviser.get(house.page("desk")).text
    house.clock.forward(days=1)
    desk.act(vehicles.step_vehicle, desk.car, to="workshop", on=MONDAY, ends_at=at(12))
    with house.reading():
        (block,) = db.session.query(Block)
        assert (block.starts_at, block.ends_at) == (house.clock(), at(8)), "up to whoever has booked it next"
    assert on_foot(house) == ["Camille", "Noa"], "who has it, and who awaits it"


def test_who_leaves_once_it_is_back_is_not_on_foot(house: House) -> None:
    with house.writing():
        car, person = make_vehicle(house).id, make_person(house, 2, first_name="Noa")
        clear_person(house, person.id)
        bookings.book(person.id, car, starts_at=at(7), ends_at=at(20), by=house.viewer(Role.ADVISER), now=house.clock())
        vehicles.step_vehicle(car, to="workshop", on=MONDAY, ends_at=at(4), by=house.viewer(Role.MECHANIC), now=house.clock())
    assert on_foot(house) == []


def test_the_board_draws_what_is_not_there_and_offers_none_of_it(house: House) -> None:
    with house.writing():
        ordered = make_vehicle(house, "Commandée", stage="ordered", in_service_on=MONDAY).id
        leaving = make_vehicle(house, "Vendue", out_of_service_on=date(2026, 3, 9)).id
        coming = make_vehicle(house, "Attendue", in_service_on=date(2026, 3, 9)).id
    assert drawn(house, ordered) == drawn(house, coming) == [("Commandé", "workshop")]
    assert drawn(house, leaving) == [("Sorti du parc", "workshop")]
    page = house.client(Role.ADVISER).get(house.page("board")).text
    links = {id_: page.count(f"vehicle_id={id_}&amp;starts_at") for id_ in (ordered, leaving, coming)}
    assert links == {ordered: 0, leaving: 1, coming: 1}
    for state, count in (("free", 1), ("workshop", 2)):
        shown = house.client(Role.ADVISER).get(house.page(f"board?state={state}")).text
        assert shown.count("<tr data-vehicle") == count, state


def test_a_planned_stop_names_whom_it_hits(house: House) -> None:
    desk = RentalDesk(house, ends_at=at(6)).out()
    with house.writing():
        second = make_person(house, 2, first_name="Noa")
        clear_person(house, second.id)
        bookings.book(second.id, desk.car, starts_at=at(9), ends_at=at(20), by=desk.by, now=house.clock())
        order = work_orders.open_order(desk.car, subject="tyres", by=desk.by, now=house.clock()).id
    mechanic, adviser, plan = house.client(Role.MECHANIC), house.client(Role.ADVISER), house.page(f"work-orders/{order}/plan")
    taken = post(mechanic, plan, {"starts_at": "2026-03-10T08:00", "ends_at": "2026-03-10T18:00"})
    assert taken.status_code == 409 and "2 réservations touchées" in taken.text.replace("\xa0", " ")
    assert f"vehicles/{desk.car}/rescue" in taken.text and "Noa" not in taken.text, "to be handed on; the workshop reads no name"
    assert f'href="{house.page(f"vehicles/{desk.car}/rescue")}"' in adviser.get(house.page(f"work-orders/{order}")).text
    assert on_foot(house) == []
    assert post(mechanic, plan, {"starts_at": "2026-03-04T08:00", "ends_at": "2026-03-04T18:00"}).status_code == 303
    assert on_foot(house) == ["Camille"], "who has it hears of it before"
    assert "à partir de mercredi 4 mars 2026 à 8 h 00" in adviser.get(house.page("desk")).text.replace("\xa0", " ")
