"""The plan of two weeks by both mouths: a swap makes room, each line has its reason and its yes, and a line of yesterday says so."""

from datetime import date

from fleet.actions import bookings
from fleet.models import Booking
from mobility.actions.people import record_job
from mobility.db import db
from mobility.rights import Role
from tests.browsing import post
from tests.garage import at, clear_person, make_person, make_vehicle
from tests.house import House
from tests.web.test_waiting import ask


def test_a_swap_makes_room_for_a_job_start_and_each_line_waits_for_its_yes(house: House) -> None:
    with house.writing():
        by, now = house.viewer(Role.ADVISER), house.clock()
        people = [make_person(house, number, first_name=name).id for number, name in ((101, "Noa"), (102, "Lou"))]
        for id_ in (house.beneficiary_id, *people):
            clear_person(house, id_)
        record_job(people[0], kind="permanent", starts_on=date(2026, 3, 9), by=by, now=now)
        automatic = make_vehicle(house, "Citadine 1", gearbox="automatic").id
        manual = make_vehicle(house, "Citadine 2", gearbox="manual").id
        booked = bookings.book(house.beneficiary_id, automatic, starts_at=at(5), ends_at=at(28), by=by, now=now).id
    wants, client, headers = ask(house, people[0], automatic_only=True)["id"], house.app.test_client(), house.bearer(Role.ADVISER)
    without = ask(house, people[1], automatic_only=True)["id"]
    plan = client.get(house.api("waiting/plan"), headers=headers).json
    assert [(line["booking_id"], line["vehicle_id"], line["leaves_id"]) for line in plan["swaps"]] == [(booked, manual, automatic)]
    assert plan["swaps"][0]["why"] == "rend Citadine 1 libre pour Noa Essai"
    assert [(line["request_id"], line["vehicle_id"]) for line in plan["gives"]] == [(wants, automatic)]
    assert "l’emploi commence le 9 mars 2026" in plan["gives"][0]["why"]
    assert [line["request_id"] for line in plan["without"]] == [without]
    with house.reading():
        assert db.session.get_one(Booking, booked).vehicle_id == automatic, "nothing moves without a yes"
    browser = house.client(Role.ADVISER)
    page = browser.get(house.page("waiting/plan")).text
    assert page.index("Citadine 2 au lieu de") < page.index("Qui aurait quel véhicule") < page.index("Sans véhicule")
    early = post(browser, house.page(f"waiting/{wants}/give"), {"vehicle_id": str(automatic)})
    assert early.status_code == 409 and "plus d’actualité" in early.text
    assert post(browser, house.page(f"bookings/{booked}/swap"), {"vehicle_id": str(manual), "version": "2"}).status_code == 303
    made = post(browser, house.page(f"waiting/{wants}/give"), {"vehicle_id": str(automatic)})
    assert made.status_code == 303 and "Oui, préparer la réservation" in browser.get(made.headers["Location"]).text
    late = client.post(house.api(f"waiting/{without}/give"), json={"vehicle_id": automatic}, headers=headers)
    assert late.status_code == 409 and "plus d’actualité" in late.json["detail"]
    assert client.post(house.api("waiting/999/give"), json={"vehicle_id": automatic}, headers=headers).status_code == 404
    after = client.get(house.api("waiting/plan"), headers=headers).json
    assert (after["swaps"], after["gives"], [line["request_id"] for line in after["without"]]) == ([], [], [without])


def test_an_empty_plan_says_so(house: House) -> None:
    assert "Rien à planifier" in house.client(Role.ADVISER).get(house.page("waiting/plan")).text
