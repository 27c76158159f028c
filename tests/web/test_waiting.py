"""The waiting list by both mouths: asked, ranked with its reasons, put first, left; each person reads their own place and nobody else's."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy import select

from fleet.actions import bookings
from fleet.actions.waiting import settle
from fleet.models import WaitingRequest
from mobility.actions.people import record_job
from mobility.db import db
from mobility.models import AuditEntry
from mobility.rights import Role
from tests.browsing import post
from tests.garage import at, clear_person, make_person, make_vehicle
from tests.house import House

APRIL = {"first_on": "2026-03-09", "last_on": "2026-04-05"}


@pytest.fixture
def others(house: House) -> list[int]:
    """Two more people: one whose job starts next week, one of whom nothing is known."""
    with house.writing():
        people = [make_person(house, number, first_name=name).id for number, name in ((101, "Noa"), (102, "Lou"))]
        by, now = house.viewer(Role.ADVISER), house.clock()
        record_job(people[0], kind="permanent", starts_on=date(2026, 3, 9), one_way_tenths=182, by=by, now=now)
    return people


def ask(house: House, beneficiary_id: int, kind: str = "car", **more: Any) -> dict[str, Any]:
    """A request through the API."""
    answer = house.app.test_client().post(
        house.api(f"beneficiaries/{beneficiary_id}/waiting"), json={"kind": kind} | APRIL | more, headers=house.bearer(Role.ADVISER)
    )
    assert answer.status_code == 201, answer.text
    return dict(answer.json)


def test_the_list_says_each_place_and_why_on_the_page_and_to_the_person(house: House, others: list[int]) -> None:
    mine = ask(house, house.beneficiary_id, work_from="05:00", work_to="13:00")
    assert (mine["standing"]["place"], mine["standing"]["of"], mine["standing"]["points"]) == (1, 1, 20)
    ask(house, others[1])
    assert ask(house, others[0])["standing"]["points"] == 70  # soon, noted, far
    headers, client = house.bearer(Role.ADVISER), house.app.test_client()
    told = client.get(house.api("waiting"), headers=headers).json
    places = {row["beneficiary_id"]: row["standing"]["place"] for row in told["rows"]}
    assert list(places.items()) == [(others[0], 1), (house.beneficiary_id, 2), (others[1], 3)]
    page = house.client(Role.ADVISER).get(house.page("waiting")).text.replace("\xa0", " ").replace("\u202f", " ")
    assert page.index("Noa") < page.index("Camille") < page.index("Lou")
    assert "2e place sur 3" in page and "le travail est à 18 km" in page
    own = house.client(Role.BENEFICIARY).get(house.page("me")).text.replace("\xa0", " ").replace("\u202f", " ")
    assert "J’attends une voiture" in own and "2e place sur 3, parce que : peu de lignes circulent à ces heures." in own
    assert "Noa" not in own and "18 km" not in own


def test_an_adviser_asks_puts_first_pauses_and_withdraws_on_the_pages(house: House, others: list[int]) -> None:
    ask(house, others[0])
    client, new = house.client(Role.ADVISER), house.page(f"people/{house.beneficiary_id}/waiting/new")
    form = {"kind": "car", "first_on": "2026-03-09", "last_on": "2026-04-05", "automatic_only": "yes"}
    made = post(client, new, form)
    assert made.status_code == 303
    twice = post(client, new, form)
    assert twice.status_code == 409 and "attend déjà une voiture" in twice.text
    wrong = post(client, new, form | {"kind": "bike", "last_on": "2026-03-01", "work_from": "05:00"})
    assert wrong.status_code == 422 and 'id="f-last_on-error"' in wrong.text and 'value="05:00"' in wrong.text
    request = made.headers["Location"]
    assert "2e place sur 2" in client.get(request).text.replace("\xa0", " ") and "boîte automatique" in client.get(request).text
    assert post(client, f"{request}/first", {}).status_code == 422
    assert post(client, f"{request}/first", {"reason": "employer"}).status_code == 303
    assert "1re place sur 2" in client.get(request).text.replace("\xa0", " ")
    assert post(client, f"{request}/back", {}).status_code == 303
    assert post(client, f"{request}/pause", {}).status_code == 303
    assert "place sur" not in client.get(request).text and post(client, f"{request}/first", {"reason": "employer"}).status_code == 409
    assert post(client, f"{request}/resume", {}).status_code == 303
    assert post(client, f"{request}/withdraw", {"reason": "other_way"}).status_code == 303
    assert "une autre solution a été trouvée" in client.get(request).text
    with house.reading():
        verbs = db.session.scalars(select(AuditEntry.verb).filter(AuditEntry.table_name == "waiting_request").order_by(AuditEntry.id))
        assert list(verbs) == ["ask", "ask", "first", "back", "pause", "resume", "withdraw"]
    assert post(client, new, form).status_code == 303  # and may wait anew


def test_a_booking_or_passed_days_end_a_request_at_once_and_the_night_writes_it_down(house: House, others: list[int]) -> None:
    served, passed = ask(house, house.beneficiary_id)["id"], ask(house, others[0], last_on="2026-03-10")["id"]
    with house.writing():
        clear_person(house, house.beneficiary_id)
        car, by = make_vehicle(house).id, house.viewer(Role.ADVISER)
        bookings.book(house.beneficiary_id, car, starts_at=at(9), ends_at=at(20), by=by, now=house.clock())
    client, headers = house.app.test_client(), house.bearer(Role.ADVISER)

    def states() -> dict[int, str]:
        return {row["id"]: row["state"] for row in client.get(house.api("waiting?state=all"), headers=headers).json["rows"]}

    assert states() == {served: "served", passed: "waiting"}
    house.clock.forward(days=9)
    assert states() == {served: "served", passed: "expired"}
    assert client.get(house.api("waiting"), headers=headers).json["total"] == 0
    late = client.post(house.api(f"waiting/{passed}/pause"), json={}, headers=headers)
    assert late.status_code == 409 and "dates passées" in late.json["detail"]
    for counted in (2, 0):
        with house.writing():
            assert settle(now=house.clock()) == counted
    with house.reading():
        assert set(db.session.scalars(select(WaitingRequest.status))) == {"served", "expired"}


def test_a_request_is_changed_as_old_as_it_was_and_a_stale_page_is_refused(house: House, others: list[int]) -> None:
    older = ask(house, house.beneficiary_id)["id"]
    house.clock.forward(days=8)
    for person in others:
        ask(house, person, kind="bike")
    client, page = house.client(Role.ADVISER), house.page(f"waiting/{older}")
    assert post(client, f"{page}/first", {"reason": "employer"}).status_code == 303
    form = client.get(f"{page}/change").text
    assert 'name="version" value="1"' in form and 'value="2026-03-09"' in form
    wish = {"kind": "bike", "first_on": "2026-03-12", "last_on": "2026-04-20", "work_from": "05:00", "work_to": "13:00", "version": "1"}
    wrong = post(client, f"{page}/change", wish | {"last_on": "2026-03-11"})
    assert wrong.status_code == 422 and 'id="f-last_on-error"' in wrong.text
    assert post(client, f"{page}/change", wish).status_code == 303
    stale = post(client, f"{page}/change", wish | {"kind": "ebike"})
    assert stale.status_code == 409 and "la demande a changé entre-temps" in stale.text
    told = house.app.test_client().get(house.api(f"waiting/{older}"), headers=house.bearer(Role.ADVISER)).json
    assert (told["kind"], told["first_on"], told["version"], told["asked_at"][:10]) == ("bike", "2026-03-12", 2, "2026-03-02")
    # A week of waiting and the early hours count; being first among those for a car does not.
    assert (told["standing"]["first_for"], told["standing"]["points"], told["standing"]["of"]) == (None, 22, 3)


def test_a_request_is_not_changed_into_one_that_is_asked_served_held_or_over(house: House, others: list[int]) -> None:
    with house.writing():
        clear_person(house, house.beneficiary_id)
        bike, by = make_vehicle(house, "Vélo 1", "bike").id, house.viewer(Role.ADVISER)
        make_vehicle(house, "Citadine 1")
    client, headers = house.app.test_client(), house.bearer(Role.ADVISER)
    cars, mopeds = ask(house, house.beneficiary_id)["id"], ask(house, house.beneficiary_id, kind="moped")["id"]

    def changed(kind: str) -> Any:
        answer = client.put(house.api(f"waiting/{cars}"), json={"kind": kind, "version": 1} | APRIL, headers=headers)
        return answer.status_code, answer.json.get("detail", "")

    assert changed("moped")[0] == 409 and "attend déjà" in changed("moped")[1]
    with house.writing():
        bookings.book(house.beneficiary_id, bike, starts_at=at(9), ends_at=at(20), by=by, now=house.clock())
    assert changed("bike")[0] == 409 and "réservé depuis la demande" in changed("bike")[1]
    assert client.post(house.api("waiting/propose"), json={}, headers=headers).json["proposal"]["request_id"] == cars
    assert changed("car")[0] == 409 and "dites d’abord oui ou non" in changed("car")[1]
    assert client.post(house.api(f"waiting/{mopeds}/withdraw"), json={"reason": "mistake"}, headers=headers).status_code == 200
    over = client.put(house.api(f"waiting/{mopeds}"), json={"kind": "moped", "version": 1} | APRIL, headers=headers)
    assert over.status_code == 409 and "retirée" in over.json["detail"]
    with house.reading():
        assert db.session.get_one(WaitingRequest, cars).kind == "car", "nothing half-written"
