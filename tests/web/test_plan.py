"""The plan of two weeks by both mouths: kept as drawn, a swap makes room, each line has its yes, and says when it holds no more."""

from datetime import date

from fleet.actions import bookings
from fleet.actions.blocks import block
from fleet.models import Booking, WaitingRequest
from mobility.actions.people import record_job
from mobility.db import db
from mobility.rights import Role
from tests.browsing import post
from tests.garage import at, clear_person, make_person, make_vehicle
from tests.house import House
from tests.statements import counted
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
    assert client.get(house.api("waiting/plan"), headers=headers).json["drawn_at"] is None
    plan = client.post(house.api("waiting/plan"), json={}, headers=headers).json
    assert [(line["booking_id"], line["vehicle_id"], line["leaves_id"]) for line in plan["swaps"]] == [(booked, manual, automatic)]
    assert plan["swaps"][0]["why"] == "rend Citadine 1 libre pour Noa Essai"
    assert [(line["request_id"], line["vehicle_id"]) for line in plan["gives"]] == [(wants, automatic)]
    assert "l’emploi commence le 9 mars 2026" in plan["gives"][0]["why"]
    assert [(line["request_id"], line["why"]) for line in plan["without"]] == [
        (without, "Les véhicules qui conviennent vont d’abord à d’autres demandes.")
    ]
    with house.reading():
        assert db.session.get_one(Booking, booked).vehicle_id == automatic, "nothing moves without a yes"
    browser = house.client(Role.ADVISER)
    page = browser.get(house.page("waiting/plan")).text
    assert "après l’échange" in page.replace("\xa0", " ") and "Lui garder" not in page
    assert page.index("Citadine 2 au lieu de") < page.index("Qui aurait quel véhicule") < page.index("Sans véhicule")
    early = post(browser, house.page(f"waiting/{wants}/give"), {"vehicle_id": str(automatic)})
    assert early.status_code == 409 and "plus d’actualité" in early.text
    assert post(browser, house.page(f"bookings/{booked}/swap"), {"vehicle_id": str(manual), "version": "2"}).status_code == 303
    made = post(browser, house.page(f"waiting/{wants}/give"), {"vehicle_id": str(automatic)})
    assert made.status_code == 303 and "Oui, préparer la réservation" in browser.get(made.headers["Location"]).text
    since = client.get(house.api("waiting/plan"), headers=headers).json
    assert [line["no_longer"] for line in (*since["swaps"], *since["gives"])] == ["l’échange est fait", "un véhicule lui est déjà gardé"]
    late = client.post(house.api(f"waiting/{without}/give"), json={"vehicle_id": automatic}, headers=headers)
    assert late.status_code == 409 and "plus d’actualité" in late.json["detail"]
    assert client.post(house.api("waiting/999/give"), json={"vehicle_id": automatic}, headers=headers).status_code == 404
    after = client.post(house.api("waiting/plan"), json={}, headers=headers).json
    assert (after["swaps"], after["gives"]) == ([], [])
    assert [(line["request_id"], line["why"]) for line in after["without"]] == [
        (without, "Aucun véhicule qui convienne n’est libre à ces dates.")
    ]


def test_an_empty_plan_says_so(house: House) -> None:
    assert "Rien à planifier" in house.client(Role.ADVISER).get(house.page("waiting/plan")).text


def test_a_kept_plan_says_what_became_of_its_lines_and_asks_no_more_for_more_of_them(house: House) -> None:
    with house.writing():
        people = [make_person(house, number).id for number in range(101, 105)]
        cars = [make_vehicle(house, f"Citadine {number}").id for number in range(1, 6)]
        for id_ in people:
            clear_person(house, id_)
    client, headers, browser = house.app.test_client(), house.bearer(Role.ADVISER), house.client(Role.MANAGER)
    draw, counts = house.page("waiting/plan"), []
    asked = [ask(house, people[0])["id"]]
    for others in ((), people[1:]):
        asked += [ask(house, id_)["id"] for id_ in others]
        assert post(browser, draw).status_code == 303
        with counted(house.app) as sent:
            page = browser.get(draw).text.replace("\xa0", " ")
        counts.append(len(sent))
        assert page.count("Lui garder") == len(asked) and "par manager" in page
    assert counts[0] == counts[1], "as many statements for one line as for four"
    plan = client.get(house.api("waiting/plan"), headers=headers).json
    gives = {line["request_id"]: line["vehicle_id"] for line in plan["gives"]}
    assert set(gives) == set(asked) and set(gives.values()) < set(cars)
    wish = {"kind": "car", "first_on": "2026-03-10", "last_on": "2026-04-05", "version": 1}
    assert client.put(house.api(f"waiting/{asked[0]}"), json=wish, headers=headers).status_code == 200
    assert client.post(house.api(f"waiting/{asked[1]}/pause"), json={}, headers=headers).status_code == 200
    with house.writing():
        period = {"starts_at": at(10), "ends_at": at(12), "reason": "workshop"}
        block(gives[asked[2]], **period, by=house.viewer(Role.MECHANIC), now=house.clock())
    house.clock.forward(hours=1)
    asked.append(ask(house, house.beneficiary_id)["id"])
    read = client.get(house.api("waiting/plan"), headers=headers).json
    assert read["newcomers"] == 1 and read["drawn_at"] == plan["drawn_at"]
    assert {line["request_id"]: line["no_longer"] for line in read["gives"]} == dict(
        zip(
            asked[:4],
            ["la demande a changé depuis", "la demande est « en pause »", "le véhicule n’est plus libre à ces dates", None],
            strict=True,
        )
    )
    page = browser.get(draw).text.replace("\xa0", " ").replace("\u202f", " ")
    assert "plus valable : la demande a changé depuis" in page and "une demande est arrivée depuis" in page
    house.clock.set(at(5, 20, month=4))  # the last evening asked for: nothing is left to give
    assert post(browser, draw).status_code == 303
    with house.writing():
        db.session.get_one(WaitingRequest, asked[4]).last_on = date(2026, 4, 20)
    barred = client.post(house.api("waiting/plan"), json={}, headers=headers).json["without"]
    assert [line["request_id"] for line in barred] == [asked[4]] and "bilan" in barred[0]["why"]
