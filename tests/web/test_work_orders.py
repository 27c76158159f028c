"""The workshop’s pages and API: from a vehicle to a closed order and its paper, by both mouths."""

import pytest

from fleet.models import WorkOrder
from fleet.schemas.work_orders import Quarters
from mobility.db import db
from mobility.rights import Role
from tests.browsing import post
from tests.garage import make_vehicle
from tests.house import House


def make_order(house: House, **more: object) -> int:
    """An order about a new vehicle, through the API."""
    with house.writing():
        vehicle_id = make_vehicle(house, plate="AA-123-BB").id
    answer = house.app.test_client().post(
        house.api(f"vehicles/{vehicle_id}/work-orders"), json={"subject": "service"} | more, headers=house.bearer(Role.MECHANIC)
    )
    assert answer.status_code == 201, answer.text
    return int(answer.json["id"])


def test_a_mechanic_works_an_order_from_the_vehicle_to_the_paper(house: House) -> None:
    client = house.client(Role.MECHANIC)
    with house.writing():
        vehicle_id = make_vehicle(house).id
    assert "Ouvrir un ordre de réparation" in client.get(house.page(f"vehicles/{vehicle_id}")).text
    made = post(client, house.page(f"vehicles/{vehicle_id}/work-orders/new"), {"subject": "tyres", "description": "Pneus avant usés"})
    assert made.status_code == 303
    order = made.headers["Location"]
    assert post(client, f"{order}/start", {"ends_at": "2026-03-04T12:00", "odometer_km": "42 000"}).status_code == 303
    assert post(client, f"{order}/parts", {"label": "Pneu", "quantity": "2", "unit_cents": "64,90"}).status_code == 303
    assert post(client, f"{order}/labour", {"label": "Pose", "quarters": "0,75", "hour_cents": "45"}).status_code == 303
    page = client.get(order).text.replace("\xa0", " ")
    assert "129,80 €" in page and "33,75 €" in page and "163,55 €" in page and "45 min" in page
    assert post(client, f"{order}/finish", {}).status_code == 303
    assert post(client, f"{order}/close", {}).status_code == 303
    shut = client.get(order).text
    assert "Ajouter une pièce" not in shut and "Retirer" not in shut
    listed = client.get(house.page("work-orders?status=all"))
    assert "163,55 €" in listed.text.replace("\xa0", " ")
    paper = client.get(f"{order}.pdf")
    assert paper.status_code == 200 and paper.data.startswith(b"%PDF")


def test_what_is_refused_is_said_beside_its_field_with_what_was_typed(house: House) -> None:
    client, order = house.client(Role.MECHANIC), f"work-orders/{make_order(house)}"
    said = post(client, house.page(f"{order}/start"), {"odometer_km": "42000"})
    assert said.status_code == 422
    assert 'id="start-ends_at-error"' in said.text and 'value="42000"' in said.text
    said = post(client, house.page(f"{order}/labour"), {"label": "Pose", "quarters": "1,10", "hour_cents": "45"})
    assert said.status_code == 422
    assert 'id="labour-quarters-error"' in said.text and 'value="1,10"' in said.text


def test_an_order_closed_meanwhile_says_so(house: House) -> None:
    client, order = house.client(Role.MECHANIC), f"work-orders/{make_order(house)}"
    assert post(client, house.page(f"{order}/close"), {}).status_code == 303
    late = post(client, house.page(f"{order}/parts"), {"label": "Pneu", "quantity": "2", "unit_cents": "64,90"})
    assert late.status_code == 409 and "ne change plus" in late.text


def test_the_treasurer_reads_what_it_costs_and_touches_nothing(house: House) -> None:
    order = f"work-orders/{make_order(house)}"
    client = house.client(Role.TREASURER)
    page = client.get(house.page(order))
    assert page.status_code == 200 and "Noter l’entrée" not in page.text
    assert post(client, house.page(f"{order}/close"), {}).status_code == 403


def test_the_api_says_an_order_whole(house: House) -> None:
    order_id, client, headers = make_order(house), house.app.test_client(), house.bearer(Role.MECHANIC)
    part = client.post(
        house.api(f"work-orders/{order_id}/parts"), json={"label": "Bougie", "quantity": 4, "unit_cents": 890}, headers=headers
    )
    assert part.status_code == 201
    client.post(house.api(f"work-orders/{order_id}/labour"), json={"label": "Pose", "quarters": 2, "hour_cents": 4_500}, headers=headers)
    whole = client.get(house.api(f"work-orders/{order_id}"), headers=headers).json
    assert (whole["parts_cents"], whole["labour_cents"], whole["total_cents"]) == (3_560, 2_250, 5_810)
    gone = client.delete(house.api(f"work-orders/{order_id}/lines/{part.json['id']}"), headers=headers)
    assert gone.status_code == 204
    assert client.get(house.api(f"work-orders/{order_id}"), headers=headers).json["total_cents"] == 2_250
    assert client.get(house.api("work-orders"), headers=headers).json["total"] == 1
    assert client.get(house.api("work-orders?status=closed"), headers=headers).json["total"] == 0


def test_garages_are_added_put_right_and_closed(house: House) -> None:
    client = house.client(Role.MANAGER)
    assert post(client, house.page("garages"), {"name": "Garage du Lavoir", "is_solidarity": "yes"}).status_code == 303
    twice = post(client, house.page("garages"), {"name": "Garage du Lavoir"})
    assert twice.status_code == 409 and "porte déjà ce nom" in twice.text
    headers = house.bearer(Role.MANAGER)
    (garage,) = house.app.test_client().get(house.api("garages"), headers=headers).json
    order_id = make_order(house, garage_id=garage["id"])
    assert "Garage du Lavoir" in client.get(house.page(f"work-orders/{order_id}")).text
    assert post(client, house.page(f"garages/{garage['id']}"), {"name": "Garage du Pont"}).status_code == 303  # the box left empty
    assert "ne travaille plus pour nous" in client.get(house.page("garages")).text
    with house.reading():
        assert db.session.get_one(WorkOrder, order_id).garage_id == garage["id"]


@pytest.mark.parametrize(
    ("typed", "quarters"),
    [("1", 4), ("1,25", 5), ("0,5", 2), ("2.75", 11), ("1 h", 4), ("1 h 30", 6), ("1h45", 7), ("1,1", "1,1"), ("١", "١"), ("h", "h")],
)
def test_hours_are_typed_as_people_write_them(typed: str, quarters: object) -> None:
    assert Quarters(minimum=1).typed(typed) == quarters
