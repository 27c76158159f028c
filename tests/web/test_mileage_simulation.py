"""The mileage simulator: public, as a page and as JSON, with its sentence; a wrong input is named."""

from typing import Any

import pytest
from flask.testing import FlaskClient

ASKED = {"one_way_km": 18, "worked_days": 5, "granted_km": 0, "driven_km": 180}


def test_the_worked_example_of_the_domain(client: FlaskClient) -> None:
    answer = client.post("/api/v1/simulations/mileage", json=ASKED)
    assert answer.status_code == 200
    assert answer.json == {
        "cap_km": 216.0,
        "ratio": pytest.approx(180 / 216),
        "state": "near",
        "sentence": "180 km sur 216 autorisés : il reste 36 km.",
    }


def test_no_cap_has_no_ratio(client: FlaskClient) -> None:
    answer = client.post("/api/v1/simulations/mileage", json=ASKED | {"worked_days": 0, "driven_km": 0})
    assert answer.json is not None
    assert (answer.json["cap_km"], answer.json["ratio"], answer.json["state"]) == (0, None, "fine")


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"one_way_km": 501}, "one_way_km"),
        ({"one_way_km": -1}, "one_way_km"),
        ({"one_way_km": True}, "one_way_km"),
        ({"one_way_km": "18"}, "one_way_km"),
        ({"worked_days": 367}, "worked_days"),
        ({"worked_days": 5.0}, "worked_days"),
        ({"driven_km": float("nan")}, "driven_km"),
        ({"granted_km": float("inf")}, "granted_km"),
        ({"days": 3}, "days"),
    ],
)
def test_a_wrong_input_is_422_with_its_field_named(client: FlaskClient, wrong: dict[str, Any], field: str) -> None:
    answer = client.post("/api/v1/simulations/mileage", json=ASKED | wrong)
    assert answer.status_code == 422
    assert answer.content_type == "application/problem+json"
    assert list(answer.get_json()["errors"]) == [field]


def test_the_page_answers_what_french_hands_type(client: FlaskClient) -> None:
    assert client.get("/simulations/mileage").status_code == 200
    page = client.get("/simulations/mileage?one_way_km=17,5&worked_days=5&driven_km=230")
    assert page.status_code == 200
    assert "20\u00a0km de trop" in page.text


def test_the_page_keeps_what_was_typed_beside_the_error(client: FlaskClient) -> None:
    page = client.get("/simulations/mileage?one_way_km=loin&worked_days=5")
    assert page.status_code == 422
    assert 'value="loin"' in page.text
    assert "Un nombre de kilomètres est attendu" in page.text


@pytest.mark.parametrize(
    "body",
    [b'{"one_way_km": ' + b"9" * 5000 + b"}", b'{"one_way_km": ' + b"[" * 100_000, b'{"one_way_km": "\xff"}', b'{"one_way_km": 18'],
    ids=["thousands of digits", "thousands of brackets", "no UTF-8", "cut short"],
)
def test_what_is_no_json_is_refused_in_words(client: FlaskClient, body: bytes) -> None:
    answer = client.post("/api/v1/simulations/mileage", data=body, content_type="application/json")
    assert answer.status_code == 400
    assert answer.json is not None
    assert "n’est pas du JSON lisible" in str(answer.json["errors"])
