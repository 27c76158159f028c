"""Two files of one person made one and two again: nothing lost, nothing of anybody else, the books as they were."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy import select

from billing.actions.charge_runs import post_due_charges
from billing.models import BillingAccount, LedgerLine
from fleet.actions import bookings
from fleet.models import Booking
from mobility.actions import merging, people
from mobility.actions.erasure import erase
from mobility.actions.people import record_job, register_beneficiary, see_document, update_beneficiary
from mobility.db import Base, db
from mobility.errors import Conflict, NotFound, RuleBroken
from mobility.models import AuditEntry, Beneficiary, Erasure, FileMerge, Job
from mobility.queries import strands
from mobility.queries.merges import ids_of_person, list_merges_into, tables_of_people
from mobility.queries.people import find_same, search
from mobility.rights import Role
from mobility.slots import Slot
from tests.browsing import post
from tests.databases import TestDatabase
from tests.garage import at, make_vehicle
from tests.held import plant_person
from tests.house import House
from tests.invariants import check_all
from tests.marks import asleep
from tests.rental import RentalDesk
from tests.web.test_personal_data import archive_of, marks_in

APART = {"audit_entry", "file_merge"}  # what was done is told for good


@pytest.fixture
def other(house: House) -> int:
    """The same person under a nickname, come by another way; only this file knows the phone."""
    with house.writing():
        update_beneficiary(house.beneficiary_id, phone=None, by=house.viewer(Role.ADVISER), now=house.clock())
    return another(house)


def another(house: House, first_name: str = "Camy", **more: Any) -> int:
    told: dict[str, Any] = {"last_name": "Essai", "phone": "+33639980077", "birth_on": date(1991, 4, 2)} | more
    with house.writing():
        return register_beneficiary(first_name=first_name, **told, by=house.viewer(Role.ADVISER), now=house.clock()).id


def unite(house: House, kept: int, other: int, *chosen: str) -> int:
    with house.writing():
        return merging.merge_files(kept, other, chosen=chosen, by=house.viewer(Role.ADVISER), now=house.clock()).id


def part(house: House, kept: int, merge_id: int) -> None:
    with house.writing():
        merging.part_files(kept, merge_id, by=house.viewer(Role.ADVISER), now=house.clock())


def everything(database: TestDatabase) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table, what tells of acts apart."""
    with asleep(database.owner_url) as connection:
        return {
            table.name: [tuple(map(repr, row)) for row in connection.execute(table.select().order_by(*table.primary_key.columns))]
            for table in Base.metadata.sorted_tables
            if table.name not in APART
        }


def differ(one: dict[str, list[tuple[Any, ...]]], other: dict[str, list[tuple[Any, ...]]]) -> set[str]:
    return {name for name in one if one[name] != other[name]}


@pytest.fixture
def planted(house: House, database: TestDatabase, monkeypatch: pytest.MonkeyPatch) -> tuple[int, int]:
    """Two people with a row in every table that holds somebody."""
    monkeypatch.setitem(house.app.extensions["slots"], Slot.PAPERS, [])  # no paper is made of rows that hold marks alone
    monkeypatch.setitem(house.app.extensions, "merging", type(house.app.extensions["merging"])(uniting=[], parting=[], done=[]))
    monkeypatch.setattr(merging, "obstacles", lambda kept, other: [])
    second = another(house)
    plant_person(house, database.owner_url, house.beneficiary_id, "A")
    plant_person(house, database.owner_url, second, "B")
    with house.writing():
        for id_ in (house.beneficiary_id, second):
            people.fill_keys(db.session.get_one(Beneficiary, id_))
    return house.beneficiary_id, second


def test_united_and_parted_the_database_is_as_it_was(house: House, database: TestDatabase, planted: tuple[int, int]) -> None:
    before = everything(database)
    merge_id = unite(house, *planted, "name", "birth", "address")
    between = everything(database)
    part(house, planted[0], merge_id)
    moved = differ(before, between)
    print(f"merge: rows of {len(moved)} tables went over, {len(tables_of_people())} hold people")
    assert len(moved) > 25 and differ(before, everything(database)) == set()


def test_twin_a_table_that_does_not_go_back_shows(
    house: House, database: TestDatabase, planted: tuple[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    real = strands.going_back
    monkeypatch.setattr(strands, "going_back", lambda merge: {name: ids for name, ids in real(merge).items() if name != "job"})
    monkeypatch.setattr(strands, "obstacles", lambda merge, going: [])
    before = everything(database)
    part(house, planted[0], unite(house, *planted))
    assert differ(before, everything(database)) == {"job"}


def test_all_of_both_is_the_persons_to_take(house: House, planted: tuple[int, int]) -> None:
    alone = marks_in(archive_of(house))
    unite(house, *planted)
    both = marks_in(archive_of(house))
    assert {mark[:7] for mark in alone} == {"MARQUEA"}
    of = {letter: {mark[7:] for mark in both if mark[6] == letter} for letter in "AB"}
    assert of["B"] and of["A"] == of["B"]


def test_what_is_believed_is_said_and_goes_back(house: House, other: int) -> None:
    merge_id = unite(house, house.beneficiary_id, other, "name")
    with house.reading():
        kept = db.session.get_one(Beneficiary, house.beneficiary_id)
        assert (kept.first_name, kept.phone) == ("Camy", "+33639980077")
        by = house.viewer(Role.ADVISER)
        assert [one.id for one in search("Camy", by)] == [one.id for one in search("P-00002", by)] == [kept.id]
        found = find_same("camy|essai|1991-04-02") or find_same(db.session.get_one(Beneficiary, other).identity_key)
        assert found is not None and found.id == kept.id
    with house.writing():
        update_beneficiary(house.beneficiary_id, phone="+33639980099", by=house.viewer(Role.ADVISER), now=house.clock())
    part(house, house.beneficiary_id, merge_id)
    with house.reading():
        kept = db.session.get_one(Beneficiary, house.beneficiary_id)
        assert kept.first_name == "Camille" and kept.phone == "+33639980099", "what was mended since stays"
        assert [one.id for one in search("Camy", house.viewer(Role.ADVISER))] == [other]
        merge = db.session.get_one(FileMerge, merge_id)
        done = select(AuditEntry.table_name, AuditEntry.subject_number, AuditEntry.changes).filter(AuditEntry.verb == "merge_files")
        noted = {(table, number): changes["fields"] for table, number, changes in db.session.execute(done)}
        assert noted["beneficiary", "P-00002"] == ["merged_into_id"] and "first_name" in noted["beneficiary", "P-00001"]
        assert (merge.before, merge.made) == ({}, {})


def test_rentals_go_over_and_the_books_keep_their_number(house: House, other: int) -> None:
    desk = RentalDesk(house).out()
    house.clock.forward(days=8)
    merge_id = unite(house, other, house.beneficiary_id)
    house.clock.forward(days=7)
    with house.writing():
        post_due_charges(now=house.clock())
    with house.reading():
        account = db.session.scalars(select(BillingAccount)).one()
        assert (account.beneficiary_id, account.party) == (other, "P-00001")
        assert set(db.session.scalars(select(LedgerLine.subject_number).filter(LedgerLine.ledger_code == "411"))) == {"P-00001"}
        assert db.session.get_one(Booking, desk.booking_id).beneficiary_id == other
    check_all(house, {desk.booking_id: "out"})
    part(house, other, merge_id)
    with house.reading():
        assert db.session.scalars(select(BillingAccount.beneficiary_id)).all() == [house.beneficiary_id]
    check_all(house, {desk.booking_id: "out"})


def test_what_hangs_on_it_since_goes_back_and_the_rest_stays(house: House, other: int) -> None:
    def note(whose: int, form_id: int | None = None) -> int:
        with house.writing():
            by = house.viewer(Role.ADVISER)
            return record_job(whose, kind="temporary", liaison_form_id=form_id, by=by, now=house.clock()).id

    desk = RentalDesk(house)  # its person has a liaison form
    merge_id = unite(house, other, house.beneficiary_id)
    with house.reading():
        form_id = db.session.scalars(select(Job.liaison_form_id).filter(Job.liaison_form_id.is_not(None))).first()
        form_id = form_id or db.session.scalars(select(Base.metadata.tables["liaison_form"].c.id)).first()
    hanging, apart = note(other, form_id), note(other)
    part(house, other, merge_id)
    with house.reading():
        whose = {job.id: job.beneficiary_id for job in db.session.scalars(select(Job))}
        assert (whose[hanging], whose[apart]) == (house.beneficiary_id, other)
        assert db.session.get_one(Booking, desk.booking_id).beneficiary_id == house.beneficiary_id


def test_what_ties_both_together_is_told_and_nothing_is_undone(house: House, other: int) -> None:
    with house.writing():
        by, now = house.viewer(Role.ADVISER), house.clock()
        old_job = record_job(other, kind="temporary", by=by, now=now).id
    desk = RentalDesk(house)
    merge_id = unite(house, other, house.beneficiary_id)
    with house.writing():
        db.session.get_one(Booking, desk.booking_id).job_id = old_job
    with pytest.raises(Conflict, match="« Réservations et locations » et « Emplois et formations » tiennent ensemble"):
        part(house, other, merge_id)


def test_nothing_is_written_any_more_in_the_file_that_went(house: House, other: int) -> None:
    unite(house, house.beneficiary_id, other)
    with house.writing():
        clear = {"kind": "identity", "by": house.viewer(Role.ADVISER), "now": house.clock()}
        with pytest.raises(Conflict, match="réuni avec le dossier P-00001"):
            see_document(other, **clear)
    with house.writing(), pytest.raises(Conflict, match="réuni"):
        car = make_vehicle(house).id
        bookings.book(other, car, starts_at=at(3), ends_at=at(4), by=house.viewer(Role.ADVISER), now=house.clock())


def test_it_is_undone_in_its_time_only_and_once(house: House, other: int) -> None:
    merge_id = unite(house, house.beneficiary_id, other)
    assert unite(house, house.beneficiary_id, other) == merge_id, "said twice, done once"
    house.clock.forward(days=31)
    with pytest.raises(Conflict, match="est passé"):
        part(house, house.beneficiary_id, merge_id)
    with pytest.raises(NotFound):
        part(house, other, merge_id)
    with house.writing(), pytest.raises(RuleBroken):
        merging.merge_files(house.beneficiary_id, another(house, "Lou"), chosen=["shoes"], by=house.viewer(Role.ADVISER), now=house.clock())


def test_who_is_erased_is_erased_in_all_their_files(house: House, other: int) -> None:
    third = another(house, "Milou")
    unite(house, other, third)
    unite(house, house.beneficiary_id, other, "phone")
    with house.writing():
        assert ids_of_person(house.beneficiary_id) == [house.beneficiary_id, other, third]
        erase(house.beneficiary_id, number="P-00001", told=True, by=house.viewer(Role.MANAGER), now=house.clock())
    with house.reading():
        assert len(db.session.scalars(select(Erasure)).all()) == 3
        assert {person.last_name for person in db.session.scalars(select(Beneficiary))} == {"effacé"}
        assert all(merge.before == merge.made == {} for merge, _ in list_merges_into(house.beneficiary_id))


def test_the_adviser_sees_both_decides_and_undoes(house: House, other: int) -> None:
    adviser, kept = house.client(Role.ADVISER), house.beneficiary_id
    here = house.page(f"people/{kept}/likeness/{other}/merge")
    page = adviser.get(here).text.replace("\xa0", " ").replace("\u202f", " ")
    assert "Camy Essai" in page and "lequel est juste" in page and "06 39 98 00 77" in page
    answer = post(adviser, here, data={"name": "other"})
    assert answer.status_code == 303 and answer.location.endswith(f"/people/{kept}")
    assert "Dossiers réunis" in adviser.get(answer.location).text
    went = adviser.get(house.page(f"people/{other}"))
    assert went.status_code == 303 and went.location.endswith(f"/people/{kept}")
    merges = adviser.get(house.page(f"people/{kept}/merges")).text
    assert "P-00002" in merges and "Défaire" in merges
    with house.reading():
        merge_id = db.session.scalars(select(FileMerge.id)).one()
    house.clock.forward(days=40)
    late = post(adviser, house.page(f"people/{kept}/merges/{merge_id}/undo"))
    assert late.status_code == 409 and "est passé" in late.text
    house.clock.forward(days=-40)
    assert post(adviser, house.page(f"people/{kept}/merges/{merge_id}/undo")).status_code == 303
    assert adviser.get(house.page(f"people/{other}")).status_code == 200


def test_json_says_and_does_the_same(house: House, other: int) -> None:
    client, head, kept = house.client(None), house.bearer(Role.ADVISER), house.beneficiary_id
    here = house.api(f"beneficiaries/{kept}/likeness/{other}/merge")
    seen = client.get(here, headers=head).get_json()
    assert (seen["kept"]["id"], seen["other"]["id"], seen["obstacles"]) == (kept, other, [])
    assert set(seen["facts"]) == {"name", "birth"} and seen["learnt"] == ["phone"]
    made = client.post(here, json={"name": "other"}, headers=head).get_json()
    assert (made["kept_id"], made["merged_id"], made["undone_at"]) == (kept, other, None)
    (told,) = client.get(house.api(f"beneficiaries/{kept}/merges"), headers=head).get_json()
    undone = client.post(house.api(f"beneficiaries/{kept}/merges/{told['id']}/undo"), json={}, headers=head).get_json()
    assert undone["undone_at"]
    assert client.get(house.api(f"beneficiaries/{kept}/likeness/{kept}/merge"), headers=head).status_code == 404
    assert client.post(here, json={"name": "both"}, headers=head).status_code == 422
