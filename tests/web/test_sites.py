"""Poles: a platform opens with one; its manager adds the others and says where they stand."""

from typing import Any

import pytest

from mobility.rights import Role
from tests.browsing import post
from tests.house import House

AUBAGNE = {"name": "Pôle d’Aubagne", "address": "2 place du Marché", "postcode": "13400", "commune": "Aubagne"}


def poles(house: House) -> dict[str, dict[str, Any]]:
    answer = house.app.test_client().get(house.api("sites"), headers=house.bearer(Role.ADVISER))
    return {site["name"]: site for site in answer.json or ()}


def test_a_pole_is_added_placed_and_mended_by_both_mouths(house: House) -> None:
    browser, api, headers = house.client(Role.MANAGER), house.app.test_client(), house.bearer(Role.MANAGER)
    first = next(iter(poles(house).values()))
    assert post(browser, house.page("sites/new"), AUBAGNE).status_code == 303
    made = poles(house)["Pôle d’Aubagne"]
    assert (round(made["lat"], 1), round(made["lon"], 1)) == (43.3, 5.6)
    assert "Pôle d’Aubagne" in browser.get(house.page("vehicles/new")).text, "a vehicle can stand there"
    moved = api.put(house.api(f"sites/{made['id']}"), json={"name": "Pôle de l’Est"}, headers=headers)
    assert (moved.status_code, (moved.json or {})["lat"]) == (200, None), "no address, no place"
    assert "adresse à compléter" in browser.get(house.page("sites")).text.replace("\xa0", " ")
    assert api.post(house.api("sites"), json={"name": "Pôle du Nord"}, headers=headers).status_code == 201
    edit = house.page(f"sites/{first['id']}/edit")
    assert post(browser, edit, AUBAGNE | {"name": "Pôle du Centre"}).status_code == 303
    assert sorted(poles(house)) == ["Pôle de l’Est", "Pôle du Centre", "Pôle du Nord"]


@pytest.mark.parametrize(
    ("typed", "status", "field"),
    [
        ({"name": ""}, 422, "name"),
        ({"name": "Pôle d’Aubagne"}, 409, "name"),
        ({"name": "Pôle neuf", "postcode": "1340"}, 422, "postcode"),
    ],
)
def test_what_no_pole_can_be_is_refused_beside_its_field(house: House, typed: dict[str, str], status: int, field: str) -> None:
    browser = house.client(Role.MANAGER)
    post(browser, house.page("sites/new"), AUBAGNE)
    answer = post(browser, house.page("sites/new"), AUBAGNE | typed)
    assert answer.status_code == status and f'id="f-{field}-error"' in answer.text
    assert len(poles(house)) == 2


def test_a_pole_of_another_platform_is_not_there(house: House) -> None:
    assert house.client(Role.MANAGER).get(house.page("sites/999999/edit")).status_code == 404
