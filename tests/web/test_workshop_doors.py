"""A workshop's two doors: the link that answers an invitation, the code scanned on the spot."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from mobility.actions import workshops
from mobility.db import db
from mobility.models import Beneficiary, GroupWorkshop, Link, Message, WorkshopSeat
from mobility.rights import Role
from mobility.sms import TEXT_MAX
from mobility.web.workshop_codes import code_of
from tests.browsing import post
from tests.house import House, make_house
from tests.web.test_workshops import ask, others, plan, states


@pytest.fixture
def seat_id(house: House) -> int:
    """The person of the house, whom a mail reaches, asked to a workshop in two days."""
    reach(house, email="camille@example.org")
    return ask(house, plan(house), house.beneficiary_id)[0]


def reach(house: House, **how: str) -> None:
    with house.writing():
        person = db.session.get_one(Beneficiary, house.beneficiary_id)
        person.email, person.phone, person.contact_by = how.get("email"), how.get("phone"), "mail" if "email" in how else "sms"


def path_in(house: House) -> str:
    """The link of the last message."""
    with house.reading():
        body = db.session.scalars(select(Message.body).order_by(Message.id.desc())).first() or ""
    (url,) = re.findall(r"https?://[^/]+(/p/\S+/workshop/[\w-]+)", body)
    return url


def seat(house: House, seat_id: int) -> WorkshopSeat:
    with house.reading():
        return db.session.get_one(WorkshopSeat, seat_id)


def here(house: House, workshop_id: int) -> str:
    with house.reading():
        return house.page(f"workshop-here/{code_of(workshop_id)}")


def at(house: House, workshop_id: int, minutes: int) -> None:
    """So many minutes after it began."""
    with house.reading():
        starts_at = db.session.get_one(GroupWorkshop, workshop_id).starts_at
    house.clock.set(starts_at + timedelta(minutes=minutes))


def test_an_invitation_is_answered_by_its_link_without_signing_in_and_changed(house: House, seat_id: int) -> None:
    phone, path = house.app.test_client(), path_in(house)
    page = phone.get(path)
    assert page.status_code == 200 and "Je viens" in page.text and "Camille" not in page.text
    assert seat(house, seat_id).state == "invited", "a messenger that looks at the link has not answered"
    assert post(phone, path, {"coming": "yes"}).status_code == 303 and seat(house, seat_id).state == "accepted"
    assert post(phone, path, {"coming": "no"}).status_code == 303 and seat(house, seat_id).state == "declined"
    assert post(phone, path, {"coming": "perhaps"}).status_code == 422
    house.clock.forward(days=3)
    assert phone.get(path).status_code == 404 and post(phone, path, {"coming": "yes"}).status_code == 404


def test_a_place_given_back_by_link_goes_to_who_waits_with_a_link_of_their_own(house: House, seat_id: int) -> None:
    workshop_id = seat(house, seat_id).group_workshop_id
    with house.reading():
        before = path_in(house)
    (other,) = others(house, 1)
    with house.writing():
        person = db.session.get_one(Beneficiary, other)
        person.email, person.contact_by = "autre@example.org", "mail"
    ask(house, workshop_id, other)
    assert states(house, workshop_id) == ["invited", "queued"]
    assert post(house.app.test_client(), before, {"coming": "no"}).status_code == 303
    assert states(house, workshop_id) == ["declined", "invited"]
    assert path_in(house) != before


def test_a_text_message_holds_its_whole_link_and_a_voice_needs_none(house: House) -> None:
    reach(house, phone="+33639981122")
    with house.writing():
        told = {"subject": "networks", "title": "T" * 120, "minutes": 120, "places": 2, "open_to": "everybody", "place": "salle " * 30}
        start, by = house.clock() + timedelta(days=2), house.viewer(Role.ADVISER)
        long_id = workshops.plan_workshop(**told, starts_at=start, by=by, now=house.clock()).id
    ask(house, long_id, house.beneficiary_id)
    assert len(path_in(house)) > 40
    with house.reading():
        assert max(len(body) for body in db.session.scalars(select(Message.body))) <= TEXT_MAX
        links = db.session.scalar(select(func.count()).select_from(Link))
    reach(house)
    ask(house, plan(house), house.beneficiary_id)
    with house.reading():
        assert db.session.scalar(select(func.count()).select_from(Link)) == links


@pytest.mark.parametrize(("minutes", "mark"), [(-20, "came"), (10, "came"), (40, "late")])
def test_who_scans_the_code_on_the_spot_is_there(house: House, seat_id: int, minutes: int, mark: str) -> None:
    workshop_id = seat(house, seat_id).group_workshop_id
    at(house, workshop_id, minutes)
    client, path = house.client(Role.BENEFICIARY), here(house, workshop_id)
    assert "Je suis là" in client.get(path).text and seat(house, seat_id).mark is None
    assert post(client, path).status_code == 303
    assert seat(house, seat_id).mark == mark
    first = seat(house, seat_id).marked_at
    house.clock.forward(minutes=5)
    assert post(client, path).status_code == 303 and seat(house, seat_id).marked_at == first, "scanned again it says the same"
    assert "Je suis là" not in client.get(path).text


@pytest.mark.parametrize("minutes", [-60, 200])
def test_before_and_after_its_time_the_code_marks_nobody(house: House, seat_id: int, minutes: int) -> None:
    workshop_id = seat(house, seat_id).group_workshop_id
    at(house, workshop_id, minutes)
    assert post(house.client(Role.BENEFICIARY), here(house, workshop_id)).status_code == 409
    assert seat(house, seat_id).mark is None


def test_the_code_is_for_who_has_a_place_and_for_this_platform(house: House, seat_id: int) -> None:
    workshop_id = seat(house, seat_id).group_workshop_id
    path, other = here(house, workshop_id), make_house(house.app, house.clock, "autre")
    at(house, workshop_id, 0)
    assert house.app.test_client().get(path).status_code == 303, "first one's own space"
    for wrong in (path + "x", house.page("workshop-here/x"), other.page(path.split("/", 3)[3])):
        who = other if "/autre/" in wrong else house
        assert who.client(Role.BENEFICIARY).get(wrong).status_code == 404
    nobodys = plan(house)
    at(house, nobodys, 0)
    answer = post(house.client(Role.BENEFICIARY), here(house, nobodys))
    assert answer.status_code == 409 and "pas de place" in answer.text.replace("\xa0", " ")


def test_the_adviser_shows_the_code_and_the_api_marks_the_same(house: House, seat_id: int) -> None:
    workshop_id = seat(house, seat_id).group_workshop_id
    shown = house.client(Role.ADVISER).get(house.page(f"workshops/{workshop_id}/code")).text
    assert "data:image/svg+xml" in shown
    at(house, workshop_id, 0)
    code = here(house, workshop_id).rsplit("/", 1)[1]
    api, heads = house.app.test_client(), house.bearer(Role.BENEFICIARY)
    assert api.post(house.api("workshops/here"), json={"code": code}, headers=heads).json["mark"] == "came"
    assert api.post(house.api("workshops/here"), json={"code": "x"}, headers=heads).status_code == 404
