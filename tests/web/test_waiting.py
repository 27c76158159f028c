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
from mobility.slots import Slot, gather
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
    with house.reading():
        (held,) = dict(gather(Slot.HELD, house.beneficiary_id))["waiting_requests"]
        assert (held["kind"], held["state"]) == ("car", "waiting")


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
