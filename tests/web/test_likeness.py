"""Files that may be about one person: seen on the form's page and on the file, compared, and told apart once for all."""

from datetime import date

import pytest
from sqlalchemy import select

from mobility.actions.people import register_beneficiary
from mobility.codes import MOTIVES
from mobility.db import db
from mobility.models import AuditEntry, Beneficiary, Distinction, FileLook
from mobility.rights import Role
from tests.browsing import post
from tests.house import House, make_house

ASKED = "Peut-être déjà connu·e"
MOTIVE = next(iter(MOTIVES))


@pytest.fixture
def pair(house: House) -> tuple[int, int]:
    """One person, and nearly the same: first name and name the wrong way round, without a date of birth."""
    with house.writing():
        one, other = (
            register_beneficiary(
                first_name=first, last_name=last, birth_on=born, phone=phone, by=house.viewer(Role.ADVISER), now=house.clock()
            ).id
            for first, last, born, phone in (
                ("Ondine", "Valcreuse", date(1994, 5, 17), "+33639980077"),
                ("Valcreuse", "Ondine", None, "+33639980077"),
            )
        )
    return one, other


def test_both_files_ask_and_the_answer_is_remembered(house: House, pair: tuple[int, int]) -> None:
    adviser, (one, other) = house.client(Role.ADVISER), pair
    for id_ in pair:
        file = adviser.get(house.page(f"people/{id_}")).text
        assert ASKED in file and "nom et prénom échangés" in file and "même téléphone" in file
    page = house.page(f"people/{other}/likeness")
    assert "Valcreuse" in adviser.get(page).text
    for _ in range(2):  # the second one finds it said already
        assert post(adviser, f"{page}/{one}/apart").status_code == 303
    for id_ in pair:
        assert ASKED not in adviser.get(house.page(f"people/{id_}")).text
    assert "Aucun dossier ne ressemble" in adviser.get(page).text
    with house.reading():
        told = db.session.scalars(select(Distinction)).one()
        assert (told.lower_id, told.higher_id) == (one, other)
        subjects = db.session.scalars(select(AuditEntry.subject_number).filter(AuditEntry.verb == "tell_apart"))
        numbers = db.session.scalars(select(Beneficiary.number).filter(Beneficiary.id.in_(pair)))
        assert sorted(str(number) for number in subjects) == sorted(numbers), "both files keep the trace"


def test_whoever_compares_looked_at_both_files(house: House, pair: tuple[int, int]) -> None:
    house.client(Role.ADVISER).get(house.page(f"people/{pair[0]}/likeness"))
    with house.reading():
        assert set(db.session.scalars(select(FileLook.beneficiary_id).filter(FileLook.page == "likeness"))) == set(pair)


def test_the_forms_page_asks_the_adviser_and_never_the_prescriber(house: House) -> None:
    born = date(1994, 5, 17)
    with house.writing():
        by, now = house.viewer(Role.ADVISER), house.clock()
        register_beneficiary(first_name="Ondin", last_name="Valcreuse", birth_on=born, by=by, now=now)
    typed = {"first_name": "Ondine", "last_name": "Valcreuse", "birth_on": str(born), "motive": MOTIVE, "contact_by": "phone"}
    sent = post(house.client(Role.PRESCRIBER), house.page("liaison-forms/new"), typed | {"phone": "06 39 98 00 79", "consent": "yes"})
    assert sent.status_code == 303
    assert "une lettre d’écart" in house.client(Role.ADVISER).get(sent.location).text
    assert ASKED not in house.client(Role.PRESCRIBER).get(sent.location).text


def test_the_api_says_and_does_the_same(house: House, pair: tuple[int, int]) -> None:
    client, head, (one, other) = house.app.test_client(), house.bearer(Role.ADVISER), pair
    here = house.api(f"beneficiaries/{one}/likeness")
    (alike,) = client.get(here, headers=head).get_json()
    assert (alike["person"]["id"], len(alike["reasons"])) == (other, 2)
    assert client.post(f"{here}/{other}/apart", json={}, headers=head).status_code == 204
    assert client.get(here, headers=head).get_json() == []


def test_only_two_files_of_this_platform_are_told_apart(house: House, pair: tuple[int, int]) -> None:
    elsewhere = make_house(house.app, house.clock, slug="ailleurs")
    adviser = house.client(Role.ADVISER)
    for stranger in (pair[0], elsewhere.beneficiary_id, 999_999):
        assert post(adviser, house.page(f"people/{pair[0]}/likeness/{stranger}/apart")).status_code == 404
