"""People: entering, mending, papers, job, actions and meetings, on both engines."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select

from mobility.actions import meetings, paths, people
from mobility.db import db
from mobility.errors import Conflict, NotFound, RuleBroken
from mobility.models import Action, AuditEntry, Beneficiary, Document
from mobility.queries import people as read
from mobility.rights import Role
from tests.house import House, make_house

BORN = date(1992, 2, 29)


def register(house: House, **more: object) -> int:
    with house.writing():
        fields: dict[str, object] = {"first_name": "Zoé", "last_name": "D’Essai", "birth_on": BORN, "phone": "+33612345678"}
        made = people.register_beneficiary(**(fields | more), by=house.viewer(Role.ADVISER), now=house.clock())  # type: ignore[arg-type]
        return made.id


def test_a_person_gets_a_number_two_keys_and_a_trace(house: House) -> None:
    id_ = register(house, first_name="محمد", last_name="العربي")
    with house.reading():
        person = read.get_beneficiary(id_, house.viewer(Role.ADVISER))
        assert (person.number, person.identity_key) == ("P-00002", "العربي|محمد|1992-02-29")
        noted = db.session.scalars(select(AuditEntry)).one()
        assert (noted.verb, noted.subject_number, noted.row_id) == ("register_beneficiary", "P-00002", id_)


def test_the_same_person_is_not_entered_twice(house: House) -> None:
    register(house)
    with pytest.raises(people.AlreadyKnown, match="P-00002"):
        register(house, first_name="ZOE", last_name="d essai")
    register(house, birth_on=None)
    register(house, birth_on=None)  # without a date of birth nobody is taken for somebody else


def test_mending_a_name_cannot_make_two_people_one(house: House) -> None:
    register(house)
    other = register(house, first_name="Zora")
    with pytest.raises(people.AlreadyKnown), house.writing():
        people.update_beneficiary(other, first_name="Zoë", by=house.viewer(Role.ADVISER), now=house.clock())
    with house.reading():
        assert db.session.get_one(Beneficiary, other).first_name == "Zora"


@pytest.mark.parametrize(
    ("words", "found", "why"),
    [
        ("zoe", True, "without its accent"),
        ("essai zo", True, "words in any order, unfinished"),
        ("06 12 34", True, "a phone typed in pairs"),
        ("p-00002", True, "the number on the papers"),
        ("zoe bernard", False, "every word must fit"),
        ("%", False, "a joker is a letter like another"),
        ("", False, "nothing finds nobody"),
    ],
)
def test_search(house: House, words: str, found: bool, why: str) -> None:
    id_ = register(house)
    with house.reading():
        assert (id_ in [p.id for p in read.search(words, house.viewer(Role.ADVISER))]) is found, why


def test_who_sees_whom(house: House) -> None:
    other = make_house(house.app, house.clock, "autre")
    id_ = register(house)
    with house.reading():
        assert read.get_beneficiary(id_, house.viewer(Role.MECHANIC)).id == id_
        for role in (Role.PRESCRIBER, Role.BENEFICIARY, Role.NETWORK):
            with pytest.raises(NotFound):
                read.get_beneficiary(id_, house.viewer(role))
    with other.reading(), pytest.raises(NotFound):
        read.get_beneficiary(id_, other.viewer(Role.ADVISER))


@pytest.mark.parametrize(
    ("document", "field", "why"),
    [
        ({"kind": "licence", "category": "B"}, "issued_on", "a licence needs the day it was obtained"),
        ({"kind": "licence", "issued_on": date(2020, 1, 1)}, "category", "a licence needs its category"),
        ({"kind": "membership", "issued_on": date(2026, 1, 1)}, "valid_until", "without its last day a membership would open nothing"),
        ({"kind": "home", "issued_on": date(2026, 3, 3)}, "issued_on", "dated tomorrow"),
        ({"kind": "rsa", "issued_on": date(2026, 3, 1), "valid_until": date(2026, 2, 1)}, "valid_until", "ends before it begins"),
        ({"kind": "passport of Utopia"}, "kind", "an unknown paper"),
    ],
)
def test_papers_that_cannot_be(house: House, document: dict[str, object], field: str, why: str) -> None:
    with house.writing(), pytest.raises(RuleBroken) as refused:
        people.see_document(house.beneficiary_id, **document, by=house.viewer(Role.ADVISER), now=house.clock())  # type: ignore[arg-type]
    assert refused.value.field == field, why


def test_a_paper_is_seen_by_somebody_and_soon_too_old(house: House) -> None:
    with house.writing():
        by = house.viewer(Role.ADVISER)
        people.see_document(house.beneficiary_id, kind="rsa", issued_on=date(2025, 12, 20), by=by, now=house.clock())
        people.see_document(house.beneficiary_id, kind="identity", valid_until=date(2031, 1, 1), by=by, now=house.clock())
    with house.reading():
        papers = read.list_documents(house.beneficiary_id)
        assert {p.seen_by for p in papers} == {house.accounts[Role.ADVISER]}
        [(paper, last)] = read.list_expiring(date(2026, 3, 2))
        assert (paper.kind, paper.beneficiary_id, last) == ("rsa", house.beneficiary_id, date(2026, 3, 19))
        assert db.session.scalars(select(Document.outside_eu)).all() == [False, False]


def test_the_job_of_the_day(house: House) -> None:
    with house.writing():
        by, now = house.viewer(Role.ADVISER), house.clock()
        for kind, first, last in [
            ("training", date(2026, 1, 5), date(2026, 3, 1)),
            ("fixed_short", date(2026, 3, 9), date(2026, 6, 30)),
            ("permanent", date(2026, 9, 1), None),
        ]:
            people.record_job(house.beneficiary_id, kind=kind, starts_on=first, ends_on=last, by=by, now=now)
    with house.reading():
        kinds = [
            read.current_job(house.beneficiary_id, day) for day in (date(2026, 2, 1), date(2026, 3, 5), date(2026, 6, 30), date(2030, 1, 1))
        ]
        assert [job.kind if job else None for job in kinds] == ["training", "fixed_short", "fixed_short", "permanent"]


def test_a_job_is_completed_not_doubled_and_the_latest_of_two_wins(house: House) -> None:
    other = make_house(house.app, house.clock, "autre")
    with house.writing():
        by, now, start = house.viewer(Role.ADVISER), house.clock(), date(2026, 3, 9)
        first = people.record_job(house.beneficiary_id, kind="temporary", starts_on=start, by=by, now=now)
        people.record_job(house.beneficiary_id, job_id=first.id, kind="temporary", starts_on=start, one_way_tenths=184, by=by, now=now)
        assert [job.one_way_tenths for job in read.list_jobs(house.beneficiary_id)] == [184]
        second = people.record_job(house.beneficiary_id, kind="permanent", starts_on=start, by=by, now=now)
        assert read.current_job(house.beneficiary_id, date(2026, 3, 2)) is second
    with other.writing(), pytest.raises(NotFound):
        people.record_job(other.beneficiary_id, job_id=first.id, kind="permanent", by=other.viewer(Role.ADVISER), now=house.clock())


def test_an_action_begins_and_ends_once(house: House) -> None:
    by_now = {"now": house.clock()}
    with house.writing():
        made = paths.start_action(
            house.beneficiary_id, kind="workshop", started_on=date(2026, 3, 2), by=house.viewer(Role.ADVISER), **by_now
        ).id
    with house.writing(), pytest.raises(RuleBroken, match="précéder"):
        paths.end_action(made, ended_on=date(2026, 3, 1), by=house.viewer(Role.ADVISER), **by_now)
    with house.writing():
        paths.end_action(made, ended_on=date(2026, 3, 2), by=house.viewer(Role.ADVISER), **by_now)
    with house.writing(), pytest.raises(Conflict):
        paths.end_action(made, ended_on=date(2026, 3, 2), by=house.viewer(Role.ADVISER), **by_now)


def test_an_action_of_a_stranger_is_not_found(house: House) -> None:
    other = make_house(house.app, house.clock, "autre")
    with other.writing(), pytest.raises(NotFound):
        paths.start_action(
            house.beneficiary_id, kind="workshop", started_on=date(2026, 3, 2), by=other.viewer(Role.ADVISER), now=house.clock()
        )
    with house.reading():
        assert db.session.scalars(select(Action)).all() == []


def test_a_meeting_is_planned_ahead_at_a_pole_of_ours_and_held_once(house: House) -> None:
    other = make_house(house.app, house.clock, "autre")
    at = house.clock() + timedelta(days=1)
    with house.writing():
        by = house.viewer(Role.ADVISER)
        with pytest.raises(NotFound):
            meetings.plan_meeting(house.beneficiary_id, kind="first", starts_at=at, site_id=other.site_id, by=by, now=house.clock())
        with pytest.raises(RuleBroken, match="passé"):
            meetings.plan_meeting(house.beneficiary_id, kind="first", starts_at=datetime(2026, 1, 1, tzinfo=UTC), by=by, now=house.clock())
        made = meetings.plan_meeting(house.beneficiary_id, kind="first", starts_at=at, site_id=house.site_id, by=by, now=house.clock())
        assert made.adviser_id == house.accounts[Role.ADVISER]
        meetings.hold_meeting(made.id, by=by, now=at)
        with pytest.raises(Conflict):
            meetings.cancel_meeting(made.id, by=by, now=at)
    with house.reading():
        assert db.session.get_one(Beneficiary, house.beneficiary_id).last_contact_at == at
