"""The mobility booklet: confirmed from an experience, shown by a link for a time, and nothing of it shows otherwise."""

import json
from collections.abc import Callable
from datetime import date
from io import BytesIO
from typing import Any
from urllib.parse import urlsplit
from zipfile import ZipFile

import pytest
from sqlalchemy import select
from werkzeug.test import TestResponse

from assessments.booklet import actions, views
from assessments.booklet.contents import ASSESSMENTS, COMPETENCES, EXPERIENCES, MOST_LOOKS_A_MINUTE, MOST_SHARES, TRAINING
from assessments.booklet.models import BookletLook, BookletShare, Competence, Confirmation
from mobility.actions.links import LinkGone
from mobility.actions.people import record_job, register_beneficiary, see_document
from mobility.crypto import hash_token
from mobility.db import db
from mobility.models import AuditEntry, FileLook, Link
from mobility.rights import Role
from tests.browsing import post
from tests.house import House, make_house
from tests.ports.read_pdf import words
from tests.statements import counted

BAKERY, SCHOOL = "Boulangerie du Four Carré", "Auto-école des Deux Rives"
CAR, MAP = "Conduire une voiture", "Se repérer avec un plan"


def lived(house: House) -> int:
    """Two competences, one confirmed from an experience; a training and a licence that the file knows. The experience's id."""
    staff = house.client(Role.ADVISER)
    own = house.client(Role.BENEFICIARY)
    assert post(own, house.page("me/booklet/competences"), {"codes": ["drive_car", "read_map"]}).status_code == 303
    told = {"kind": "permanent", "employer": BAKERY, "starts_on": "2025-09-01", "ends_on": "2026-01-31"}
    there = post(staff, house.page(f"people/{house.beneficiary_id}/experiences"), told).location
    assert post(staff, f"{there}/confirm", {"codes": ["drive_car"]}).status_code == 303
    with house.writing():
        by_now: dict[str, Any] = {"by": house.viewer(Role.ADVISER), "now": house.clock()}
        record_job(house.beneficiary_id, kind="training", employer=SCHOOL, starts_on=date(2025, 2, 3), **by_now)
        see_document(house.beneficiary_id, kind="licence", category="B", issued_on=date(2020, 5, 4), **by_now)
    return int(there.rsplit("/", 1)[1])


def share(house: House, *chosen: str, lasts: str = "week") -> str:
    """The address of a new link of the person's, as they read it once."""
    made = post(house.client(Role.BENEFICIARY), house.page("me/booklet/shares"), {"pages": [*chosen], "lasts": lasts})
    assert made.status_code == 200, made.text
    return "/p/" + made.text.partition('class="secret">')[2].partition("<")[0].partition("/p/")[2]


def opened(house: House, address: str) -> TestResponse:
    return house.client(None).get(address)


def rows(house: House, table: type[Any]) -> list[Any]:
    with house.reading():
        return list(db.session.scalars(select(table).order_by(table.id)))


def test_a_competence_is_to_be_verified_until_an_experience_confirms_it(house: House) -> None:
    experience_id = lived(house)
    own = house.client(Role.BENEFICIARY).get(house.page("me/booklet")).text
    assert "à vérifier" in own and "confirmée" in own and BAKERY in own and SCHOOL in own and "Permis B" in own
    assert "Confirmée par" in own and house.page("me/booklet/competences") in own
    # What is confirmed stays whatever the person ticks; what is not goes.
    post(house.client(Role.BENEFICIARY), house.page("me/booklet/competences"), {})
    assert [row.code for row in rows(house, Competence)] == ["drive_car"]
    # An experience noted by mistake takes its confirmations with it.
    post(house.client(Role.ADVISER), house.page(f"experiences/{experience_id}/withdraw"), {})
    assert rows(house, Confirmation) == []
    assert "Confirmée par" not in house.client(Role.BENEFICIARY).get(house.page("me/booklet")).text
    verbs = {row.verb for row in rows(house, AuditEntry)}
    assert verbs >= {"declare_competence", "note_experience", "confirm_competence", "drop_competence", "withdraw_experience"}


def test_an_experience_is_told_anew_and_refused_in_words(house: House) -> None:
    experience_id = lived(house)
    staff, there = house.client(Role.ADVISER), house.page(f"experiences/{experience_id}")
    told = {"kind": "internship", "employer": "Maison Neuve", "starts_on": "2025-09-01"}
    early = post(staff, f"{there}/change", told | {"ends_on": "2025-08-01"})
    assert early.status_code == 422 and "La fin précède le début." in early.text and "Maison Neuve" in early.text
    assert post(staff, f"{there}/change", told).status_code == 303
    assert "Stage, depuis le" in staff.get(house.page(f"people/{house.beneficiary_id}/booklet")).text.replace("\xa0", " ")
    unknown = post(staff, f"{there}/confirm", {"codes": ["team"]})
    assert unknown.status_code == 422 and "d’abord dans le livret" in unknown.text
    again = post(staff, house.page(f"people/{house.beneficiary_id}/experiences"), told)
    assert again.status_code == 422 and "déjà dans le livret" in again.text
    late = post(staff, house.page(f"people/{house.beneficiary_id}/experiences"), told | {"starts_on": "2030-01-01"})
    assert late.status_code == 422


def test_a_link_shows_the_pages_chosen_and_each_look_is_told(house: House) -> None:
    lived(house)
    address = share(house, COMPETENCES, EXPERIENCES)
    page = opened(house, address)
    assert page.status_code == 200 and CAR in page.text and BAKERY in page.text and "Camille" in page.text
    assert SCHOOL not in page.text and "Permis B" not in page.text
    assert page.headers["Cache-Control"] == "no-store"
    opened(house, address)
    assert len(rows(house, BookletLook)) == 2
    told = house.client(Role.BENEFICIARY).get(house.page("me/booklet/shares")).text
    assert "<dd>2</dd>" in told and address.rsplit("/", 1)[1] not in told
    token = address.rsplit("/", 1)[1]
    assert len(token) >= 22 and all(token not in (row.token_hash or "") for row in rows(house, Link))


@pytest.mark.parametrize(
    ("pages", "hidden"),
    [
        ((COMPETENCES,), (BAKERY, SCHOOL, "Permis B", "Bilan d")),
        ((EXPERIENCES,), (CAR, MAP, SCHOOL, "Permis B")),
        ((TRAINING,), (CAR, BAKERY, "Confirmée par")),
        ((ASSESSMENTS,), (CAR, BAKERY, SCHOOL, "Permis B")),
    ],
)
def test_a_page_not_chosen_is_nowhere(house: House, pages: tuple[str, ...], hidden: tuple[str, ...]) -> None:
    lived(house)
    page = opened(house, share(house, *pages)).text
    assert [words for words in hidden if words in page] == []


def test_the_guard_off_shows_what_was_not_chosen(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    lived(house)
    address = share(house, COMPETENCES)
    monkeypatch.setattr(views, "only", lambda booklet, pages: booklet)
    assert BAKERY in opened(house, address).text


def expire(house: House, address: str) -> None:
    house.clock.forward(days=8)


def end(house: House, address: str) -> None:
    (row,) = rows(house, BookletShare)
    assert post(house.client(Role.BENEFICIARY), house.page(f"me/booklet/shares/{row.id}/end"), {}).status_code == 303


def by_hash_alone(token: str, **_: Any) -> Link:
    return db.session.scalars(select(Link).filter_by(token_hash=hash_token(token))).one()


@pytest.mark.parametrize("close", [expire, end])
@pytest.mark.parametrize("guarded", [True, False])
def test_a_closed_link_answers_as_an_unknown_one(
    house: House, monkeypatch: pytest.MonkeyPatch, close: Callable[[House, str], None], guarded: bool
) -> None:
    lived(house)
    address = share(house, COMPETENCES)
    close(house, address)
    if not guarded:  # the twin: found by its hash alone, it would still show the person
        monkeypatch.setattr(actions, "get_link", by_hash_alone)
        assert CAR in opened(house, address).text
        return
    unknown = address.rsplit("/", 1)[0] + "/" + "x" * 43
    opened(house, unknown)  # what the frame of a page keeps is asked again after days
    with counted(house.app) as of_closed:
        closed = opened(house, address)
    with counted(house.app) as of_unknown:
        missing = opened(house, unknown)
    assert (closed.status_code, of_closed) == (missing.status_code, of_unknown) and closed.status_code == 404
    assert closed.text == missing.text and CAR not in closed.text
    assert rows(house, BookletLook) == []


def test_nobody_else_ends_a_link_or_opens_it_elsewhere(house: House) -> None:
    lived(house)
    address = share(house, COMPETENCES)
    (row,) = rows(house, BookletShare)
    with house.writing():
        by = house.viewer(Role.ADVISER)
        other_id = register_beneficiary(first_name="Lou", last_name="Voisin", by=by, now=house.clock()).id
        with pytest.raises(actions.NotFound):
            actions.end_share(row.id, other_id, by=by, now=house.clock())
    for role in (Role.ADVISER, Role.MANAGER, Role.TREASURER):
        assert post(house.client(role), house.page(f"me/booklet/shares/{row.id}/end"), {}).status_code == 403
    other = make_house(house.app, house.clock, "autre")
    elsewhere = address.replace(f"/p/{house.slug}/", f"/p/{other.slug}/")
    assert opened(house, elsewhere).status_code == 404
    assert other.client(Role.ADVISER).get(other.page(f"people/{house.beneficiary_id}/booklet")).status_code == 404
    assert opened(house, address).status_code == 200
    # A link of another purpose opens no booklet.
    with house.reading(), pytest.raises(LinkGone):
        actions.open_share("y" * 43, now=house.clock())


def test_a_machine_that_opens_it_again_and_again_is_told_to_wait(house: House) -> None:
    lived(house)
    address = share(house, COMPETENCES)
    answers = [opened(house, address).status_code for _ in range(MOST_LOOKS_A_MINUTE + 2)]
    assert answers[MOST_LOOKS_A_MINUTE - 1 :] == [200, 429, 429]
    house.clock.forward(minutes=2)
    assert opened(house, address).status_code == 200


def test_a_link_needs_a_page_and_there_are_not_endless_ones(house: House) -> None:
    own = house.client(Role.BENEFICIARY)
    nothing = post(own, house.page("me/booklet/shares"), {"lasts": "day"})
    assert nothing.status_code == 422 and "au moins une page" in nothing.text
    for _ in range(MOST_SHARES):
        share(house, TRAINING, lasts="day")
    full = post(own, house.page("me/booklet/shares"), {"pages": [TRAINING], "lasts": "day"})
    assert full.status_code == 422 and "arrêtez-en un" in full.text


def test_paper_and_file_say_the_same_and_name_the_reference(house: House) -> None:
    lived(house)
    own = house.client(Role.BENEFICIARY)
    paper = own.get(house.page("me/booklet.pdf"))
    printed = words(paper.data)
    assert paper.mimetype == "application/pdf" and BAKERY in printed and CAR in printed and "confirmée par" in printed
    told = json.loads(own.get(house.page("me/booklet.json")).data)
    api = house.app.test_client().get(house.api("me/booklet"), headers=house.bearer(Role.BENEFICIARY)).json
    assert told == api and (told["format"], told["version"]) == ("point-etape/livret-mobilite", 1)
    assert {one["code"]: one["state"] for one in told["competences"]} == {"drive_car": "confirmed", "read_map": "to_verify"}
    assert [each["experience"]["employer"] for one in told["competences"] for each in one["references"]] == [BAKERY]
    assert told["licences"] == [{"category": "B", "issued_on": "2020-05-04", "valid_until": None}]
    archive = ZipFile(BytesIO(own.get(house.page("me/everything.zip")).data))
    assert any("livret-" in name for name in archive.namelist()) and BAKERY in archive.read("donnees.json").decode()
    staff = house.client(Role.ADVISER).get(house.page(f"people/{house.beneficiary_id}/booklet.pdf"))
    assert staff.status_code == 200 and "booklet" in {row.page for row in rows(house, FileLook)}


def test_the_api_does_what_the_pages_do(house: House) -> None:
    client, staff, own = house.app.test_client(), house.bearer(Role.ADVISER), house.bearer(Role.BENEFICIARY)
    theirs = house.api(f"people/{house.beneficiary_id}")
    assert client.put(f"{theirs}/booklet/competences", json={"codes": ["team", "drive_car"]}, headers=staff).status_code == 200
    assert client.put(house.api("me/booklet/competences"), json={"codes": ["team"]}, headers=own).json["competences"][0]["code"] == "team"
    told = {"kind": "temporary", "employer": BAKERY, "starts_on": "2025-09-01"}
    made = client.post(f"{theirs}/experiences", json=told, headers=staff)
    assert (made.status_code, made.json["kind_in_words"], made.json["ends_on"]) == (201, "intérim", None)
    there = house.api(f"experiences/{made.json['id']}")
    assert client.put(there, json=told | {"ends_on": "2025-12-24"}, headers=staff).json["ends_on"] == "2025-12-24"
    assert client.put(f"{there}/competences", json={"codes": ["team"]}, headers=staff).status_code == 200
    assert client.get(f"{theirs}/booklet", headers=staff).json["competences"][0]["state"] == "confirmed"
    given = client.post(house.api("me/booklet/shares"), json={"pages": [COMPETENCES], "lasts": "day"}, headers=own)
    assert given.status_code == 201 and opened(house, urlsplit(given.json["address"]).path).status_code == 200
    (kept,) = client.get(house.api("me/booklet/shares"), headers=own).json
    assert len(kept["looks"]) == 1 and "address" not in kept
    assert client.delete(house.api(f"me/booklet/shares/{kept['id']}"), headers=own).status_code == 204
    assert client.get(house.api("me/booklet/shares"), headers=own).json[0]["ended_at"]
    assert client.delete(there, headers=staff).status_code == 204
