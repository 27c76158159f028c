"""Calendars that a phone follows: what they hold, how little they say, and when their private address stops answering."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import icalendar
import pytest
from sqlalchemy import update

from fleet.actions.blocks import block
from fleet.calendars import LASTS
from fleet.models import Booking
from mobility.db import db
from mobility.models import Account, Beneficiary, Grant, Link, Meeting
from mobility.rights import Role
from tests.browsing import post
from tests.garage import at, make_vehicle
from tests.house import House, make_house
from tests.rental import RentalDesk

ADDRESS = re.compile(r"http://[^<\"]+/calendar/\w+/[\w-]+\.ics")


def made(house: House, role: Role, **what: Any) -> str:
    """The path of a calendar made by the API."""
    answer = house.client(None).post(house.api("calendars"), json=what, headers=house.bearer(role))
    assert answer.status_code == 201, answer.json
    return "/p/" + answer.json["address"].partition("/p/")[2]


def events(house: House, path: str) -> dict[str, Any]:
    """What a phone reads there: each event by the first part of its identifier."""
    answer = house.client(None).get(path)
    assert (answer.status_code, answer.mimetype) == (200, "text/calendar"), answer.text
    book = icalendar.Calendar.from_ical(answer.data)
    return {str(event["UID"]).partition("@")[0]: event for event in book.walk("VEVENT")}


def test_each_calendar_holds_its_bookings_and_nobodys_name(house: House) -> None:
    desk = RentalDesk(house).out()
    client = house.client(Role.ADVISER)
    page = post(client, house.page("calendars"), {"what": "own"})
    found = ADDRESS.search(page.text)
    assert page.status_code == 200 and found and "webcal://" in page.text
    own = events(house, "/p/" + found[0].partition("/p/")[2])
    site = events(house, made(house, Role.MECHANIC, what="site", site_id=house.site_id))
    of_car = made(house, Role.TREASURER, what="vehicle", vehicle_id=desk.car)
    with house.reading():
        booking = db.session.get_one(Booking, desk.booking_id)
        person = db.session.get_one(Beneficiary, house.beneficiary_id)
        (meeting,) = db.session.scalars(db.select(Meeting)).all()
    out, back = f"booking-{booking.id}-out", f"booking-{booking.id}-back"
    assert own.keys() == {out, back, f"meeting-{meeting.id}"}
    assert site.keys() == {out, back}
    for feed in (own, site):
        assert (feed[out].start, feed[back].start) == (booking.handed_over_at, booking.ends_at)
    whose = f"{person.first_name[0]}. {person.last_name[0]}."
    assert [str(own[uid]["SUMMARY"]) for uid in (out, f"meeting-{meeting.id}")] == [
        f"Départ, {whose}, Citadine 1",
        f"Point-étape, {whose}, Citadine 1",
    ]
    assert own[f"meeting-{meeting.id}"].start == meeting.starts_at
    assert str(site[back]["SUMMARY"]) == f"Retour, {booking.number}, Citadine 1"
    assert f"/bookings/{booking.id}" in str(site[back]["URL"])
    (held,) = events(house, of_car).values()
    assert (held.start, held.end, str(held["SUMMARY"])) == (booking.starts_at, booking.ends_at, f"{booking.number}, en cours")
    for read in (own, site, {"held": held}):
        said = " ".join(str(value) for event in read.values() for value in event.values())
        assert not [word for word in (person.first_name, person.last_name, person.phone, person.email) if word and word in said]


def test_an_unchanged_calendar_is_not_sent_again_and_a_block_shows(house: House) -> None:
    desk = RentalDesk(house)
    with house.writing():
        other_car = make_vehicle(house, "Citadine 2").id
    path = made(house, Role.MANAGER, what="site", site_id=house.site_id)
    phone = house.client(None)
    first = phone.get(path)
    house.clock.forward(minutes=20)
    again = phone.get(path, headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    kept = desk.act(block, other_car, reason="workshop", note="Chez Camille", starts_at=at(6), ends_at=at(8))
    changed = phone.get(path, headers={"If-None-Match": first.headers["ETag"]})
    assert changed.status_code == 200 and "Chez Camille" not in changed.text
    shown = events(house, path)[f"block-{kept.id}"]
    assert (shown.start, shown.end, str(shown["SUMMARY"])) == (kept.starts_at, kept.ends_at, "Atelier, Citadine 2")


def stopped(house: House, link_id: int) -> None:
    assert post(house.client(Role.ADVISER), house.page(f"calendars/{link_id}/stop")).status_code == 303


def replaced(house: House, link_id: int) -> None:
    made(house, Role.ADVISER, what="own")


def expired(house: House, link_id: int) -> None:
    house.clock.forward(days=LASTS.days)


def left(house: House, link_id: int) -> None:
    with house.writing():
        db.session.execute(update(Account).filter(Account.id == house.accounts[Role.ADVISER]).values(disabled_at=house.clock()))


def other_role(house: House, link_id: int) -> None:
    with house.writing():
        db.session.execute(update(Grant).filter(Grant.account_id == house.accounts[Role.ADVISER]).values(role=Role.MECHANIC))


@pytest.mark.parametrize("end", [stopped, replaced, expired, left, other_role])
def test_an_address_that_ended_answers_like_one_that_never_was(house: House, end: Callable[[House, int], None]) -> None:
    path = made(house, Role.ADVISER, what="own")
    with house.reading():
        link_id = db.session.scalars(db.select(Link.id)).one()
    assert not events(house, path)
    end(house, link_id)
    answers = [house.client(None).get(where) for where in (path, house.page("calendar/own/never-was.ics"))]
    assert [answer.status_code for answer in answers] == [404, 404]
    assert answers[0].text == answers[1].text


def test_an_address_is_ones_own_prolonged_and_bound_to_its_platform_and_purpose(house: House) -> None:
    path = made(house, Role.ADVISER, what="own")
    other = make_house(house.app, house.clock, "voisine")
    phone = house.client(None)
    for elsewhere in (path.replace(house.slug, other.slug, 1), path.replace("/own/", "/site/"), path.replace("/own/", "/x/")):
        assert phone.get(elsewhere).status_code == 404, elsewhere
    (kept,) = phone.get(house.api("calendars"), headers=house.bearer(Role.ADVISER)).json
    for colleague in (house, other):
        refused = phone.post(colleague.api(f"calendars/{kept['id']}/renew"), json={}, headers=colleague.bearer(Role.MANAGER))
        assert refused.status_code == 404
    house.clock.forward(days=200)
    house_clock = house.clock()
    assert (house.client(Role.ADVISER)).get(house.page("calendars")).text.count("Prolonger") == 1
    answer = phone.post(house.api(f"calendars/{kept['id']}/renew"), json={}, headers=house.bearer(Role.ADVISER))
    assert answer.json["expires_at"][:10] == (house_clock + LASTS).date().isoformat()
    assert phone.delete(house.api(f"calendars/{kept['id']}"), headers=house.bearer(Role.ADVISER)).status_code == 204
    assert phone.get(path).status_code == 404


def test_a_calendar_says_itself_that_it_ends(house: House) -> None:
    path = made(house, Role.ADVISER, what="own")
    house.clock.forward(days=LASTS.days - 8)
    (last,) = events(house, path).values()
    assert "prolongez-le" in str(last["SUMMARY"]) and last.start == house.clock() + timedelta(days=1)


@pytest.mark.parametrize(
    ("role", "asked", "field"),
    [
        (Role.MECHANIC, {"what": "own"}, "what"),
        (Role.ADVISER, {"what": "everything"}, "what"),
        (Role.ADVISER, {"what": "site"}, "site_id"),
        (Role.ADVISER, {"what": "site", "site_id": 987_654}, "site_id"),  # nobody's, or another platform's
        (Role.ADVISER, {"what": "vehicle", "vehicle_id": 987_654}, "vehicle_id"),
    ],
)
def test_a_calendar_that_cannot_be_is_refused_beside_its_field(house: House, role: Role, asked: dict[str, Any], field: str) -> None:
    answer = house.client(None).post(house.api("calendars"), json=asked, headers=house.bearer(role))
    assert (answer.status_code, set(answer.json["errors"])) == (422, {field})
    typed = {name: str(value) for name, value in asked.items()}
    page = post(house.client(role), house.page("calendars"), typed)
    assert page.status_code == 422
