"""« Écarts avec le prestataire de cartes »: the page, its buttons, its JSON, and what the desk says of it."""

from typing import Any

import pytest

from mobility.rights import Role
from tests.browsing import post
from tests.gateway_plants import PLANTS, Plants
from tests.house import House, make_house
from tests.money import give_keys

PAGE = "reconciliation/differences"


@pytest.fixture
def plants(house: House, monkeypatch: pytest.MonkeyPatch) -> Plants:
    give_keys(house)
    planted = Plants(house, monkeypatch)
    for kind in ("refunded_there", "amount"):
        PLANTS[kind](planted)
    house.clock.forward(hours=3)
    return planted


def test_the_treasurer_compares_mends_and_says_what_was_seen(house: House, plants: Plants) -> None:
    client = house.client(Role.TREASURER)
    page = house.page(PAGE)
    assert "Aucun écart" in client.get(page).text
    assert post(client, page, {}).status_code == 303
    shown = client.get(page).text
    assert "2 écarts à régler" in shown and "Montant différent" in shown and "étaient attendus (PE-" in shown
    rows = plants.standing()
    assert post(client, f"{page}/{rows['refunded_there'].id}/mend", {}).status_code == 303
    refused = post(client, f"{page}/{rows['amount'].id}/seen", {"note": ""})
    assert refused.status_code == 422 and f"difference-{rows['amount'].id}" in refused.text
    assert post(client, f"{page}/{rows['amount'].id}/mend", {}).status_code == 422
    assert post(client, f"{page}/{rows['amount'].id}/seen", {"note": "Rendu par virement"}).status_code == 303
    left = client.get(page).text
    assert "Aucun écart à régler" in left and "(Rendu par virement)" in left and "réglé d’ici" in left
    assert post(client, f"{page}/{rows['amount'].id}/seen", {"note": "Encore"}).status_code == 409


def test_the_same_in_json_each_difference_naming_its_act(house: House, plants: Plants) -> None:
    api = house.app.test_client()

    def call(path: str, method: str = "post", **more: Any) -> Any:
        return getattr(api, method)(path, headers=house.bearer(Role.TREASURER), **more)

    assert call(house.api(PAGE)).json == {"open": 2}
    told = {row["kind"]: row for row in call(house.api(PAGE), "get").json["open"]}
    assert told["amount"]["act"] is None
    assert call(told["refunded_there"]["act"]).json["mended_how"] == "act"
    assert call(told["amount"]["seen"], json={"note": "Vu"}).json["mended_how"] == "seen"
    left = call(house.api(PAGE), "get").json
    assert left["open"] == [] and {row["kind"] for row in left["mended"]} == {"amount", "refunded_there"}


def test_the_desk_and_the_reconciliation_say_how_many_to_those_who_keep_the_books(house: House, plants: Plants) -> None:
    plants.compare()
    assert "2 à régler" in house.client(Role.TREASURER).get(house.page("desk")).text
    assert "2 à régler" not in house.client(Role.ADVISER).get(house.page("desk")).text
    assert "cartes (2)" in house.client(Role.TREASURER).get(house.page("reconciliation")).text


def test_another_platforms_differences_are_not_ours_to_count_or_mend(house: House, plants: Plants) -> None:
    assert plants.compare() == 2
    other = make_house(house.app, house.clock, "autre")
    client = other.client(Role.TREASURER)
    desk = client.get(other.page("desk"))
    assert desk.status_code == 200 and "Écarts avec le prestataire" not in desk.text
    difference = plants.standing()["amount"].id
    assert post(client, other.page(f"{PAGE}/{difference}/seen"), {"note": "Vu"}).status_code == 404
