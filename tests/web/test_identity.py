"""Who the platform is: typed by its manager, printed on every paper, the same by JSON."""

import pytest

from mobility.queries.letterhead import letterhead
from mobility.rights import Role
from tests.browsing import post
from tests.house import House

TYPED = {
    "name": "Cap Mobilité",
    "legal_name": "Association Cap",
    "siren": "123 456 789",
    "phone": "+33465710010",
    "email": "cap@example.org",
}


def test_what_the_manager_types_stands_on_the_next_paper(house: House) -> None:
    browser = house.client(Role.MANAGER)
    assert "Plateforme essai" in browser.get(house.page("identity")).text
    assert post(browser, house.page("identity"), TYPED).status_code == 303
    with house.reading():
        head = letterhead()
    assert (head.name, head.legal_line, head.phone, head.address) == (
        "Cap Mobilité",
        "Association Cap, SIREN 123456789",
        "04 65 71 00 10",
        "",
    )
    assert "Cap Mobilité</b>" in browser.get(house.page("identity")).text, "the frame says it at once"
    api = house.app.test_client().put(house.api("identity"), json={"name": "Cap"}, headers=house.bearer(Role.MANAGER))
    assert (api.status_code, api.get_json()["name"], api.get_json()["siren"]) == (200, "Cap", None), "left out, no longer printed"


@pytest.mark.parametrize(
    ("field", "typed", "why"),
    [
        ("siren", "12345678", "eight figures"),
        ("siren", "FR123456789", "letters"),
        ("siren", "١٢٣٤٥٦٧٨٩", "figures of another script"),
        ("phone", "12", "no number"),
        ("email", "cap", "no address"),
        ("name", "", "nobody without a name"),
    ],
)
def test_what_no_paper_may_say_is_refused_beside_its_field(house: House, field: str, typed: str, why: str) -> None:
    answer = post(house.client(Role.MANAGER), house.page("identity"), TYPED | {field: typed})
    assert answer.status_code == 422 and f'id="f-{field}-error"' in answer.text, why
    with house.reading():
        assert letterhead().name == "Plateforme essai"
