"""The assessment as JSON: the same way as on screen, and each wrong answer named."""

import pytest
from flask.testing import FlaskClient

from assessments import queries
from assessments.models import Assessment
from mobility.db import db
from mobility.rights import Role
from tests.actions.test_assessments import make_answers, make_assessment
from tests.house import House


def test_declared_needs_have_words_and_no_figure(house: House, client: FlaskClient) -> None:
    made = make_assessment(house, answers=make_answers(2))
    told = client.get(house.api(f"assessments/{made}"), headers=house.bearer(Role.ADVISER)).get_json()
    needs = [line for line in told["dimensions"] if line["percent"] is None]
    assert len(needs) == 2 and all(line["said"] for line in needs)
    with house.reading():
        assert len(queries.sheet_of(db.session.get_one(Assessment, made)).counted) == 8


def test_the_api_goes_the_same_way(house: House, client: FlaskClient) -> None:
    me = house.bearer(Role.ADVISER)
    grid = client.get(house.api("grids/current"), headers=me).get_json()
    codes = [item["code"] for dimension in grid["dimensions"] for item in dimension["items"]]
    assert (grid["version"], len(codes)) == ("2026.1", 30)
    assert client.get(house.api("grids/1999"), headers=me).status_code == 404
    person = f"people/{house.beneficiary_id}"
    made = client.post(house.api(f"{person}/assessments"), json={"kind": "entry"}, headers=me)
    assert made.status_code == 201 and made.get_json()["potential"] is None
    path = f"assessments/{made.get_json()['id']}"
    assert client.patch(house.api(f"{path}/answers"), json=dict.fromkeys(codes[1:], 3), headers=me).status_code == 200
    left = client.post(house.api(f"{path}/finish"), headers=me)
    assert left.status_code == 422 and codes[0] in left.get_json()["errors"]
    client.patch(house.api(f"{path}/answers"), json={codes[0]: 3}, headers=me)
    done = client.post(house.api(f"{path}/finish"), headers=me).get_json()
    assert (done["potential"], done["number"], done["effectiveness"]) == (75, "B-2026-0001", None)
    assert client.patch(house.api(f"{path}/answers"), json={codes[0]: 1}, headers=me).status_code == 409
    states = {c["kind"]: c["state"] for c in client.get(house.api(f"{person}/clearances"), headers=me).get_json()}
    assert states["car"] == "not_yet"
    opened = client.post(house.api(f"{person}/evaluations"), json={"kind": "bike", "passed": True}, headers=me)
    assert (opened.status_code, opened.get_json()["state"]) == (200, "open")
    assert [one["id"] for one in client.get(house.api(f"{person}/assessments"), headers=me).get_json()] == [done["id"]]
    assert client.get(house.api(path), headers=house.bearer(Role.BENEFICIARY)).get_json()["sentence"] == done["sentence"]
    assert client.get(house.api(path), headers=house.bearer(Role.PRESCRIBER)).status_code == 403


@pytest.mark.parametrize(
    ("sent", "field"),
    [
        ({"reach": 5}, "reach"),
        ({"reach": 3.0}, "reach"),
        ({"reach": "3.0"}, "reach"),
        ({"reach": True}, "reach"),
        ({"flying": 1}, "flying"),
    ],
)
def test_the_api_names_the_wrong_answer(house: House, client: FlaskClient, sent: dict[str, object], field: str) -> None:
    made = make_assessment(house, answers={}, finished=False)
    answer = client.patch(house.api(f"assessments/{made}/answers"), json=sent, headers=house.bearer(Role.ADVISER))
    assert answer.status_code == 422 and list(answer.get_json()["errors"]) == [field]
    with house.reading():
        assert db.session.get_one(Assessment, made).answers == {}
