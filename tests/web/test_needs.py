"""One need, asked of the search, of the comparison, and of the list: the same vehicles, the same words, by both mouths."""

from typing import Any

from mobility.rights import Role
from tests.browsing import post
from tests.garage import at, clear_person, make_vehicle
from tests.house import House

DATES = {"starts_at": at(12).isoformat(), "ends_at": at(14).isoformat()}
NEED = {"needs": ["child_seat", "automatic"], "adaptation": "boule au volant"}


def test_a_need_is_one_for_the_search_the_comparison_and_the_list(house: House) -> None:
    with house.writing():
        clear_person(house, house.beneficiary_id)
        plain = make_vehicle(house, "Citadine 1", equipment=["child_seat"]).id
        fitted = make_vehicle(house, "Citadine 2", gearbox="automatic", equipment=["child_seat"], adaptations="Boule au volant").id
    client, headers, browser = house.app.test_client(), house.bearer(Role.ADVISER), house.client(Role.ADVISER)
    person = house.page(f"people/{house.beneficiary_id}")

    def free(**need: Any) -> list[tuple[int, list[str]]]:
        asked = {"beneficiary_id": house.beneficiary_id, "kind": "car", **DATES, **need}
        answer = client.get(house.api("free-vehicles"), query_string=asked, headers=headers)
        return [(one["vehicle_id"], one["reasons"]) for one in answer.get_json()]

    lacks = "Il lui manque : boîte automatique, aménagement « boule au volant »."
    assert free() == [(plain, []), (fitted, [])]
    assert free(**NEED) == [(fitted, []), (plain, [lacks])]
    page = browser.get(f"{person}/bookings/new", query_string={"kind": "car", "programme": "daily", **DATES, **NEED}).text
    assert lacks in page.replace("\xa0", " ") and page.index("Citadine 2") < page.index("Citadine 1")
    assert page.count("checked") == 3, "the kind and what was ticked stay as asked"

    ways = client.get(house.api(f"people/{house.beneficiary_id}/ways"), query_string={**DATES, **NEED}, headers=headers).get_json()["ways"]
    assert [way["free"] for way in ways if way["kind"] == "car"] == [1]
    none = browser.get(f"{person}/ways", query_string={**DATES, "needs": ["double_controls"]}).text.replace("\xa0", " ")
    assert "Aucun de ceux qui sont libres n’a tout : doubles commandes." in none

    days = {"kind": "car", "first_on": "2026-03-12", "last_on": "2026-03-14"}
    wrong = post(browser, f"{person}/waiting/new", days | {"kind": "bike", "needs": "charger"})
    assert (wrong.status_code, 'id="f-needs-error"' in wrong.text) == (422, True)
    made = post(browser, f"{person}/waiting/new", days | NEED)
    assert "boîte automatique, siège enfant, aménagement « boule au volant »" in browser.get(made.location).text.replace("\xa0", " ")
    assert browser.get(f"{made.location}/change").text.count("checked") == 3
    waits = client.get(house.api(f"waiting/{made.location.rpartition('/')[2]}"), headers=headers).get_json()
    assert (waits["needs"], waits["automatic_only"], waits["adaptation"]) == (["child_seat"], True, "boule au volant")
    (given,) = client.post(house.api("waiting/plan"), json={}, headers=headers).get_json()["gives"]
    assert given["vehicle_id"] == fitted
    held = client.post(house.api("waiting/propose"), json={}, headers=headers).get_json()["proposal"]
    assert held["vehicle_id"] == fitted
