"""The network's totals of a year: sums of each platform and of all of them, the same on the page and from the command line."""

import json
from typing import Any

import pytest

from mobility.money import euros
from mobility.rights import Role
from tests.house import House, make_house
from tests.money import make_rental


@pytest.fixture
def two(house: House) -> House:
    """Two platforms with a rental of 70 € each, and a third without anything."""
    for slug in ("voisine", "vide"):
        other = make_house(house.app, house.clock, slug)
        if slug == "voisine":
            make_rental(other)
    make_rental(house)
    return house


def told(house: House, year: int) -> Any:
    return json.loads(house.app.test_cli_runner().invoke(args=["report", "network", str(year)]).output)


def test_each_platform_and_all_of_them(two: House) -> None:
    answer = told(two, 2026)
    assert [(each["slug"], each["charged_cents"], each["paid_cents"]) for each in answer["platforms"]] == [
        ("essai", 7000, 0),
        ("vide", 0, 0),
        ("voisine", 7000, 0),
    ]
    together = answer["together"]
    assert together == {key: sum(each[key] for each in answer["platforms"]) for key in together}
    assert together["charged_cents"] == 14_000 and together["people"] >= 2
    assert told(two, 2025)["together"]["charged_cents"] == 0
    refused = two.app.test_cli_runner().invoke(args=["report", "network", "1800"])
    assert refused.exit_code == 1 and "entre 1990 et 2100" in refused.output


def test_the_page_says_the_same_and_asks_for_another_year(two: House) -> None:
    browser = two.client(Role.NETWORK)
    page = browser.get("/network").text.replace("\xa0", " ").replace("\u202f", " ")
    assert page.count(euros(7000)) == 2 and page.count(euros(14_000)) == 1 and "Camille" not in page
    before = browser.get("/network?year=2025").text.replace("\xa0", " ")
    assert "L’année 2025" in before and euros(7000) not in before
    assert {browser.get(f"/network?year={wrong}").status_code for wrong in ("1800", "hier")} == {422}
