"""What an attacker tries first: somebody else's number, another host, another verb, another type."""

from typing import Any

import pytest
from sqlalchemy import select

from mobility.db import db
from mobility.models import Message, Structure
from mobility.rights import Role
from tests.browsing import post
from tests.house import House, make_beneficiary


def test_a_beneficiary_reaches_no_page_of_another_person(house: House) -> None:
    with house.writing():
        other = make_beneficiary(house.clock, number="P-09998", first_name="Odile", identity_key="odile", email=None)
        db.session.add(other)
        db.session.flush()
        other_id = other.id
    rules = [r for r in house.app.url_map.iter_rules() if "GET" in (r.methods or ()) and "beneficiary_id" in r.arguments]
    client, bearer = house.client(Role.BENEFICIARY), house.bearer(Role.BENEFICIARY)
    tried = 0
    for rule in rules:
        values = {name: 1 for name in rule.arguments} | {"slug": house.slug, "beneficiary_id": other_id}
        _, path = rule.build(values) or ("", "")
        answer = client.get(path, headers=bearer if path.startswith("/api/") else {})
        assert answer.status_code in (403, 404) and "Odile" not in answer.text, path
        tried += 1
    assert tried > 10


def test_a_mailed_link_names_our_host_whatever_host_is_asked(house: House) -> None:
    asked = {"email": f"{Role.PRESCRIBER}.{house.slug}@example.org"}
    client = house.app.test_client()
    post(client, house.page("forgotten"), asked, headers={"X-Forwarded-Host": "evil.example.net", "Forwarded": "host=evil.example.net"})
    with house.reading():
        body = db.session.scalars(select(Message.body)).one()
    assert "http://127.0.0.1:8000/p/essai/link/" in body and "evil" not in body


@pytest.mark.parametrize("how", [{"headers": {"X-HTTP-Method-Override": "DELETE"}}, {"query_string": {"_method": "DELETE"}}])
def test_a_verb_is_what_it_is(house: House, how: dict[str, Any]) -> None:
    path, bearer = house.api(f"accounts/{house.accounts[Role.MECHANIC]}"), house.bearer(Role.MANAGER)
    answer = house.app.test_client().post(path, json={}, **{**how, "headers": bearer | how.get("headers", {})})
    assert answer.status_code == 405
    assert house.client(Role.MECHANIC).get(house.page("desk")).status_code == 200


@pytest.mark.parametrize("body", [[], "x", 1, None, {"name": ["a"], "kind": {"$ne": ""}}, {"name": "a", "kind": "b", "platform_id": 2}])
def test_json_of_another_type_or_with_more_than_asked_is_refused(house: House, body: object) -> None:
    answer = house.app.test_client().post(house.api("structures"), json=body, headers=house.bearer(Role.MANAGER))
    assert answer.status_code in (400, 422), answer.text
    with house.reading():
        assert len(db.session.scalars(select(Structure.id)).all()) == 1


def test_no_line_of_a_name_becomes_a_header_of_a_mail(house: House) -> None:
    told = {"name": "Ada\r\nBcc: eve@example.org", "email": "ada@example.org", "role": "adviser"}
    assert post(house.client(Role.MANAGER), house.page("accounts/new"), told).status_code == 422
    told |= {"name": "Ada", "email": "ada@example.org\nbcc:eve@example.org"}
    assert post(house.client(Role.MANAGER), house.page("accounts/new"), told).status_code == 422


@pytest.mark.parametrize("back", ["//evil.example.net", "/p/voisine/", "/\\evil.example.net", "/p/essai\\@evil", "javascript:1"])
def test_the_door_leads_to_our_own_pages_only(house: House, back: str) -> None:
    from_inside = house.client(Role.ADVISER).get(house.page("login"), query_string={"next": back})
    assert from_inside.headers["Location"] == house.page("")
