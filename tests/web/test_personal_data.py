"""Everything held about a person, taken away as one archive: all of it is theirs, all of theirs is in it, nothing of anybody else."""

import io
import json
import re
from datetime import time
from typing import Any
from zipfile import ZipFile

import pytest
from sqlalchemy import select

from fleet.actions.accidents import record_accident
from mobility import outbox
from mobility.actions.attachments import keep_attachment
from mobility.actions.people import register_beneficiary
from mobility.db import Base, db
from mobility.held import Registry, registry
from mobility.models import AuditEntry, FileLook, LiaisonForm
from mobility.rights import Role
from mobility.slots import Slot
from mobility.takeaway import DATA, INDEX
from tests.databases import TestDatabase
from tests.held import plant_person
from tests.house import House
from tests.ports.read_pdf import words
from tests.rental import RentalDesk
from tests.rules.test_uploads import make_picture

MARK = re.compile(r"MARQUE[AB]\d{3}")
# What is held and does not leave: another person's, or what opens a door, or only the machine's.
STAYS = {
    "account.password_hash",
    "account.totp_secret",
    "account_session.token_hash",
    "accident.third_insurer",
    "accident.third_name",
    "accident.third_plate",
    "accident.third_policy",
    "action.import_key",
    "api_token.token_hash",
    "bank_line.label",
    "bank_line.mark",
    "bank_line.payer",
    "beneficiary.identity_key",
    "beneficiary.search_key",
    "journal_entry.hash",
    "journal_entry.previous_hash",
    "liaison_form.import_key",
    "liaison_form.draft_key",
    "liaison_form.prescriber_email",
    "liaison_form.referent_email",
    "liaison_form.referent_phone",
    "link.token_hash",
    "message.recipient",
    "monthly_review.told_to",
    "past_rental.import_key",
    "payment.checkout_url",
    "payment.drawn_by",
    "payment.key",
    "payment.session_reference",
    "payment_refund.key",
    "card_hold.key",
    "file_merge.last_ids",
    "file_merge.moved",
    "card_hold.page_url",
    "card_hold.session_reference",
    "saved_card.card_reference",
    "saved_card.holder_reference",
    "saved_card.key",
    "saved_card.page_url",
    "saved_card.session_reference",
}
ONLY = {
    "hire_step": {"act", "reference", "reason"},
    "payer": {"name", "kind"},
    "site": {"name", "address", "commune"},
    "structure": {"name", "kind", "commune"},
    "vehicle": {"kind", "label", "plate"},
}


def archive_of(house: House, role: Role = Role.BENEFICIARY, path: str = "me/everything.zip") -> ZipFile:
    answer = house.client(role).get(house.page(path))
    assert (answer.status_code, answer.mimetype) == (200, "application/zip")
    return ZipFile(io.BytesIO(answer.data))


def data_of(archive: ZipFile) -> dict[str, Any]:
    told: dict[str, Any] = json.loads(archive.read(DATA))
    return told


def marks_in(archive: ZipFile) -> set[str]:
    return set(MARK.findall("".join(archive.read(name).decode(errors="replace") for name in archive.namelist())))


def test_every_table_is_held_or_said_not_to_be(house: House) -> None:
    with house.app.app_context():
        held, others = set(registry().held), set(registry().not_of_people)
    assert held | others == set(Base.metadata.tables), "say in a queries/holdings.py what this table holds of people, or why nothing"
    assert not held & others
    named = {table.name for table in Base.metadata.tables.values() if "beneficiary_id" in table.c or "subject_number" in table.c}
    assert named <= held


def test_all_that_is_theirs_leaves_and_nothing_of_anybody_else(
    house: House, database: TestDatabase, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(house.app.extensions["slots"], Slot.PAPERS, [])  # no paper is made of rows that hold marks alone
    with house.writing():
        by = house.viewer(Role.ADVISER)
        other = register_beneficiary(first_name="Lou", last_name="Voisin", phone="0600000099", by=by, now=house.clock()).id
    mine = plant_person(house, database.owner_url, house.beneficiary_id, "A")
    theirs = plant_person(house, database.owner_url, other, "B")
    assert len(mine.marks) == len(theirs.marks) > 150
    found = marks_in(archive_of(house))
    assert not found & theirs.marks.keys()
    stayed = {where for mark, where in mine.marks.items() if mark not in found}
    ours = {
        where for where in mine.marks.values() if (only := ONLY.get(where.split(".")[0])) is not None and where.split(".")[1] not in only
    }
    assert stayed == STAYS | ours


def test_a_table_that_is_forgotten_shows(house: House, database: TestDatabase, monkeypatch: pytest.MonkeyPatch) -> None:
    """The guard off: without its declaration, what a table holds stays behind, and its marks are missed."""
    monkeypatch.setitem(house.app.extensions["slots"], Slot.PAPERS, [])
    mine = plant_person(house, database.owner_url, house.beneficiary_id, "A")
    with house.app.app_context():
        whole = registry()
    left = {name: each for name, each in whole.held.items() if name != "monthly_review"}
    monkeypatch.setitem(house.app.extensions, "held", Registry(held=left, not_of_people=whole.not_of_people))
    found = marks_in(archive_of(house))
    assert {"monthly_review.said", "monthly_review.note"} <= {where for mark, where in mine.marks.items() if mark not in found}


def test_the_papers_and_pictures_are_there_and_an_index_says_so(house: House) -> None:
    RentalDesk(house).out()
    with house.writing():
        keep_attachment(
            make_picture(), kind="condition", beneficiary_id=house.beneficiary_id, by=house.viewer(Role.ADVISER), now=house.clock()
        )
    archive = archive_of(house)
    papers = {name: words(archive.read(name)) for name in archive.namelist() if name.startswith("documents/")}
    assert sorted({name.partition("/")[2].partition("-")[0] for name in papers}) == ["contrat", "etat", "fiche", "recu"]
    assert all("Camille" in text for text in papers.values())
    (picture,) = (name for name in archive.namelist() if name.startswith("photos-et-pieces/"))
    assert archive.read(picture)[:2] == b"\xff\xd8"
    index = archive.read(INDEX).decode()
    assert all(name in index for name in (*papers, picture, DATA)) and "Camille" in index
    tables = data_of(archive)["tables"]
    assert tables["beneficiary"]["rows"][0]["first_name"] == "Camille" and tables["contract"]["title"] == "Contrats"


def test_an_adviser_takes_it_and_the_person_reads_who_did(house: House) -> None:
    path = f"people/{house.beneficiary_id}/everything.zip"
    assert data_of(archive_of(house, Role.ADVISER, path))["about"]["person"]
    with house.reading():
        assert [look.page for look in db.session.scalars(select(FileLook))] == ["everything"]
        taken = db.session.scalars(select(AuditEntry).filter(AuditEntry.verb == "export")).one()
        assert taken.table_name == "everything" and taken.changes["lines"] > 0
    archive_of(house)
    with house.reading():
        assert len(db.session.scalars(select(FileLook)).all()) == 1  # one's own are one's own
    assert house.client(Role.TREASURER).get(house.page(path)).status_code == 403


def test_the_api_gives_the_same_archive(house: House) -> None:
    for role, path in ((Role.BENEFICIARY, "me/everything"), (Role.MANAGER, f"people/{house.beneficiary_id}/everything")):
        answer = house.app.test_client().get(house.api(path), headers=house.bearer(role))
        assert data_of(ZipFile(io.BytesIO(answer.data)))["tables"]["beneficiary"]["rows"]


def test_a_message_opens_no_door(house: House) -> None:
    with house.writing():
        body = f"Suivez : https://exemple.example.org/p/x/pay/{'a' * 43}"
        outbox.post("mail", "r@example.org", subject="Lien", body=body, now=house.clock(), beneficiary_id=house.beneficiary_id)
    (message,) = data_of(archive_of(house))["tables"]["message"]["rows"]
    assert "aaaa" not in message["body"] and "example.org/p/x/pay/" in message["body"]
    assert message["recipient"] == "une autre adresse que la vôtre"


def test_both_spaces_lead_to_it(house: House) -> None:
    assert house.page("me/everything.zip") in house.client(Role.BENEFICIARY).get(house.page("me")).text
    there = house.client(Role.ADVISER).get(house.page(f"people/{house.beneficiary_id}")).text
    assert house.page(f"people/{house.beneficiary_id}/everything.zip") in there


def test_no_paper_names_whom_the_data_leave_out(house: House) -> None:
    """The other driver of an accident, their insurer, the referent's own address: said neither in the rows nor in the papers."""
    desk = RentalDesk(house).out()
    desk.later(days=1)
    with house.writing():
        by = house.viewer(Role.ADVISER)
        third = {
            "third_name": "Maxence Dourdan",
            "third_plate": "XY-987-ZT",
            "third_insurer": "Assurances du Val",
            "third_policy": "PV-77881",
        }
        happened = {"on": house.clock().date(), "hour": time(8), "place": "Rue du Pont", "circumstances": "hit_behind"}
        record_accident(desk.car, **happened, **third, by=by, now=house.clock())
        db.session.scalars(select(LiaisonForm)).one().prescriber_email = "referente@example.org"
    archive = archive_of(house)
    papers = "".join(words(archive.read(name)) for name in archive.namelist() if name.startswith("documents/"))
    assert "Rue du Pont" in papers and "Fiche" in papers
    said = papers + archive.read(DATA).decode()
    assert [one for one in (*third.values(), "referente@example.org") if one in said] == []
