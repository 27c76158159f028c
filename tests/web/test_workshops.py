"""Collective workshops: people asked in order, seats never given twice, answers, reminders, who came (domain.md §2.3)."""

from contextlib import suppress
from datetime import timedelta
from threading import Barrier, BrokenBarrierError
from typing import Any

import pytest
from sqlalchemy import select

from mobility import jobs
from mobility.actions import workshops
from mobility.db import db
from mobility.models import Action, Beneficiary, GroupWorkshop, Message, WorkshopSeat
from mobility.rights import Role
from tests.browsing import post
from tests.garage import make_person
from tests.house import House
from tests.ports.read_pdf import words
from tests.racing import race
from tests.web.test_calendars import events, made

TYPED = {"subject": "networks", "title": "Prendre le bus", "minutes": "120", "open_to": "everybody", "places": "1"}


@pytest.fixture
def workshop_id(house: House) -> int:
    """A workshop with one place, tomorrow in a day at noon."""
    return plan(house)


def plan(house: House, *, places: int = 1) -> int:
    with house.writing():
        told: dict[str, Any] = {
            "subject": "networks",
            "title": "Prendre le bus",
            "minutes": 120,
            "open_to": "everybody",
            "site_id": house.site_id,
        }
        at = house.clock() + timedelta(days=2)
        return workshops.plan_workshop(**told, starts_at=at, places=places, by=house.viewer(Role.ADVISER), now=house.clock()).id


def ask(house: House, workshop_id: int, *people: int) -> list[int]:
    with house.writing():
        by = house.viewer(Role.ADVISER)
        return [workshops.invite(workshop_id, beneficiary_id=person, by=by, now=house.clock()).id for person in people]


def others(house: House, count: int) -> list[int]:
    with house.writing():
        return [make_person(house, 500 + number).id for number in range(count)]


def states(house: House, workshop_id: int) -> list[str]:
    with house.reading():
        asked = select(WorkshopSeat.state).filter(WorkshopSeat.group_workshop_id == workshop_id)
        return list(db.session.scalars(asked.order_by(WorkshopSeat.id)))


@pytest.mark.usefixtures("audited")
def test_a_workshop_from_the_calendar_to_who_came(house: House) -> None:
    adviser, person = house.client(Role.ADVISER), house.client(Role.BENEFICIARY)
    (waits,) = others(house, 1)
    starts = (house.clock() + timedelta(days=2)).strftime("%Y-%m-%dT14:00")
    refused = post(adviser, house.page("workshops/new"), TYPED | {"starts_at": starts})
    assert refused.status_code == 422 and "écrivez le lieu" in refused.text and "Prendre le bus" in refused.text
    planned = post(adviser, house.page("workshops/new"), TYPED | {"starts_at": starts, "site_id": str(house.site_id)})
    assert planned.status_code == 303
    here = planned.location
    assert "Prendre le bus" in adviser.get(house.page("workshops")).text
    for id_ in (house.beneficiary_id, waits):
        there = house.page(f"people/{id_}/workshops")
        assert "Prendre le bus" in adviser.get(there).text
        assert post(adviser, there, {"workshop_id": here.rsplit("/", 1)[1]}).status_code == 303
    assert "liste d’attente" in adviser.get(here).text
    with house.reading():
        mine, other = db.session.scalars(select(WorkshopSeat.id).order_by(WorkshopSeat.id)).all()
    own = house.page(f"workshop-seats/{mine}")
    assert "Mes ateliers" in person.get(house.page("me")).text and "Je viens" in person.get(own).text
    assert person.get(house.page(f"workshop-seats/{other}")).status_code == 404, "somebody else's"
    assert post(person, house.page(f"workshop-seats/{other}/answer"), {"coming": "no"}).status_code == 404
    assert post(person, f"{own}/answer", {"coming": "yes"}).status_code == 303
    assert post(adviser, f"{own}/mark", {"mark": "came"}).status_code == 409, "not before the day"
    house.clock.forward(days=3)
    assert post(adviser, f"{own}/mark", {"mark": "came"}).status_code == 303
    assert post(person, f"{own}/answer", {"coming": "no"}).status_code == 409, "it has begun"
    with house.reading():
        (step,) = db.session.scalars(select(Action)).all()
        assert (step.kind, step.beneficiary_id, step.started_on) == ("workshop", house.beneficiary_id, step.ended_on)
        assert db.session.scalars(select(GroupWorkshop.held_at)).one() is not None
    assert "présent·e" in person.get(own).text
    paper = house.page(f"people/{house.beneficiary_id}/attendance")
    assert (
        "Mon attestation de présence" in person.get(house.page("me")).text
        and paper in adviser.get(house.page(f"people/{house.beneficiary_id}/workshops")).text
    )
    for said in ("Prendre le bus", "Au total, 2 h de présence"):
        assert said in words(person.get(paper).data)
    assert "Signature" in words(adviser.get(f"{here}/sheet").data)
    assert (
        person.get(house.page(f"people/{waits}/attendance")).status_code
        == 404
        == adviser.get(house.page(f"people/{waits}/attendance")).status_code
    )
    assert post(adviser, f"{own}/mark", {"mark": "absent"}).status_code == 303, "marked by mistake"
    with house.reading():
        assert db.session.scalars(select(Action)).all() == []


def test_a_freed_place_goes_to_the_first_who_waits_and_both_are_told(house: House, workshop_id: int) -> None:
    second, third = others(house, 2)
    first, *_ = ask(house, workshop_id, house.beneficiary_id, second, third)
    assert states(house, workshop_id) == ["invited", "queued", "queued"]
    with house.writing():
        db.session.get_one(Beneficiary, second).contact_by = "mail"
        db.session.get_one(Beneficiary, second).email = "second@example.org"
    answer = post(house.client(Role.BENEFICIARY), house.page(f"workshop-seats/{first}/answer"), {"coming": "no"})
    assert answer.status_code == 303
    assert states(house, workshop_id) == ["declined", "invited", "queued"]
    with house.reading():
        body = db.session.scalars(select(Message.body).filter(Message.beneficiary_id == second)).all()[-1]
    assert "Une place s’est libérée" in body and "« Prendre le bus »" in body
    house.clock.forward(minutes=5)
    api, by = house.app.test_client(), house.bearer(Role.ADVISER)
    back = api.post(house.api(f"workshop-seats/{first}/answer"), json={"coming": True}, headers=by)
    assert back.get_json()["state"] == "queued", "the place is somebody else's now"
    assert api.post(house.api(f"workshops/{workshop_id}/seats"), json={"beneficiary_id": third}, headers=by).status_code == 409
    listed = api.get(house.api("workshops"), headers=by).get_json()
    assert (listed["rows"][0]["taken"], listed["rows"][0]["workshop"]["places"]) == (1, 1)
    assert [seat["state"] for seat in api.get(house.api(f"workshops/{workshop_id}/seats"), headers=by).get_json()] == [
        "invited",
        "queued",
        "queued",
    ]


def test_the_day_before_each_is_reminded_once(house: House, workshop_id: int) -> None:
    with house.writing():
        person = db.session.get_one(Beneficiary, house.beneficiary_id)
        person.contact_by, person.email = "mail", "reminded@example.org"
    ask(house, workshop_id, house.beneficiary_id)
    house.clock.forward(days=1)
    for _ in range(2):
        assert jobs.run_hourly(house.app) == []
    with house.reading():
        said = db.session.scalars(select(Message.body).filter(Message.beneficiary_id == house.beneficiary_id)).all()
    assert [body.count("Rappel") for body in said] == [0, 1]


def test_a_cancelled_workshop_is_told_and_asks_nobody_any_more(house: House, workshop_id: int) -> None:
    (person,) = others(house, 1)
    (seat,) = ask(house, workshop_id, house.beneficiary_id)
    manager, here = house.client(Role.MANAGER), house.page(f"workshops/{workshop_id}")
    assert post(manager, f"{here}/cancel", {"reason": "whim"}).status_code == 422
    assert post(manager, f"{here}/cancel", {"reason": "too_few"}).status_code == 303
    assert post(manager, f"{here}/cancel", {"reason": "too_few"}).status_code == 409
    assert post(manager, f"{here}/invite", {"beneficiary_id": str(person)}).status_code == 409
    assert "trop peu d’inscriptions" in manager.get(here).text
    assert "n’aura pas lieu" in house.client(Role.BENEFICIARY).get(house.page(f"workshop-seats/{seat}")).text


def _ask_at_once(house: House, workshop_id: int, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Two people asked to one place, each count waiting a moment for the other."""
    people, both, count = others(house, 2), Barrier(2), workshops.count_taken

    def counted(id_: int) -> int:
        found = count(id_)
        with suppress(BrokenBarrierError):  # the other waits at the lock
            both.wait(timeout=0.4)
        return found

    monkeypatch.setattr(workshops, "count_taken", counted)
    tries = race(2, 1, lambda client, _: ask(house, workshop_id, people[client]))
    assert not [one.answer for one in tries if isinstance(one.answer, Exception)]
    return sorted(states(house, workshop_id))


def test_one_place_asked_for_at_once_is_given_once(house: House, workshop_id: int, monkeypatch: pytest.MonkeyPatch) -> None:
    assert _ask_at_once(house, workshop_id, monkeypatch) == ["invited", "queued"]


def test_twin_without_the_lock_it_is_given_twice(house: House, workshop_id: int, monkeypatch: pytest.MonkeyPatch) -> None:
    with house.reading():
        if db.engine.dialect.name == "sqlite":
            pytest.skip("one writer at a time there, lock or no lock")
    monkeypatch.setattr(workshops, "lock_workshop", lambda id_: db.session.get_one(GroupWorkshop, id_))
    assert _ask_at_once(house, workshop_id, monkeypatch) == ["invited", "invited"]


def test_who_leads_it_has_it_in_their_calendar_without_a_name(house: House, workshop_id: int) -> None:
    ask(house, workshop_id, house.beneficiary_id)
    entry = events(house, made(house, Role.ADVISER, what="own"))[f"group-workshop-{workshop_id}"]
    assert (str(entry["SUMMARY"]), entry.end - entry.start) == ("Atelier : Prendre le bus", timedelta(hours=2))
