"""A freed vehicle goes to who comes first among those it fits, held a while, by both mouths; a no or no answer, and the next has it."""

from typing import Any

import pytest
from sqlalchemy import select

from fleet.actions.proposals import propose_all
from fleet.models import Booking
from mobility.db import db
from mobility.models import Message
from mobility.rights import Role
from tests.browsing import post
from tests.garage import clear_person, make_person, make_vehicle
from tests.house import House
from tests.web.test_waiting import ask

NIGHT = {"work_from": "05:00", "work_to": "13:00"}


@pytest.fixture
def others(house: House) -> list[int]:
    """Two people whom nothing keeps from the keys, and one who was never assessed."""
    with house.writing():
        people = [
            make_person(house, number, first_name=name, contact_by="sms").id for number, name in ((101, "Noa"), (102, "Lou"), (103, "Zoé"))
        ]
        for id_ in people[:2]:
            clear_person(house, id_)
    return people


def told(house: House, request_id: int) -> dict[str, Any]:
    answer = house.app.test_client().get(house.api(f"waiting/{request_id}"), headers=house.bearer(Role.ADVISER))
    return dict(answer.json)


def run_jobs(house: House) -> int:
    with house.reading():
        return propose_all(now=house.clock())


def test_the_first_whom_it_fits_has_it_then_the_next(house: House, others: list[int]) -> None:
    last, first = ask(house, others[0])["id"], ask(house, others[1], **NIGHT)["id"]
    unassessed = ask(house, others[2], **NIGHT, with_children=True)["id"]
    client = house.client(Role.ADVISER)
    assert "rien ne peut être proposé" in client.get(house.page(f"waiting/{unassessed}")).text
    assert "Aucun véhicule libre ne convient" in client.get(post(client, house.page("waiting/propose"), {}).headers["Location"]).text
    with house.writing():
        car = make_vehicle(house).id
    made = post(client, house.page("waiting/propose"), {})
    assert made.headers["Location"].endswith(f"/waiting/{first}")  # the unassessed one stands before, but nothing fits them
    assert "Oui, préparer la réservation" in client.get(made.headers["Location"]).text
    for path in ("desk", "waiting"):
        assert "véhicule proposé" in client.get(house.page(path)).text.replace("\xa0", " ")
    assert run_jobs(house) == 0, "one hold a freed vehicle, and nobody else is asked meanwhile"
    refused = post(client, house.page(f"waiting/{first}/decline"), {})
    assert refused.status_code == 422 and 'id="decline-reason-error"' in refused.text
    assert post(client, house.page(f"waiting/{first}/decline"), {"reason": "other_solution"}).status_code == 303
    assert (run_jobs(house), run_jobs(house)) == (1, 0)
    with house.reading():
        texts = db.session.scalars(select(Message.body).filter(Message.beneficiary_id == others[1]))
        assert [text for text in texts if "Nous gardons Citadine 1 pour vous" in text and "sans réponse" in text]
    proposal = told(house, last)["proposal"]
    assert proposal["vehicle_id"] == car and told(house, first)["proposal"] is None
    house.clock.forward(hours=25)
    assert told(house, last)["proposal"] is None and run_jobs(house) == 0, "it was proposed to both: the list is at its end"
    late = post(client, house.page(f"waiting/{last}/decline"), {"reason": "other_solution"})
    assert late.status_code == 409 and "a pris fin" in late.text


def test_a_yes_is_the_booking_confirmed_and_ends_the_request(house: House, others: list[int]) -> None:
    request, headers, client = ask(house, others[0])["id"], house.bearer(Role.ADVISER), house.app.test_client()
    with house.writing():
        make_vehicle(house)
        automatic = make_vehicle(house, "Citadine 2", gearbox="automatic").id
    ask(house, others[1], **NIGHT, automatic_only=True)
    assert client.post(house.api("waiting/propose"), json={}, headers=headers).json["proposal"]["vehicle_id"] == automatic
    proposal = client.post(house.api("waiting/propose"), json={}, headers=headers).json["proposal"]
    assert (proposal["request_id"], proposal["label"]) == (request, "Citadine 1")
    assert client.post(house.api("waiting/propose"), json={}, headers=headers).json == {"proposal": None}
    said = client.post(house.api(f"bookings/{proposal['booking_id']}/confirm"), json={}, headers=headers)
    assert said.status_code == 200, said.text
    assert (told(house, request)["state"], told(house, request)["proposal"]) == ("served", None)
    with house.reading():
        assert db.session.get_one(Booking, proposal["booking_id"]).hold_expires_at is None
