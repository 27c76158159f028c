"""Poles: a platform opens with one; its manager adds the others and says where they stand."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest

from mobility.geo.geocoder import NO_ANSWER, Found
from mobility.geo.places import Place, Precision
from mobility.rights import Role
from tests.browsing import post
from tests.house import House, make_house

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
        ({"address": "3 place du Marché"}, 409, "name"),
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
    other = make_house(house.app, house.clock, "chez-b")
    assert other.site_id != house.site_id
    assert house.client(Role.MANAGER).get(house.page(f"sites/{other.site_id}/edit")).status_code == 404
    assert other.client(Role.MANAGER).get(other.page(f"sites/{other.site_id}/edit")).status_code == 200


MARKET = Place(label="", postcode="13400", commune="Aubagne", insee="13005", lat=43.2927, lon=5.5701, precision=Precision.HOUSE)


class Search:
    """An address search that answers as it is told, and keeps two who ask at once until both are there."""

    def __init__(self, *, together: int = 1) -> None:
        self.answer, self.asked, self._together = Found(places=(MARKET,)), 0, Barrier(together)

    def find(self, text: str, *, limit: int = 5) -> Found:
        self._together.wait(10)
        self.asked += 1
        return self.answer


@pytest.mark.parametrize(
    ("change", "lat", "asked"),
    [
        ({"name": "Pôle de l’Est"}, MARKET.lat, 0),  # a new name moves nothing
        ({"address": "3 place du Marché"}, None, 1),  # the point of another address would be wrong; its town is not asked in vain
    ],
)
def test_a_pole_keeps_its_point_while_its_address_stands(
    house: House, monkeypatch: pytest.MonkeyPatch, change: dict[str, str], lat: float | None, asked: int
) -> None:
    browser, search = house.client(Role.MANAGER), Search()
    monkeypatch.setitem(house.app.extensions, "geocoder", search)
    post(browser, house.page("sites/new"), AUBAGNE)
    edit = house.page(f"sites/{poles(house)['Pôle d’Aubagne']['id']}/edit")
    search.answer, search.asked = Found(reason=NO_ANSWER), 0
    post(browser, edit, AUBAGNE | change)
    assert (poles(house)[(AUBAGNE | change)["name"]]["lat"], search.asked) == (lat, asked)
    search.answer = Found(places=(MARKET,))
    post(browser, edit, AUBAGNE | change)
    assert poles(house)[(AUBAGNE | change)["name"]]["lat"] == MARKET.lat, "what was not found is asked again"


def test_a_pole_sent_twice_at_once_is_one(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(house.app.extensions, "geocoder", Search(together=2))
    headers = house.bearer(Role.MANAGER)

    def send(_: int) -> tuple[int, Any]:
        answer = house.app.test_client().post(house.api("sites"), json=AUBAGNE, headers=headers)
        return answer.status_code, (answer.json or {}).get("id")

    with ThreadPoolExecutor(2) as senders:
        first, second = senders.map(send, range(2))
    assert first == second and first[0] == 201
