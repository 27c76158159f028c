"""Pages of liaison forms, people and paths, for prescriber and adviser, on both engines."""

import re
from io import BytesIO
from typing import Any

import pytest
from pypdf import PdfReader
from sqlalchemy import func, select

from mobility.actions import liaison, paths, people
from mobility.db import db
from mobility.models import Action, Beneficiary, Document, FileLook, Job, LiaisonForm, Meeting, Structure
from mobility.rights import Role
from tests.browsing import post
from tests.house import House, make_house

FORM = {
    "first_name": "Nadia",
    "last_name": "Ben Essai",
    "birth_on": "1998-07-14",
    "phone": "06 11 22 33 44",
    "contact_by": "phone",
    "motive": "job",
    "rsa_declared": "yes",
    "consent": "yes",
    "job_kind": "temporary",
    "job_starts_on": "09/03/2026",
    "job_place": "Gémenos",
}


def sent(house: House, **more: Any) -> str:
    """The address of a form just sent by the prescriber."""
    answer = post(house.client(Role.PRESCRIBER), house.page("liaison-forms/new"), FORM | more)
    assert answer.status_code == 303, answer.text
    return answer.location


def count(house: House, table: Any) -> int:
    with house.reading():
        return db.session.scalar(select(func.count()).select_from(table)) or 0


def test_a_prescriber_sends_a_form_and_gets_a_receipt_with_its_pdf(house: House) -> None:
    client = house.client(Role.PRESCRIBER)
    assert "Trois minutes" in client.get(house.page("liaison-forms/new")).text
    status = client.get(sent(house))
    assert "FL-2026-0001" in status.text and "Fiche reçue" in status.text
    assert "Nadia" in client.get(house.page("liaison-forms")).text
    paper = client.get(f"{house.page('liaison-forms')}/{status.request.path.rpartition('/')[2]}/paper")
    text = PdfReader(BytesIO(paper.data)).pages[0].extract_text()
    assert paper.mimetype == "application/pdf" and "FL-2026-0001" in text and "Gémenos" in text


def test_a_refused_form_keeps_what_was_typed_and_writes_nothing(house: House) -> None:
    answer = post(house.client(Role.PRESCRIBER), house.page("liaison-forms/new"), FORM | {"birth_on": "14/07/98", "consent": ""})
    assert answer.status_code == 422
    assert 'value="14/07/98"' in answer.text and "quatre chiffres" in answer.text and 'value="Gémenos"' in answer.text
    assert "L’accord de la personne est nécessaire" in answer.text
    assert (count(house, LiaisonForm), count(house, Beneficiary), count(house, Job)) == (0, 1, 0)


def test_a_form_sent_twice_is_taken_once(house: House) -> None:
    client = house.client(Role.PRESCRIBER)
    first, second = (post(client, house.page("liaison-forms/new"), FORM | {"once": "same"}) for _ in range(2))
    assert first.location == second.location
    assert count(house, LiaisonForm) == 1


def test_naming_somebody_known_shows_nothing_that_others_gave(house: House) -> None:
    with house.writing():
        known = db.session.get_one(Beneficiary, house.beneficiary_id)
        known.address, by, now = "12 rue Cachée", house.viewer(Role.ADVISER), house.clock()
        people.update_beneficiary(known.id, first_name="Camille", by=by, now=now)
    client = house.client(Role.PRESCRIBER)
    guessed = {"first_name": "Camille", "last_name": "Essai", "birth_on": "1990-05-17", "phone": "", "contact_by": "structure"}
    address = sent(house, **guessed)
    text = PdfReader(BytesIO(client.get(f"{address}/paper").data)).pages[0].extract_text() + client.get(address).text
    assert "Camille" in text and count(house, Beneficiary) == 1
    for secret in ("Cachée", "Aubagne", "06 00 00 00 01", "camille.essai@", "P-00001"):
        assert secret not in text.replace("\xa0", " "), secret


def test_a_forged_structure_is_not_found(house: House) -> None:
    other = make_house(house.app, house.clock, "autre")
    answer = post(house.client(Role.PRESCRIBER), house.page("liaison-forms/new"), FORM | {"structure_id": str(other.structure_id)})
    assert answer.status_code == 404
    assert count(house, LiaisonForm) == 0


def test_a_prescriber_reads_steps_and_outcomes_only(house: House) -> None:
    address = sent(house)
    with house.writing():
        form = db.session.scalars(select(LiaisonForm)).one()
        by, now = house.viewer(Role.ADVISER), house.clock()
        liaison.meet(form.id, met_on=form.received_on, by=by, now=now)
        liaison.accept(form.id, by=by, now=now)
        people.record_job(form.beneficiary_id, kind="permanent", one_way_tenths=987, by=by, now=now)
        paths.start_action(form.beneficiary_id, kind="rental_car", started_on=form.received_on, by=by, now=now)
    page = house.client(Role.PRESCRIBER).get(address).text
    assert "Véhicule remis" in page and "Accompagnement accepté" in page
    seen = re.sub(r"<[^>]*>", " ", page)  # a token in an attribute may spell anything
    assert "98,7" not in seen and "€" not in seen and "km" not in seen


@pytest.mark.parametrize("path", ["people", "people/1", "people/new", "structures", "liaison-forms/1/accept", "desk"])
def test_a_prescriber_stays_outside_the_advisers_pages(house: House, path: str) -> None:
    assert house.client(Role.PRESCRIBER).get(house.page(path)).status_code == 403


def test_forms_of_others_look_missing(house: House) -> None:
    other = make_house(house.app, house.clock, "autre")
    id_ = sent(house).rpartition("/")[2]
    for stranger in (other.client(Role.ADVISER), other.client(Role.PRESCRIBER)):
        for path in ("", "/paper"):
            assert stranger.get(other.page(f"liaison-forms/{id_}{path}")).status_code == 404
    assert post(other.client(Role.ADVISER), other.page(f"liaison-forms/{id_}/meet"), {"met_on": "2026-03-02"}).status_code == 404


def test_an_adviser_meets_and_accepts(house: House) -> None:
    address, client = sent(house), house.client(Role.ADVISER)
    desk = client.get(house.page("desk")).text
    assert "Nadia Ben Essai" in desk and "aujourd’hui" in desk
    assert "Noter la rencontre" in client.get(address).text
    early = post(client, f"{address}/meet", {"met_on": "2026-03-05"})
    assert early.status_code == 422 and "futur" in early.text and 'value="2026-03-05"' in early.text
    assert post(client, f"{address}/meet", {"met_on": "2026-03-02"}).status_code == 303
    assert "Ce que lira le prescripteur" in client.get(f"{address}/accept").text
    assert post(client, f"{address}/accept").status_code == 303
    assert post(client, f"{address}/accept").status_code == 409
    assert post(client, f"{address}/close").status_code == 303
    assert count(house, FileLook) > 0


def test_an_adviser_refuses_with_a_reason_and_another_offer(house: House) -> None:
    address, client = sent(house), house.client(Role.ADVISER)
    half = post(client, f"{address}/refuse", {"reason": "no_need"})
    assert half.status_code == 422 and 'value="no_need" checked' in half.text
    assert post(client, f"{address}/refuse", {"reason": "no_need", "other_offer": "workshop"}).status_code == 303
    assert "un atelier collectif" in house.client(Role.PRESCRIBER).get(address).text


def test_an_adviser_redirects(house: House) -> None:
    address, client = sent(house), house.client(Role.ADVISER)
    assert "carpooling" in client.get(f"{address}/redirect").text
    assert post(client, f"{address}/redirect", {"other_offer": "carpooling"}).status_code == 303
    assert "orientée ailleurs" in client.get(house.page("liaison-forms?status=redirected")).text


def test_a_duplicate_is_shown_to_the_adviser(house: House) -> None:
    sent(house)
    again = sent(house, first_name="NADIA", phone="06 99 99 99 99")
    page = house.client(Role.ADVISER).get(again).text
    assert "déjà connue" in page and "06\xa099\xa099\xa099\xa099" in page
    assert "déjà connue" not in house.client(Role.PRESCRIBER).get(again).text


@pytest.mark.parametrize(
    "query", ["status=nothing", "page=-5", "page=abc", "page=99999999999999999999999", "status=%00", "since=31/02/2026"]
)
def test_a_list_bears_any_address(house: House, query: str) -> None:
    answer = house.client(Role.ADVISER).get(house.page(f"liaison-forms?{query}"))
    assert answer.status_code == 422 and "Fiches de liaison" in answer.text


def test_a_person_is_entered_mended_found(house: House) -> None:
    client = house.client(Role.ADVISER)
    person = {k: FORM[k] for k in ("first_name", "last_name", "birth_on", "phone", "contact_by")}
    assert client.get(house.page("people/new")).status_code == 200
    made = post(client, house.page("people/new"), person)
    assert made.status_code == 303
    known = post(client, house.page("people/new"), person)
    assert known.status_code == 409 and "P-00002" in known.text and 'value="Ben Essai"' in known.text
    edit = f"{made.location}/edit"
    assert 'value="06 11 22 33 44"' in client.get(edit).text
    assert post(client, edit, person | {"commune": "Ceyreste"}).status_code == 303
    assert "Ceyreste" in client.get(made.location).text
    assert "Nadia" in client.get(house.page("search?q=ben+essai")).text
    assert "Nadia" in client.get(house.page("people?q=nadia")).text


def test_papers_job_meeting_and_action_fill_the_file(house: House) -> None:
    client, here = house.client(Role.ADVISER), house.page(f"people/{house.beneficiary_id}")

    def send(path: str, data: dict[str, Any]) -> None:
        assert client.get(f"{here}/{path}").status_code == 200
        answer = post(client, f"{here}/{path}", data)
        assert answer.status_code == 303, answer.text

    send("documents/new", {"kind": "licence", "category": "B", "issued_on": "2019-05-02", "automatic_only": "yes"})
    send("documents/new", {"kind": "rsa", "issued_on": "2025-12-20"})
    send("job", {"kind": "permanent", "place": "La Ciotat", "starts_on": "2026-03-01", "one_way_tenths": "18,4", "weekdays": ["0", "6"]})
    send("meetings/new", {"kind": "follow_up", "starts_at": "2026-03-02T15:00", "site_id": str(house.site_id)})
    send("actions/new", {"kind": "accompanied", "started_on": "2026-03-02", "charter_accepted": "yes"})
    send("without-bank", {"on": "2026-03-02"})
    page = client.get(here).text
    [job_id] = re.findall(r"job_id=(\d+)", page)
    assert 'value="18,4"' in client.get(f"{here}/job?job_id={job_id}").text
    assert client.get(f"{here}/job?job_id=999999").status_code == 404
    for words in (
        "code 78",
        "jusqu’au 19\xa0mars",
        "lun., dim.",
        "Rendez-vous de suivi",
        "Transport micro-collectif",
        "Sans compte bancaire",
    ):
        assert words in page, words
    desk = client.get(house.page("desk")).text
    assert "15\xa0h\xa000" in desk and "attestation RSA" in desk
    assert (count(house, Document), count(house, Job), count(house, Action)) == (2, 1, 1)
    with house.reading():
        meeting_id = db.session.scalars(select(Meeting.id)).one()
        action_id = db.session.scalars(select(Action.id)).one()
    assert "est là" in client.get(house.page(f"meetings/{meeting_id}")).text
    assert post(client, house.page(f"meetings/{meeting_id}/hold")).status_code == 303
    assert post(client, house.page(f"meetings/{meeting_id}/cancel")).status_code == 409
    assert client.get(house.page(f"actions/{action_id}/end")).status_code == 200
    assert post(client, house.page(f"actions/{action_id}/end"), {"ended_on": "2026-03-02"}).status_code == 303
    assert "Mon parcours" in house.client(Role.BENEFICIARY).get(house.page("me")).text


def test_a_charter_is_accepted_before_accompanied_mobility(house: House) -> None:
    here = house.page(f"people/{house.beneficiary_id}/actions/new")
    answer = post(house.client(Role.ADVISER), here, {"kind": "accompanied", "started_on": "2026-03-02"})
    assert answer.status_code == 422 and "charte" in answer.text
    assert count(house, Action) == 0


def test_the_distance_is_estimated_beside_the_job_and_nothing_is_written(house: House) -> None:
    client, here = house.client(Role.ADVISER), house.page(f"people/{house.beneficiary_id}/job")
    answer = post(client, f"{here}/estimate", {"kind": "permanent", "place": "La Ciotat"})
    assert answer.status_code == 200 and "estimation à vol d’oiseau" in answer.text and 'value="La Ciotat"' in answer.text
    assert "Aucun lieu ne correspond" in post(client, f"{here}/estimate", {"place": "Zzyzx"}).text
    assert count(house, Job) == 0


@pytest.mark.parametrize("path", ["edit", "documents/new", "job", "meetings/new", "actions/new", "without-bank"])
def test_another_platforms_people_are_not_found(house: House, path: str) -> None:
    other = make_house(house.app, house.clock, "autre")
    client, here = other.client(Role.ADVISER), other.page(f"people/{house.beneficiary_id}/{path}")
    assert client.get(here).status_code == 404
    good = {"kind": "rsa", "started_on": "2026-03-02", "on": "2026-03-02"}
    assert post(client, here, good).status_code in (404, 422)
    with house.reading():
        assert db.session.scalar(select(func.count()).select_from(Document)) == 0


def test_structures_are_added_mended_closed(house: House) -> None:
    client = house.client(Role.MANAGER)
    assert post(client, house.page("structures/new"), {"name": "Mission locale", "kind": "mission locale"}).status_code == 303
    refused = post(client, house.page("structures/new"), {"name": "X", "kind": "Y", "email_domain": "gmail.com"})
    assert refused.status_code == 422 and 'value="gmail.com"' in refused.text
    with house.reading():
        id_ = db.session.scalars(select(Structure.id).filter(Structure.code == "S02")).one()
    assert "Mission locale" in client.get(house.page(f"structures/{id_}/edit")).text
    edited = {"name": "Mission locale sud", "kind": "mission locale"}
    assert post(client, house.page(f"structures/{id_}/edit"), edited).status_code == 303
    assert post(client, house.page(f"structures/{id_}/close")).status_code == 303
    page = client.get(house.page("structures")).text
    assert "Mission locale sud" in page and "fermée" in page


def test_a_referent_asks_for_a_link_without_an_account(house: House) -> None:
    page = house.client(None).get(house.page("prescribe")).text
    assert "Recevez votre lien" in page and house.page("forgotten") in page
    assert house.page("prescribe") in house.client(None).get(house.page("")).text
