"""An accident from its statement to its end, by both mouths: told to the insurer, the vehicle kept back, the person's own paper."""

from datetime import timedelta

from flask.testing import FlaskClient

from fleet.models import Accident, Block, WorkOrder
from mobility.periods import PARIS
from mobility.rights import Role
from tests.browsing import picture, post
from tests.house import House
from tests.rental import RentalDesk


def told(house: House, **more: object) -> dict[str, object]:
    then = (house.clock() - timedelta(hours=1)).astimezone(PARIS)
    plain: dict[str, object] = {"on": then.date().isoformat(), "hour": then.strftime("%H:%M"), "place": "Rond-point de l’Essai"}
    return plain | {"circumstances": "hit_behind", "account": "Heurté à l’arrêt, feu arrière cassé."} | more


def test_an_accident_is_noted_declared_kept_back_and_closed(house: House) -> None:
    desk = RentalDesk(house).out()
    desk.later(hours=3)
    client = house.client(Role.ADVISER)
    start = house.page(f"vehicles/{desk.car}/accidents/new")
    refused = post(client, start, told(house, place=""))
    assert refused.status_code == 422 and 'id="f-place-error"' in refused.text and "feu arrière cassé" in refused.text
    made = post(client, start, told(house, pictures=picture()))
    assert made.status_code == 303, made.text
    address = made.headers["Location"]
    page = client.get(address).text.replace("\xa0", " ")
    for words in ("Camille Essai", "Assurances du Littoral", "450 €", "9 mars 2026", "Changer de véhicule", "Photo 1"):
        assert words in page, words
    assert post(client, f"{address}/keep-back", {}).status_code == 303
    assert post(client, f"{address}/keep-back", {}).status_code == 409
    (order,), (block,) = desk.rows(WorkOrder), desk.rows(Block)
    assert order.subject == "accident" and block.starts_at == house.clock()
    _is_corrected_until_the_insurer_reads_it(house, client, address)
    assert post(client, f"{address}/complete", {"third_name": "Autre Essai", "liability_percent": "101"}).status_code == 422
    assert post(client, f"{address}/complete", {"third_name": "Autre Essai", "liability_percent": "0"}).status_code == 303
    assert post(client, f"{address}/declare", {"declared_on": "2030-01-01"}).status_code == 422
    assert post(client, f"{address}/declare", {"declared_on": house.clock().date().isoformat(), "claim_number": "S-77"}).status_code == 303
    assert post(client, f"{address}/correct", told(house)).status_code == 409, "the insurer has read it"
    assert client.get(f"{address}.pdf").data.startswith(b"%PDF")
    assert post(client, f"{address}/close", {"outcome": "repaired"}).status_code == 303
    assert post(client, f"{address}/close", {"outcome": "repaired"}).status_code == 409
    (accident,) = desk.rows(Accident)
    assert (accident.status, accident.liability_percent, accident.claim_number, accident.excess_cents) == ("closed", 0, "S-77", 45_000)
    own = house.client(Role.BENEFICIARY)
    assert "Mes accidents" in own.get(house.page("me")).text
    assert own.get(f"{address}.pdf").data.startswith(b"%PDF") and own.get(address).status_code == 403


def _is_corrected_until_the_insurer_reads_it(house: House, client: FlaskClient, address: str) -> None:
    """An hour told wrong is another person's, or nobody's; a page left open before does not undo what was corrected since."""
    api, headers = f"/api/v1{address}/correct", house.bearer(Role.ADVISER)
    before_keys = told(house, hour="00:05", place="Parking de l’Essai")
    refused = post(client, f"{address}/correct", before_keys | {"place": "", "version": "1"})
    assert refused.status_code == 422 and 'id="correct-place-error"' in refused.text and "<details open>" in refused.text
    moved = house.app.test_client().post(api, json=before_keys | {"version": 1}, headers=headers).json
    assert (moved["version"], moved["place"], moved["beneficiary_id"]) == (2, "Parking de l’Essai", None), "the keys were still here"
    stale = post(client, f"{address}/correct", told(house) | {"version": "1"})
    assert stale.status_code == 409 and "le relevé a changé entre-temps" in stale.text
    assert post(client, f"{address}/complete", {"version": "1"}).status_code == 409
    assert post(client, f"{address}/correct", told(house) | {"version": "2"}).status_code == 303
    assert "Camille Essai" in client.get(address).text


def test_the_api_notes_one_that_nobody_drove_and_shows_it_to_no_stranger(house: House) -> None:
    desk = RentalDesk(house)  # the keys are still here
    desk.later(hours=3)
    client, headers = house.app.test_client(), house.bearer(Role.MANAGER)
    made = client.post(house.api(f"vehicles/{desk.car}/accidents"), json=told(house, circumstances="parked"), headers=headers)
    assert made.status_code == 201, made.text
    assert (made.json["status"], made.json["beneficiary_id"], made.json["due_on"]) == ("open", None, "2026-03-09")
    address = house.api(f"accidents/{made.json['id']}")
    assert client.get(address, headers=house.bearer(Role.BENEFICIARY)).status_code == 404
    late = told(house, hour="23:59")
    assert client.post(house.api(f"vehicles/{desk.car}/accidents"), json=late, headers=headers).status_code == 422
    assert client.post(f"{address}/keep-back", json={}, headers=headers).status_code == 409  # a booking holds the car: it says so
    listed = client.get(house.api("accidents"), headers=headers).json
    assert [row["number"] for row in listed["rows"]] == [made.json["number"]]
