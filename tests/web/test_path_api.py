"""People, liaison forms and paths by JSON, on both engines."""

from typing import Any

import pytest
from sqlalchemy import func, select

from mobility.db import db
from mobility.models import Beneficiary, LiaisonForm
from mobility.rights import Role
from tests.house import House, make_house

FORM = {
    "first_name": "Nadia",
    "last_name": "Ben Essai",
    "birth_on": "1998-07-14",
    "phone": "06 11 22 33 44",
    "motive": "job",
    "consent": True,
}


def count(house: House, table: Any) -> int:
    with house.reading():
        return db.session.scalar(select(func.count()).select_from(table)) or 0


def test_a_prescribers_token_sends_and_reads_their_own_forms(house: House) -> None:
    bearer, client = house.bearer(Role.PRESCRIBER), house.app.test_client()
    sent = client.post(house.api("liaison-forms"), json=FORM | {"job_kind": "temporary", "job_weekdays": [0, 5]}, headers=bearer)
    assert sent.status_code == 201, sent.text
    assert (sent.json["number"], sent.json["status"]) == ("FL-2026-0001", "received")
    assert client.get(house.api(f"liaison-forms/{sent.json['id']}"), headers=bearer).json["first_name"] == "Nadia"
    assert [f["number"] for f in client.get(house.api("liaison-forms?status=waiting"), headers=bearer).json["rows"]] == ["FL-2026-0001"]
    assert client.post(house.api(f"liaison-forms/{sent.json['id']}/accept"), json={}, headers=bearer).status_code == 403
    assert sent.json["beneficiary_id"] is None  # a file's number would tell that somebody was known before
    assert client.get(house.api(f"beneficiaries/{house.beneficiary_id}"), headers=bearer).status_code == 403
    assert client.get(house.api(f"liaison-forms/{sent.json['id']}/paper"), headers=bearer).data.startswith(b"%PDF")


def test_an_adviser_answers(house: House) -> None:
    client, prescriber, adviser = house.app.test_client(), house.bearer(Role.PRESCRIBER), house.bearer(Role.ADVISER)
    form = house.api(f"liaison-forms/{client.post(house.api('liaison-forms'), json=FORM, headers=prescriber).json['id']}")
    assert client.post(f"{form}/accept", json={}, headers=adviser).status_code == 409
    met = client.post(f"{form}/meet", json={"met_on": "2026-03-02"}, headers=adviser).json
    assert met["status"] == "met" and met["beneficiary_id"]
    refused = client.post(f"{form}/refuse", json={"reason": "no_need"}, headers=adviser)
    assert (refused.status_code, list(refused.json["errors"])) == (422, ["other_offer"])
    assert client.post(f"{form}/accept", json={}, headers=adviser).json["status"] == "accepted"
    assert client.get(form, headers=prescriber).json["status"] == "accepted"


@pytest.mark.parametrize(
    ("wrong", "field", "why"),
    [
        ({"birth_on": "1998-02-30"}, "birth_on", "a day that does not exist"),
        ({"birth_on": "14/07/98"}, "birth_on", "two digits for the year"),
        ({"birth_on": "2030-01-01"}, "birth_on", "born in the future"),
        ({"last_name": "x" * 300}, "last_name", "a name of 300 letters"),
        ({"first_name": "Na\x00dia"}, "first_name", "NUL"),
        ({"first_name": "?!"}, "first_name", "no letter"),
        ({"phone": "06 11"}, "phone", "half a number"),
        ({"phone": None}, "phone", "nowhere to call"),
        ({"contact_by": "mail"}, "email", "a mail preference without an address"),
        ({"consent": False}, "consent", "no agreement"),
        ({"consent": None}, "consent", "agreement unsaid"),
        ({"motive": "holidays"}, "motive", "an unknown reason"),
        ({"job_starts_on": "2026-03-09"}, "job_kind", "a start of nothing"),
        ({"job_kind": "permanent", "job_starts_on": "2026-03-09", "job_ends_on": "2026-03-01"}, "job_ends_on", "ends before it starts"),
        ({"job_kind": "permanent", "job_one_way_tenths": 12.5}, "job_one_way_tenths", "a float"),
        ({"job_kind": "permanent", "job_weekdays": [7]}, "job_weekdays.0", "an eighth day"),
        ({"debts": 3}, "debts", "a field that nobody asked"),
    ],
)
def test_bad_input_is_named_and_leaves_nothing(house: House, wrong: dict[str, Any], field: str, why: str) -> None:
    answer = house.app.test_client().post(house.api("liaison-forms"), json=FORM | wrong, headers=house.bearer(Role.PRESCRIBER))
    assert (answer.status_code, list(answer.json["errors"])) == (422, [field]), why
    assert (count(house, LiaisonForm), count(house, Beneficiary)) == (0, 1)


def test_an_arabic_name_is_a_name(house: House) -> None:
    sent = house.app.test_client().post(
        house.api("liaison-forms"), json=FORM | {"first_name": "فاطمة", "last_name": "العربي"}, headers=house.bearer(Role.PRESCRIBER)
    )
    assert (sent.status_code, sent.json["first_name"]) == (201, "فاطمة")


def test_people_their_papers_jobs_actions_and_meetings(house: House) -> None:
    client, bearer = house.app.test_client(), house.bearer(Role.ADVISER)
    person = {k: FORM[k] for k in ("first_name", "last_name", "birth_on", "phone")}
    made = client.post(house.api("beneficiaries"), json=person, headers=bearer)
    assert (made.status_code, made.json["phone"], made.json["number"]) == (201, "+33611223344", "P-00002")
    assert client.post(house.api("beneficiaries"), json=person, headers=bearer).status_code == 409
    here = house.api(f"beneficiaries/{made.json['id']}")
    assert client.patch(here, json={"commune": "Ceyreste"}, headers=bearer).json["commune"] == "Ceyreste"
    assert [p["id"] for p in client.get(house.api("beneficiaries?q=nadia+ben"), headers=bearer).json["rows"]] == [made.json["id"]]

    def post(path: str, sent: dict[str, Any]) -> Any:
        answer = client.post(f"{here}/{path}", json=sent, headers=bearer)
        assert answer.status_code == 201, answer.text
        return answer.json

    licence = {"kind": "licence", "category": "B", "issued_on": "2020-06-02", "automatic_only": True}
    assert post("documents", licence)["restriction"] == "78"
    assert post("jobs", {"kind": "permanent", "starts_on": "2026-03-09", "one_way_tenths": 184, "weekdays": [0, 1, 6]})["weekdays"] == [
        0,
        1,
        6,
    ]
    action = post("actions", {"kind": "accompanied", "started_on": "2026-03-02", "charter_accepted": True})
    assert action["charter_on"] == "2026-03-02"
    assert client.post(f"{here}/actions", json={"kind": "accompanied", "started_on": "2026-03-02"}, headers=bearer).status_code == 422
    ended = client.post(house.api(f"actions/{action['id']}/end"), json={"ended_on": "2026-03-02"}, headers=bearer)
    assert ended.json["ended_on"] == "2026-03-02"
    meeting = post("meetings", {"kind": "first", "starts_at": "2026-03-03T09:00", "site_id": house.site_id})
    assert client.post(house.api(f"meetings/{meeting['id']}/cancel"), json={}, headers=bearer).json["cancelled_at"]
    assert client.post(f"{here}/without-bank", json={"on": "2026-03-01"}, headers=bearer).json["without_bank_declared_on"] == "2026-03-01"
    assert [len(client.get(f"{here}/{what}", headers=bearer).json) for what in ("documents", "jobs", "actions", "meetings")] == [1, 1, 1, 1]


def test_a_distance_is_an_estimate_and_says_so(house: House) -> None:
    client, bearer = house.app.test_client(), house.bearer(Role.ADVISER)
    answer = client.get(house.api("trips?start=Aubagne&end=La+Ciotat"), headers=bearer).json
    assert answer["is_estimate"] and 15 < answer["km"] < 22 and "estimation" in answer["sentence"]
    nowhere = client.get(house.api("trips?start=Aubagne&end=Zzyzx"), headers=bearer)
    assert (nowhere.status_code, list(nowhere.json["errors"])) == (422, ["end"])


@pytest.mark.parametrize("path", ["", "/documents", "/jobs", "/actions", "/meetings"])
def test_another_platforms_people_are_not_found(house: House, path: str) -> None:
    other = make_house(house.app, house.clock, "autre")
    answer = other.app.test_client().get(other.api(f"beneficiaries/{house.beneficiary_id}{path}"), headers=other.bearer(Role.ADVISER))
    assert answer.status_code == 404


def test_structures(house: House) -> None:
    client, bearer = house.app.test_client(), house.bearer(Role.MANAGER)
    made = client.post(house.api("structures"), json={"name": "Mission locale", "kind": "mission locale"}, headers=bearer)
    assert (made.status_code, made.json["code"]) == (201, "S02")
    wrong = client.post(house.api("structures"), json={"name": "X", "kind": "Y", "email_domain": "gmail.com"}, headers=bearer)
    assert (wrong.status_code, list(wrong.json["errors"])) == (422, ["email_domain"])
    closed = client.post(house.api(f"structures/{made.json['id']}/close"), json={}, headers=bearer)
    assert closed.json["closed_on"] == "2026-03-02"
    assert [s["code"] for s in client.get(house.api("structures"), headers=house.bearer(Role.PRESCRIBER)).json["rows"]] == ["S01"]
