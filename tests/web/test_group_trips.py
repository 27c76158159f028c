"""Accompanied trips: planned by their stops, a seat by leg, no seat without the charter, told where one gets on."""

from contextlib import suppress
from datetime import timedelta
from itertools import pairwise
from threading import Barrier, BrokenBarrierError

import pytest
from sqlalchemy import select

from mobility.actions import workshops
from mobility.db import db
from mobility.errors import Conflict
from mobility.models import Action, Beneficiary, GroupWorkshop, Message, WorkshopSeat
from mobility.periods import paris_day
from mobility.rights import Role
from tests.browsing import post
from tests.house import House
from tests.ports.read_pdf import words
from tests.racing import race
from tests.web.test_workshop_doors import path_in
from tests.web.test_workshops import others, states

STOPS = "7:10 Gare\n7:25 Place du Marché\n8:05 Zone du Port"


def typed(house: House, **more: str) -> dict[str, str]:
    day = paris_day(house.clock()) + timedelta(days=2)
    told = {"title": "Vers le port", "stops": STOPS, "weeks": "1", "places": "1", "place": "Minibus, conduit par un bénévole"}
    return told | {"on": day.isoformat(), "open_to": "everybody"} | more


def plan(house: House, **more: str) -> int:
    planned = post(house.client(Role.ADVISER), house.page("trips/new"), typed(house, **more))
    assert planned.status_code == 303, planned.text
    return int(planned.location.rsplit("/", 1)[1])


def seats(house: House) -> list[WorkshopSeat]:
    with house.reading():
        return list(db.session.scalars(select(WorkshopSeat).order_by(WorkshopSeat.id)))


def ask(house: House, trip_id: int, person_id: int, leg: tuple[int, int]) -> int:
    with house.writing():
        by = house.viewer(Role.ADVISER)
        return workshops.invite(trip_id, beneficiary_id=person_id, leg=leg, by=by, now=house.clock()).id


def test_a_trip_is_planned_by_its_stops_for_some_weeks(house: House) -> None:
    plan(house, weeks="3")
    with house.reading():
        planned = list(db.session.scalars(select(GroupWorkshop).order_by(GroupWorkshop.starts_at)))
    assert [(one.minutes, one.stops[1]["place"]) for one in planned if one.stops] == [(55, "Place du Marché")] * 3
    assert {(after.starts_at - before.starts_at).days for before, after in pairwise(planned)} <= {7, 6}
    client = house.client(Role.ADVISER)
    for more, said in (({"stops": "7:10 Gare"}, "Deux arrêts au moins"), ({"on": "2020-01-01"}, "dans le passé"), ({"weeks": "40"}, "")):
        refused = post(client, house.page("trips/new"), typed(house, **more))
        assert refused.status_code == 422 and said in refused.text
    assert "Vers le port" in client.get(house.page("workshops")).text


def test_one_seat_serves_two_who_do_not_ride_together_and_frees_for_who_waits(house: House) -> None:
    trip_id, (first, second, third) = plan(house), others(house, 3)
    one = ask(house, trip_id, first, (0, 1))
    ask(house, trip_id, second, (1, 2))
    ask(house, trip_id, third, (0, 2))
    assert states(house, trip_id) == ["invited", "invited", "queued"]
    page = house.client(Role.ADVISER).get(house.page(f"workshops/{trip_id}")).text
    assert "7:25 Place du Marché" in page.replace("\xa0", " ") and "À bord ensuite" in page
    with house.writing():
        workshops.answer_invitation(one, coming=False, by=house.viewer(Role.ADVISER), now=house.clock())
    assert states(house, trip_id) == ["declined", "invited", "queued"], "the whole way is not free yet: the second still rides a part of it"


def test_nobody_has_a_seat_without_the_charter_and_it_is_accepted_once(house: House) -> None:
    with house.writing():
        person = db.session.get_one(Beneficiary, house.beneficiary_id)
        person.email, person.contact_by = "camille@example.org", "mail"
    seat_id = ask(house, plan(house), house.beneficiary_id, (1, 2))
    with house.reading():
        body = db.session.scalars(select(Message.body)).one()
    assert "place au trajet" in body and "7 h 25" in body.replace("\xa0", " ") and "Place du Marché" in body, "where they get on, and when"
    phone, path = house.app.test_client(), path_in(house)
    assert "La charte du passager" in phone.get(path).text
    refused = post(phone, path, {"coming": "yes"})
    assert refused.status_code == 422 and "acceptez la charte" in refused.text and seats(house)[0].charter_on is None
    assert post(phone, path, {"coming": "yes", "charter": "yes", "once": "b"}).status_code == 303
    assert (seats(house)[0].state, seats(house)[0].charter_on) == ("accepted", paris_day(house.clock()))
    client = house.client(Role.BENEFICIARY)
    own = client.get(house.page(f"workshop-seats/{seat_id}")).text.replace("\xa0", " ")
    assert "Vous montez" in own and "Place du Marché, 7:25" in own and "J’accepte la charte" not in own


def test_who_came_has_it_as_a_step_with_its_charter_and_the_driver_a_list_of_stops(house: House) -> None:
    trip_id = plan(house)
    seat_id = ask(house, trip_id, house.beneficiary_id, (0, 2))
    adviser = house.client(Role.ADVISER)
    assert post(adviser, house.page(f"workshop-seats/{seat_id}/answer"), {"coming": "yes", "charter": "yes"}).status_code == 303
    sheet = words(adviser.get(house.page(f"workshops/{trip_id}/sheet")).data)
    assert "7:10 Gare" in sheet and "Zone du Port" in sheet
    house.clock.forward(days=2, hours=1)
    assert post(adviser, house.page(f"workshop-seats/{seat_id}/mark"), {"mark": "came"}).status_code == 303
    with house.reading():
        action = db.session.scalars(select(Action).filter(Action.kind == "accompanied")).one()
        assert action.charter_on is not None and action.ended_on is not None


def test_the_api_plans_and_asks_the_same(house: House) -> None:
    api, heads = house.app.test_client(), house.bearer(Role.ADVISER)
    sent = typed(house) | {"weeks": 2, "places": 1}
    planned = api.post(house.api("trips"), json=sent, headers=heads)
    assert planned.status_code == 201 and len(planned.json) == 2 and planned.json[0]["stops"][0] == {"at": "07:10", "place": "Gare"}
    where = house.api(f"workshops/{planned.json[0]['id']}/seats")
    assert api.post(where, json={"beneficiary_id": house.beneficiary_id, "board": 2, "alight": 1}, headers=heads).status_code == 422
    asked = api.post(where, json={"beneficiary_id": house.beneficiary_id, "board": 1, "alight": 2}, headers=heads)
    assert asked.status_code == 201 and (asked.json["board"], asked.json["alight"]) == (1, 2)


def test_a_ride_is_no_hour_of_a_workshop_and_has_its_own_line_of_the_year(house: House) -> None:
    trip_id = plan(house)
    seat_id = ask(house, trip_id, house.beneficiary_id, (0, 2))
    house.clock.forward(days=2, hours=1)
    with house.writing():
        workshops.mark_attendance(seat_id, mark="came", by=house.viewer(Role.ADVISER), now=house.clock())
    told = house.app.test_client().get(house.api(f"report?year={house.clock().year}"), headers=house.bearer(Role.MANAGER)).json
    assert (told["trips"], told["trip_passengers"], told["workshops"], told["workshop_presences"]) == (1, 1, 0, 0)
    assert house.client(Role.ADVISER).get(house.page(f"people/{house.beneficiary_id}/attendance")).status_code == 404


def _ride_at_once(house: House, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Two people asked to the one seat of a stretch they share, each count waiting a moment for the other."""
    trip_id, people = plan(house), others(house, 2)
    both, real = Barrier(2), workshops.legs_taken

    def counted(id_: int) -> object:
        found = list(real(id_))
        with suppress(BrokenBarrierError):  # the other waits at the lock
            both.wait(timeout=0.4)
        return found

    monkeypatch.setattr(workshops, "legs_taken", counted)
    tries = race(2, 1, lambda client, _: ask(house, trip_id, people[client], (client, 2)))
    assert not [one.answer for one in tries if isinstance(one.answer, Exception)]
    return sorted(states(house, trip_id))


def test_a_stretch_asked_for_at_once_is_given_once(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    assert _ride_at_once(house, monkeypatch) == ["invited", "queued"]


def test_twin_without_the_lock_it_is_given_twice(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    with house.reading():
        if db.engine.dialect.name == "sqlite":
            pytest.skip("one writer at a time there, lock or no lock")
    monkeypatch.setattr(workshops, "lock_workshop", lambda id_: db.session.get_one(GroupWorkshop, id_))
    assert _ride_at_once(house, monkeypatch) == ["invited", "invited"]


def test_what_is_said_of_a_trip_says_a_trip(house: House) -> None:
    trip_id, (first, second) = plan(house), others(house, 2)
    ask(house, trip_id, first, (0, 2))
    waiting = ask(house, trip_id, second, (0, 2))
    with house.writing():
        workshops.cancel_workshop(trip_id, reason="weather", by=house.viewer(Role.ADVISER), now=house.clock())
    with house.writing(), pytest.raises(Conflict, match="Ce trajet est annulé"):
        workshops.answer_invitation(waiting, coming=True, by=house.viewer(Role.ADVISER), now=house.clock())
    with house.reading():
        assert db.session.get_one(WorkshopSeat, waiting).state == "queued"
