"""What was said with a person: noted, read by them, taken back, and gone in time."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from werkzeug.test import TestResponse

from mobility.actions.contact_notes import forget_old
from mobility.contact_notes import LONGEST
from mobility.db import db
from mobility.models import Beneficiary, ContactNote
from mobility.rights import Role
from tests.browsing import post
from tests.house import House, make_house

FACT = "Contrat prolongé jusqu’en juin."


def note(house: House, **changes: str) -> TestResponse:
    told = {"subject": "job", "way": "phone", "side": "them", "note": FACT} | changes
    return post(house.client(Role.ADVISER), house.page(f"people/{house.beneficiary_id}/contacts"), told)


def rows(house: House) -> list[ContactNote]:
    with house.reading():
        return list(db.session.scalars(select(ContactNote).order_by(ContactNote.id)))


def test_the_person_reads_every_word_and_the_clock_of_their_file_starts_anew(house: House) -> None:
    house.clock.forward(days=30)
    assert note(house).status_code == 303
    own, file = (house.client(role).get(house.page(path)).text for role, path in ((Role.BENEFICIARY, "me"), (Role.ADVISER, "people/1")))
    assert FACT in own and FACT in file and "L’emploi ou la formation, au téléphone" in own
    assert house.client(Role.PRESCRIBER).get(house.page("people/1/contacts")).status_code == 403
    with house.reading():
        assert db.session.get_one(Beneficiary, house.beneficiary_id).last_contact_at == house.clock()


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"note": "Son numéro : 2 69 05 49 588 157 80"}, "sécurité sociale"),
        ({"note": "x" * (LONGEST + 1)}, "300"),
        ({"at": "2027-01-01T10:00"}, "dans le futur"),
        ({"at": "2025-01-01T10:00"}, "60 jours"),
        ({"subject": ""}, "À propos de"),
        ({"way": "pigeon"}, "une des réponses"),
    ],
)
def test_what_cannot_be_noted_is_said_and_kept_typed(house: House, typed: dict[str, str], said: str) -> None:
    answer = note(house, **typed)
    assert answer.status_code == 422 and said in answer.text.replace("\xa0", " ")
    assert typed.get("note", FACT) in answer.text and not rows(house)


def test_what_was_noted_by_mistake_goes_with_its_words(house: House) -> None:
    note(house)
    adviser = house.client(Role.ADVISER)
    assert post(adviser, house.page("contacts/1/withdraw")).status_code == 303
    assert post(adviser, house.page("contacts/1/withdraw")).status_code == 409
    (row,) = rows(house)
    assert row.note is None and row.withdrawn_by is not None
    assert "L’emploi ou la formation" not in house.client(Role.BENEFICIARY).get(house.page("me")).text


def test_words_expire_and_the_rest_stays(house: House) -> None:
    note(house)
    for days, left in ((23 * 30, FACT), (60, None)):
        house.clock.forward(days=days)
        with house.writing():
            forget_old(now=house.clock())
        assert rows(house)[0].note == left
    with house.writing():
        assert forget_old(now=house.clock()) == 0
    assert "au téléphone" in house.client(Role.BENEFICIARY).get(house.page("me")).text


def test_by_json_too_and_never_another_platform_s(house: House) -> None:
    api, token = house.client(None), house.bearer(Role.ADVISER)
    address = house.api(f"people/{house.beneficiary_id}/contacts")
    at = (house.clock() - timedelta(days=2)).isoformat()
    made = api.post(address, json={"subject": "trips", "way": "met", "side": "us", "at": at}, headers=token)
    assert made.status_code == 201 and made.json["note"] is None
    assert [one["id"] for one in api.get(address, headers=token).json] == [made.json["id"]]
    assert [one["id"] for one in api.get(house.api("me/contacts"), headers=house.bearer(Role.BENEFICIARY)).json] == [made.json["id"]]
    other = make_house(house.app, house.clock, slug="autre")
    withdraw = f"contacts/{made.json['id']}/withdraw"
    assert api.post(other.api(withdraw), json={}, headers=other.bearer(Role.ADVISER)).status_code == 404
    assert api.post(house.api(withdraw), json={}, headers=token).status_code == 200
