"""A plan agreed, kept by payments, told to its person, stopped: by the page and by the API."""

from typing import Any

from billing.actions.payments import take_payment
from mobility.rights import Role
from tests.browsing import post as send
from tests.house import House
from tests.money import ADVISER, make_rental


def test_a_plan_from_its_agreement_to_its_end(house: House) -> None:
    account_id = make_rental(house)  # owes 70 €, on 2 March
    path = f"money/accounts/{account_id}/plans"
    client, api = house.client(Role.ADVISER), house.app.test_client()
    headers = house.bearer(Role.ADVISER)

    def told() -> Any:
        return api.get(house.api(path), headers=headers).json

    page = client.get(house.page(path)).text
    assert 'value="70"' in page and 'value="2026-04-02"' in page
    asked = {"cents": "70", "months": "2", "first_on": "2026-03-04"}
    for wrong in ({}, {"cents": "70,01"}, {"cents": "1e3"}, {"months": "0"}, {"months": "25"}, {"first_on": "2026-03-01"}):
        refused = send(client, house.page(path), asked | wrong if wrong else asked)
        assert refused.status_code == 422, wrong
    assert told() == []
    assert send(client, house.page(path), asked | {"agreed": "yes"}).status_code == 303
    again = api.post(house.api(path), json={"cents": 100, "months": 1, "first_on": "2026-03-04", "agreed": True}, headers=headers)
    assert again.status_code == 409
    made = told()[0]
    assert [part["cents"] for part in made["parts"]] == [3500, 3500] and made["standing"]["state"] == "kept"

    house.clock.forward(days=3)
    assert (told()[0]["standing"]["state"], told()[0]["standing"]["late_cents"]) == ("late", 3500)
    listed = api.get(house.api("money/arrears"), headers=house.bearer(Role.TREASURER)).json["rows"][0]
    assert listed["plan"]["standing"]["state"] == "late"
    assert "en retard" in house.client(Role.TREASURER).get(house.page("money/arrears")).text
    own = house.client(Role.BENEFICIARY).get(house.page(f"money/accounts/{account_id}/statement")).text
    assert "Le plan convenu" in own
    with house.writing():
        take_payment(account_id, means="transfer", cents=3500, by=ADVISER, now=house.clock())
    assert told()[0]["standing"]["state"] == "kept"
    assert send(client, house.page(f"{path}/{made['id']}/end"), {}).status_code == 422
    ended = api.post(house.api(f"{path}/{made['id']}/end"), json={"reason": "plan plus doux"}, headers=headers)
    assert ended.json["standing"]["state"] == "ended" and ended.json["ended_reason"] == "plan plus doux"
    assert api.post(house.api(f"{path}/{made['id']}/end"), json={"reason": "encore"}, headers=headers).status_code == 409
    assert api.post(house.api(f"{path}/999/end"), json={"reason": "rien"}, headers=headers).status_code == 404
    fresh = api.post(house.api(path), json={"cents": 3500, "months": 1, "first_on": "2026-03-05", "agreed": True}, headers=headers)
    assert fresh.status_code == 201 and [line["standing"]["state"] for line in told()] == ["kept", "ended"]
