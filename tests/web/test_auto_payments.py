"""Paying each week by a card on file, on its pages and in JSON: nothing is preselected, one tap stops it, a stop shows what mends it."""

import pytest

from billing.local_gateway import LOST_LATER, UNFUNDED_LATER
from mobility.db import db
from mobility.models import FileLook
from mobility.rights import Role
from tests.auto_paid import agreed, hour, reach, to_day, weeks
from tests.browsing import post
from tests.house import House
from tests.on_file import on_file


def test_a_person_agrees_and_stops_in_one_tap(house: House) -> None:
    on_file(house)
    with house.writing():
        reach(house)
    client, path = house.client(Role.BENEFICIARY), house.page(f"people/{house.beneficiary_id}/automatic")
    page = client.get(house.page("me/automatic")).text
    assert "Visa •••• 4242" in page.replace("\u00a0", " ") and 'name="most_cents"' in page
    assert "checked" not in page and 'value="50' not in page, "nothing is preselected"
    assert "Payer automatiquement" in client.get(house.page("me/pay")).text
    refused = post(client, path, {"most_cents": "50"})
    assert refused.status_code == 422 and "cochez" in refused.text and 'value="50"' in refused.text
    assert post(client, path, {"most_cents": "50", "agreed": "yes"}).headers["Location"].endswith("/me/automatic")
    hour(house)
    assert weeks(house)[0][0] == "announced"
    assert "50 € au plus seront pris" in client.get(house.page("me/pay")).text.replace("\u00a0", " ").replace("\u202f", " ")
    assert "Arrêter le paiement automatique" in client.get(house.page("me/automatic")).text
    assert post(client, f"{path}/end").status_code == 303
    assert weeks(house)[0] == ("dropped", 5_000, "withdrawn") and "retiré" in client.get(house.page("me/automatic")).text


def test_nobody_agrees_or_stops_for_somebody_else(house: House) -> None:
    agreed(house)
    stranger = house.beneficiary_id + 1
    client = house.client(Role.BENEFICIARY)
    for path in (f"people/{stranger}/automatic", f"people/{stranger}/automatic/end"):
        assert post(client, house.page(path), {"most_cents": "50", "agreed": "yes"}).status_code == 404
    assert post(house.client(Role.PRESCRIBER), house.page(f"people/{house.beneficiary_id}/automatic/end")).status_code in (403, 404)


@pytest.mark.parametrize(
    ("number", "act"), [(UNFUNDED_LATER, "Convenir d’un autre moyen ou d’un plan"), (LOST_LATER, "Demander une autre carte")]
)
def test_what_stopped_stands_in_the_list_with_the_act_that_mends_it(house: House, number: str, act: str) -> None:
    agreed(house, number)
    hour(house)
    for days in (3, 4, 3):
        to_day(house, days)
        hour(house)
    client, api, heads = house.client(Role.ADVISER), house.app.test_client(), house.bearer(Role.ADVISER)
    listed = client.get(house.page("money/automatic?state=to_see")).text.replace("\u00a0", " ")
    assert act in listed and "arrêté" in listed
    assert act.encode() in client.get(house.page("money/automatic?format=csv")).data
    (row,) = api.get(house.api("money/automatic?state=to_see"), headers=heads).json["rows"]
    assert row["weekly"]["status"] == "stopped" and row["person_id"] == house.beneficiary_id
    path = f"people/{house.beneficiary_id}/automatic"
    ways_out = client.get(house.page(path)).text
    assert ("/deposits/" in ways_out) == (number == LOST_LATER) and "plan</a>" in ways_out
    assert "Vu ensemble" in client.get(house.page(path)).text.replace("\u00a0", " ")
    with house.reading():
        assert "automatic" in {look.page for look in db.session.query(FileLook)}
    assert post(client, house.page(f"money/automatic/{row['weekly']['id']}/seen")).status_code == 303
    assert api.post(house.api(f"money/automatic/{row['weekly']['id']}/seen"), headers=heads).status_code == 409
    assert api.get(house.api("money/automatic?state=to_see"), headers=heads).json["rows"] == []


def test_the_api_agrees_and_stops_the_same(house: House) -> None:
    on_file(house)
    with house.writing():
        reach(house)
    api, path = house.app.test_client(), house.api(f"people/{house.beneficiary_id}/automatic")
    mine, adviser = house.bearer(Role.BENEFICIARY), house.bearer(Role.ADVISER)
    assert "le maximum choisi ici" in api.get(path, headers=mine).json["words"]
    assert api.post(path, json={"most_cents": 3_000}, headers=adviser).status_code == 422
    made = api.post(path, json={"most_cents": 3_000, "agreed": True}, headers=adviser)
    assert made.status_code == 201 and "30 €" in made.json["words"]
    assert api.post(f"{path}/end", headers=mine).json["ended_reason"] == "withdrawn"
    told = api.get(path, headers=adviser).json
    assert [one["ended_reason"] for one in told["mandates"]] == ["withdrawn"] and told["weeks"] == []
