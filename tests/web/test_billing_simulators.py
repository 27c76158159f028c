"""The two billing simulators, as JSON and as pages: public, stateless, exact."""

import json
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import event

from mobility.db import db
from mobility.web.edge import PointEtape

WEEK = {"kind": "car", "first_day": "2026-03-02", "last_day": "2026-03-08", "tiers": []}
RISE = {"first_rent_cents": 0, "second_rent_cents": 4600, "target_cents": 22000}
LOAN = {"principal_cents": 500_000, "yearly_rate": 0.05, "months": 24}


def ask(client: FlaskClient, name: str, body: Any) -> Any:
    sent = body if isinstance(body, str) else json.dumps(body)
    return client.post(f"/api/v1/simulations/{name}", data=sent, content_type="application/json")


def test_a_week_at_half_price(client: FlaskClient) -> None:
    answer = ask(client, "rental", WEEK | {"tiers": [{"tier": "qpv", "from": "2026-03-01"}]})
    assert answer.status_code == 200
    assert answer.json["total_cents"] == 1750
    assert answer.json["days"][0] == {"day": "2026-03-02", "tier": "qpv", "cents": 250}
    assert answer.json["sentence"] == "Voiture à 5 €, demi-tarif quartier prioritaire, 7 jours : 17,50 €"


def test_rsa_until_wednesday_that_day_included(client: FlaskClient) -> None:
    answer = ask(client, "rental", WEEK | {"tiers": [{"tier": "rsa", "from": "2026-01-01", "to": "2026-03-04"}]})
    assert [day["cents"] for day in answer.json["days"]] == [0, 0, 0, 500, 500, 500, 500]


def test_the_preset_schedule(client: FlaskClient) -> None:
    answer = ask(client, "schedule", RISE)
    assert [month["rent_cents"] for month in answer.json["months"]] == [0, 4600, 10400, 16200, 22000]
    assert answer.json["months"][0]["covers"] == ["rental", "fuel", "insurance"]
    assert answer.json["months"][4] == {"month": 5, "rent_cents": 22000, "covers": ["insurance"]}
    assert answer.json["instalment_cents"] is None
    assert answer.json["sentence"] == "Gratuit le premier mois, puis 46 €, 104 €, 162 € et 220 € les mois suivants."


@pytest.mark.parametrize(
    ("rate", "cents"),
    [
        ("0.05", 21936),  # domain.md §3.3
        ("0", 20833),  # an integer, P / n
        ("0E-20", 20833),  # zero however it is written
        ("0.0499999999999999999999999999999999", 21936),  # more digits than a float holds
        ("5e-324", 20833),  # as small as a float can be
    ],
)
def test_a_loans_instalment_from_a_rate_read_exactly(client: FlaskClient, rate: str, cents: int) -> None:
    loan = json.dumps(LOAN).replace("0.05", rate)
    answer = ask(client, "schedule", f'{{"first_rent_cents": 0, "second_rent_cents": 4600, "loan": {loan}}}')
    assert answer.json["instalment_cents"] == cents == answer.json["months"][4]["rent_cents"]


RENTAL_FAULTS: list[tuple[dict[str, Any], str, str]] = [
    ({"kind": "tank"}, "kind", "not a vehicle"),
    ({"kind": None}, "kind", "nothing"),
    ({"first_day": "2026-02-30"}, "first_day", "no such day"),
    ({"first_day": "02/03/2026"}, "first_day", "not ISO"),
    ({"first_day": 20260302}, "first_day", "a number"),
    ({"last_day": "2026-03-01"}, "last_day", "end before start"),
    ({"last_day": "2027-03-03"}, "last_day", "367 days"),
    ({"tiers": [{"tier": "gold", "from": "2026-01-01"}]}, "tiers.0.tier", "an unknown tier"),
    ({"tiers": [{"tier": "rsa"}]}, "tiers.0.from", "no start"),
    ({"tiers": [{"tier": "rsa", "from": "2026-03-05", "to": "2026-03-04"}]}, "tiers", "a tier that ends before it begins"),
    ({"tiers": "rsa"}, "tiers", "no list"),
    ({"tiers": ["rsa"]}, "tiers.0", "no object"),
    ({"colour": "red"}, "colour", "a stranger"),
]
SCHEDULE_FAULTS: list[tuple[dict[str, Any], str, str]] = [
    ({"first_rent_cents": 0.5}, "first_rent_cents", "float cents"),
    ({"first_rent_cents": 1.0}, "first_rent_cents", "a float all the same"),
    ({"second_rent_cents": True}, "second_rent_cents", "a boolean"),
    ({"second_rent_cents": "46"}, "second_rent_cents", "a text"),
    ({"second_rent_cents": -1}, "second_rent_cents", "below zero"),
    ({"target_cents": float("nan")}, "target_cents", "NaN"),
    ({"target_cents": 10**40}, "target_cents", "more money than there is"),
    ({"loan": LOAN}, "target_cents", "both"),
    ({"target_cents": None}, "target_cents", "neither"),
    ({"target_cents": None, "loan": LOAN | {"principal_cents": 800_001}}, "loan.principal_cents", "beyond a microcredit"),
    ({"target_cents": None, "loan": LOAN | {"principal_cents": 5000.5}}, "loan.principal_cents", "float cents in the loan"),
    ({"target_cents": None, "loan": LOAN | {"months": 85}}, "loan.months", "too long"),
    ({"target_cents": None, "loan": LOAN | {"months": 0}}, "loan.months", "no time at all"),
    ({"target_cents": None, "loan": LOAN | {"yearly_rate": -0.01}}, "loan.yearly_rate", "a negative rate"),
    ({"target_cents": None, "loan": LOAN | {"yearly_rate": True}}, "loan.yearly_rate", "a boolean rate"),
    ({"target_cents": None, "loan": LOAN | {"yearly_rate": "0.05"}}, "loan.yearly_rate", "a text"),
    ({"target_cents": None, "loan": LOAN | {"yearly_rate": float("nan")}}, "loan.yearly_rate", "NaN as a rate"),
    ({"target_cents": None, "loan": LOAN | {"yearly_rate": float("inf")}}, "loan.yearly_rate", "no finite rate"),
    ({"target_cents": None, "loan": {}}, "loan.months", "an empty loan"),
    ({"target_cents": None, "loan": 5}, "loan", "no object"),
]
CASES = [("rental", WEEK | more, field, why) for more, field, why in RENTAL_FAULTS]
CASES += [("schedule", RISE | more, field, why) for more, field, why in SCHEDULE_FAULTS]


@pytest.mark.parametrize(("name", "body", "field", "why"), CASES, ids=[f"{case[0]}: {case[3]}" for case in CASES])
def test_a_wrong_input_is_422_with_its_field(client: FlaskClient, name: str, body: dict[str, Any], field: str, why: str) -> None:
    answer = ask(client, name, body)
    assert answer.status_code == 422, why
    assert answer.content_type == "application/problem+json"
    assert field in answer.json["errors"]
    assert "." in answer.json["errors"][field]  # a sentence


@pytest.mark.parametrize("rate", ["1e400", "1e-999999999", "1" * 4000])
def test_a_rate_no_loan_ever_had_is_refused_at_once(client: FlaskClient, rate: str) -> None:
    body = json.dumps({"first_rent_cents": 0, "second_rent_cents": 1, "loan": LOAN}).replace("0.05", rate)
    answer = ask(client, "schedule", body)
    assert (answer.status_code, list(answer.json["errors"])) == (422, ["loan.yearly_rate"])


@pytest.mark.parametrize(
    "body", ["", "{", "[" * 100_000, '{"kind": ' + "1" * 5000 + "}", "\ud800"], ids=["empty", "cut", "deep", "digits", "utf-8"]
)
def test_what_is_no_json_is_refused_in_words(client: FlaskClient, body: str) -> None:
    sent = body.encode("utf-8", "surrogatepass")
    answer = client.post("/api/v1/simulations/rental", data=sent, content_type="application/json")
    assert answer.status_code in (400, 422)
    assert answer.json["title"]


def test_the_simulators_read_no_database(app: PointEtape, client: FlaskClient) -> None:
    statements: list[str] = []
    with app.app_context():
        engine = db.engine
    listen = (engine, "before_cursor_execute", lambda *args: statements.append(args[2]))
    event.listen(*listen)
    try:
        assert ask(client, "rental", WEEK).status_code == ask(client, "schedule", RISE).status_code == 200
        assert client.get("/simulations/rental", query_string={"kind": "car"}).status_code == 422
        assert client.get("/simulations/schedule").status_code == 200
    finally:
        event.remove(*listen)
    assert statements == []


def test_the_rental_page_answers_in_one_sentence(client: FlaskClient) -> None:
    asked = {"kind": "car", "first_day": "02/03/2026", "last_day": "2026-03-08", "from_on": "2026-01-01", "to_on": "04/03/2026"}
    answer = client.get("/simulations/rental", query_string=asked)
    assert answer.status_code == 200
    assert "3 jours gratuits (RSA) et 4 jours au plein tarif, 7 jours\u00a0: 20\u00a0€" in answer.text


def test_the_schedule_page_shows_stairs_and_their_table(client: FlaskClient) -> None:
    asked = {
        "first_rent_cents": "0",
        "second_rent_cents": "46",
        "loan.principal_cents": "5 000",
        "loan.yearly_rate": "5",
        "loan.months": "24",
    }
    answer = client.get("/simulations/schedule", query_string=asked)
    assert answer.status_code == 200
    assert "219,36\u00a0€" in answer.text
    assert 'src="data:image/svg+xml,' in answer.text


@pytest.mark.parametrize(
    ("page", "asked", "field"),
    [
        ("rental", {"kind": "car", "first_day": "2026-03-08", "last_day": "2026-03-02"}, "last_day"),  # end before start
        ("rental", {"kind": "car", "first_day": "2026-03-02", "last_day": "2026-03-08", "to_on": "2026-03-04"}, "from_on"),  # RSA since?
        ("schedule", {"first_rent_cents": "gratuit", "second_rent_cents": "46", "target_cents": "220"}, "first_rent_cents"),  # words
        ("schedule", {"first_rent_cents": "0", "second_rent_cents": "46", "loan.months": "24"}, "loan.principal_cents"),  # half a loan
        ("schedule", {"first_rent_cents": "0", "second_rent_cents": "46"}, "target_cents"),  # nowhere to go
    ],
)
def test_a_page_says_what_is_wrong_beside_its_field_and_keeps_what_was_typed(
    client: FlaskClient, page: str, asked: dict[str, str], field: str
) -> None:
    answer = client.get(f"/simulations/{page}", query_string=asked)
    assert answer.status_code == 422
    assert f'id="f-{field}-error"' in answer.text
    typed = next(value for name, value in asked.items() if name != "kind")
    assert f'value="{typed}"' in answer.text
