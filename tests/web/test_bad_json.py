"""What no client should send to the API: refused with 400, 404 or 422, in words, beside the field; never a fault, never half-written."""

from typing import Any

import pytest
from sqlalchemy import func, select

from mobility.db import db
from mobility.models import Beneficiary
from mobility.rights import Role
from tests.house import House

PERSON = b'{"first_name": "Ana\xc3\xafs", "last_name": "Essai", "birth_on": "1990-05-17", "phone": "06 39 98 00 01"}'
FIELDS = {
    "a NUL byte": (b'{"first_name": "An\\u0000a", "last_name": "E", "birth_on": "1990-05-17"}', "first_name"),
    "half a surrogate": (b'{"first_name": "An\\ud800a", "last_name": "E", "birth_on": "1990-05-17"}', "first_name"),
    "a very long text": (b'{"first_name": "' + b"a" * 100_000 + b'", "last_name": "E", "birth_on": "1990-05-17"}', "first_name"),
    "a number for a text": (b'{"first_name": 1e400, "last_name": "E", "birth_on": "1990-05-17"}', "first_name"),
    "nested JSON for a text": (b'{"first_name": {"first_name": {}}, "last_name": "E", "birth_on": "1990-05-17"}', "first_name"),
    "a day that never was": (b'{"first_name": "A", "last_name": "E", "birth_on": "1990-02-30"}', "birth_on"),
    "a year of two digits": (b'{"first_name": "A", "last_name": "E", "birth_on": "90-02-20"}', "birth_on"),
    "a day of another world": (b'{"first_name": "A", "last_name": "E", "birth_on": "99999-02-20"}', "birth_on"),
    "other scripts' digits": ('{"first_name": "A", "last_name": "E", "birth_on": "١٩٩٠-٠٥-١٧"}'.encode(), "birth_on"),
    "a day as a number": (b'{"first_name": "A", "last_name": "E", "birth_on": 19900517}', "birth_on"),
    "a field nobody knows": (b'{"first_name": "A", "last_name": "E", "birth_on": "1990-05-17", "admin": true}', "admin"),
    "a key told twice": (b'{"first_name": "A", "first_name": "B", "last_name": "E", "birth_on": "1990-05-17"}', "first_name"),
}
BODIES = {
    "broken UTF-8": b'{"first_name": "\xff\xfe"}',
    "not JSON": b"{first_name: A}",
    "cut": PERSON[:-9],
    "thousands of brackets": b"[" * 50_000,
    "thousands of digits": b'{"first_name": ' + b"9" * 10_000 + b"}",
    "a list": b"[]",
    "a bare number": b"1e400",
    "nothing": b"",
}


def send(house: House, body: bytes, kind: str = "application/json", path: str = "beneficiaries") -> Any:
    return house.app.test_client().post(house.api(path), data=body, content_type=kind, headers=house.bearer(Role.MANAGER))


def people(house: House) -> int:
    with house.reading():
        return db.session.scalar(select(func.count()).select_from(Beneficiary)) or 0


def test_each_absurd_field_is_refused_by_name(house: House) -> None:
    before = people(house)
    for what, (body, field) in FIELDS.items():
        answer = send(house, body)
        assert answer.status_code in (400, 422), what
        assert answer.mimetype == "application/problem+json"
        assert answer.get_json()["errors"][field].endswith((".", "ici.")), what
    assert people(house) == before


def test_each_unreadable_body_is_refused_in_words(house: House) -> None:
    before = people(house)
    for what, body in BODIES.items():
        answer = send(house, body)
        assert answer.status_code in (400, 422), what
        assert answer.get_json()["title"] == answer.get_json()["detail"] != "", what
    for kind in ("text/plain", "application/x-www-form-urlencoded", "multipart/form-data", "image/png"):
        assert send(house, PERSON, kind).get_json()["errors"]["first_name"] == "Cette réponse est nécessaire.", kind
    assert people(house) == before


@pytest.mark.parametrize("cents", ["1e400", str(10**30), "-1", "0.5", '"1_000"', '"١٢"', "true", "NaN", "Infinity"])
def test_each_absurd_amount_is_refused_by_name(house: House, cents: str) -> None:
    body = b'{"label": "T", "from_on": "2026-04-01", "car": ' + cents.encode() + b"}"
    answer = send(house, body, path="money/tariffs")
    assert answer.status_code == 422
    assert answer.get_json()["errors"]["car"]


@pytest.mark.parametrize("number", [2**63, 10**30, "9" * 5000, "١", "-1", "0x1", "1e3"])
def test_what_cannot_be_an_id_is_no_address_of_ours(house: House, number: Any) -> None:
    assert house.client(Role.MANAGER).get(house.page(f"people/{number}")).status_code == 404
    answer = house.app.test_client().get(house.api(f"beneficiaries/{number}"), headers=house.bearer(Role.MANAGER))
    assert (answer.status_code, answer.mimetype) == (404, "application/problem+json")


def test_the_largest_id_is_looked_for_and_not_found(house: House) -> None:
    assert house.client(Role.MANAGER).get(house.page(f"people/{2**63 - 1}")).status_code == 404
