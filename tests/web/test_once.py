"""A key of the API answers for one demand of one account: method, address, query and body."""

from typing import Any

import pytest

from mobility.rights import Role
from tests.browsing import post
from tests.house import House

NEW = {"name": "Mission locale d’essai", "kind": "mission locale"}
KEY = {"Idempotency-Key": "k-1"}


@pytest.mark.parametrize(
    "other",
    [
        {"method": "PUT", "path": "structures/{}"},
        {"path": "structures/{}/close", "json": NEW},
        {"query_string": {"b": "2"}},
        {"json": NEW | {"name": "Une autre"}},
    ],
    ids=["method and path", "path", "query", "body"],
)
def test_the_same_key_for_another_demand_is_refused(house: House, other: dict[str, Any]) -> None:
    client, headers = house.app.test_client(), house.bearer(Role.MANAGER) | KEY

    def send(path: str = "structures", method: str = "POST", **asked: Any) -> Any:
        plain: dict[str, Any] = {"query_string": {"a": "1"}, "json": NEW}
        return client.open(house.api(path.format(house.structure_id)), method=method, headers=headers, **(plain | asked))

    done = send()
    assert done.status_code == 201, done.json
    assert send().json == done.json
    refused = send(**other)
    assert (refused.status_code, list(refused.json["errors"])) == (422, ["Idempotency-Key"]), refused.json


def test_a_key_is_its_accounts_own(house: House) -> None:
    client = house.app.test_client()
    for role in (Role.MANAGER, Role.ADVISER):
        done = client.post(house.api("structures"), json=NEW | {"name": role}, headers=house.bearer(role) | KEY)
        assert (done.status_code, done.json["name"]) == (201, role)  # type: ignore[index]


def test_a_pages_form_sent_with_another_query_is_another_demand(house: House) -> None:
    manager, told = house.client(Role.MANAGER), {"name": "Ada", "email": "ada@example.org", "role": "adviser", "once": "o"}
    assert post(manager, house.page("accounts/new"), told).status_code == 303
    assert post(manager, house.page("accounts/new?x=1"), told).status_code == 409
