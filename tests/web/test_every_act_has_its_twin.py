"""Every act of a page is an act of the API, or says why not."""

from mobility.rights import Role
from mobility.web.edge import PointEtape
from tests.house import House
from tests.web.twins import TWINS
from tests.web.without_twin import BY_HAND


def test_every_act_of_a_page_has_its_twin_or_its_reason(app: PointEtape) -> None:
    rules = list(app.url_map.iter_rules())
    acts = {rule.endpoint for rule in rules if "POST" in (rule.methods or ()) and not rule.rule.startswith("/api/")}
    unsafe = {"POST", "PUT", "PATCH", "DELETE"}
    spoken = {rule.endpoint for rule in rules if rule.rule.startswith("/api/v1/p/") and (unsafe & (rule.methods or set()))}
    reads = {"people_api.trip"}  # an estimate reads: GET says it better
    missing = sorted(acts - TWINS.keys() - BY_HAND.keys())
    assert not missing, f"{missing}: build its twin under /api/v1 on the same action, or say here why there is none"
    gone = sorted((TWINS.keys() | BY_HAND.keys()) - acts)
    assert not gone, f"no such page any more: {gone}"
    assert not set(TWINS.values()) - spoken - reads, "no such twin"
    assert not TWINS.keys() & BY_HAND.keys()


def test_each_twin_lets_in_everybody_its_page_lets_in(app: PointEtape) -> None:
    views = app.view_functions
    narrower = {page: twin for page, twin in TWINS.items() if views[page].allowed - views[twin].allowed}  # type: ignore[attr-defined]
    assert not narrower


def test_the_access_letter_of_the_api_opens_the_own_space_and_is_no_json(house: House) -> None:
    client, headers = house.app.test_client(), house.bearer(Role.ADVISER)
    address = house.api(f"beneficiaries/{house.beneficiary_id}/access-letter")
    answer = client.post(address, json={}, headers=headers)
    assert answer.status_code == 200, answer.text
    assert answer.mimetype == "application/pdf"
    assert answer.data.startswith(b"%PDF")
    assert client.post(address, json={"code": "1234"}, headers=headers).status_code == 422
    assert client.post(address, json={}, headers=house.bearer(Role.PRESCRIBER)).status_code == 403
