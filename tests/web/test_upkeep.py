"""What is to be foreseen, by both mouths: the list, one vehicle, the free day taken, what was done."""

from datetime import timedelta

from fleet.actions.upkeep import reckon_all
from fleet.actions.work_orders import finish_order, open_order, start_order
from mobility.rights import Role
from tests.browsing import post
from tests.garage import MONDAY, make_vehicle
from tests.house import House


def make_due(house: House) -> int:
    """A car whose insurance and first service come near."""
    with house.writing():
        made = make_vehicle(house, in_service_on=MONDAY - timedelta(days=350), insured_until=MONDAY + timedelta(days=9)).id
        reckon_all(now=house.clock())
        return made


def test_a_mechanic_goes_from_the_desk_to_a_planned_order(house: House) -> None:
    car, client = make_due(house), house.client(Role.MECHANIC)
    assert "À prévoir" in client.get(house.page("desk")).text
    listed = client.get(house.page("upkeep")).text
    assert "Entretien" in listed and "Assurance" in listed and "Batterie" not in listed.split("<tbody>")[1]
    page = client.get(house.page(f"vehicles/{car}/upkeep")).text
    assert "Prendre ce jour" in page
    data = {"subject": "service", "starts_at": "2026-03-03T08:00", "ends_at": "2026-03-03T18:00"}
    made = post(client, house.page(f"vehicles/{car}/upkeep/plan"), data)
    assert made.status_code == 303 and "/work-orders/" in made.headers["Location"]
    again = post(client, house.page(f"vehicles/{car}/upkeep/plan"), data)
    assert again.status_code == 409 and "n’est pas utilisable" in again.text


def test_what_was_done_and_a_rhythm_are_noted_on_the_page(house: House) -> None:
    car, client = make_due(house), house.client(Role.MECHANIC)
    assert post(client, house.page(f"vehicles/{car}/upkeep/done"), {"item": "service", "done_on": "2026-03-02"}).status_code == 303
    assert post(client, house.page(f"vehicles/{car}/upkeep/rhythm"), {"item": "tyres", "every_km": "30000"}).status_code == 303
    page = client.get(house.page(f"vehicles/{car}/upkeep")).text.replace("\xa0", " ")
    assert "propre à ce véhicule" in page and "30 000 km" in page
    wrong = post(client, house.page(f"vehicles/{car}/upkeep/done"), {"item": "service", "done_on": "2026-03-09"})
    assert wrong.status_code == 422 and 'id="done-done_on-error"' in wrong.text


def test_the_api_says_the_same(house: House) -> None:
    car, client, headers = make_due(house), house.app.test_client(), house.bearer(Role.MECHANIC)
    listed = client.get(house.api("upkeep"), headers=headers).json
    assert {row["item"] for row in listed["rows"]} == {"service", "insurance"}
    assert client.get(house.api(f"vehicles/{car}/upkeep"), headers=headers).json[0]["item"] == "insurance"
    done = client.post(house.api(f"vehicles/{car}/upkeep/done"), json={"item": "service", "done_on": "2026-03-02"}, headers=headers)
    assert done.status_code == 201
    own = client.put(house.api(f"vehicles/{car}/upkeep/rhythm"), json={"item": "service", "every_days": 100}, headers=headers)
    assert own.json == {"item": "service", "every_km": None, "every_days": 100}
    assert client.put(house.api(f"vehicles/{car}/upkeep/rhythm"), json={"item": "service"}, headers=headers).json["every_days"] is None
    assert client.get(house.api("upkeep?item=service"), headers=headers).json["total"] == 0


def test_a_renewed_paper_is_on_the_sheet_at_once_by_both_mouths_and_by_an_order(house: House) -> None:
    car, client = make_due(house), house.client(Role.MECHANIC)
    with house.writing():
        bike = make_vehicle(house, "Vélo", kind="bike").id
        order = open_order(car, subject="inspection", by=house.viewer(Role.MECHANIC), now=house.clock()).id
        start_order(order, ends_at=house.clock() + timedelta(hours=2), by=house.viewer(Role.MECHANIC), now=house.clock())
        finish_order(order, by=house.viewer(Role.MECHANIC), now=house.clock())
    renewed = post(client, house.page(f"vehicles/{car}/upkeep/renew"), {"item": "insurance", "until_on": "2027-03-11"})
    assert renewed.status_code == 303
    assert "jusqu’au 11 mars 2027" in client.get(house.page(f"vehicles/{car}")).text.replace("\xa0", " ")
    api, headers = house.app.test_client(), house.bearer(Role.MECHANIC)
    for vehicle, item, until, field in (
        (car, "inspection", "2026-03-01", "until_on"),  # over before it begins
        (car, "inspection", "2062-03-01", "until_on"),  # the year was mistyped
        (bike, "inspection", "2027-03-01", "item"),  # nobody inspects it
    ):
        wrong = api.post(house.api(f"vehicles/{vehicle}/upkeep/renew"), json={"item": item, "until_on": until}, headers=headers)
        assert (wrong.status_code, list(wrong.get_json()["errors"])) == (422, [field]), until
    close = house.page(f"work-orders/{order}/close")
    unsaid = post(client, close, {})
    assert unsaid.status_code == 422 and 'id="close-inspection_until-error"' in unsaid.text
    assert post(client, close, {"inspection_until": "2028-03-02"}).status_code == 303
    sheet = api.get(house.api(f"vehicles/{car}"), headers=headers).get_json()
    assert (sheet["inspection_until"], sheet["insured_until"]) == ("2028-03-02", "2027-03-11")
