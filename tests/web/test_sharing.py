"""Hours of a shared vehicle asked on a page, searched, booked and read everywhere, without JavaScript; the API takes the written form."""

import re
from typing import Any

import pytest
from sqlalchemy import select

from fleet.models import Booking, Occupancy
from mobility.db import db
from mobility.rights import Role
from tests.browsing import post
from tests.garage import clear_person, make_person, make_vehicle
from tests.house import House

HOURS = {"weekdays": ["0", "1", "2", "3", "4"], "from_time": "05:00", "to_time": "14:00", "weeks": "every"}
DATES = {"kind": "car", "starts_at": "2026-03-09T05:00", "ends_at": "2026-03-28T09:00"}
EARLY, LATE = "12345 05:00-14:00", "12345 14:00-23:00"
WORDS = "du lundi au vendredi, de 5 h à 14 h"


def plain(text: str) -> str:
    return text.replace("\xa0", " ").replace("\u202f", " ").replace("&#39;", "'")


def test_a_page_asks_the_hours_then_the_search_and_every_page_says_them(house: House) -> None:
    with house.writing():
        clear_person(house, house.beneficiary_id)
        car = make_vehicle(house, "Citadine grise").id
    client, page = house.client(Role.ADVISER), house.page(f"people/{house.beneficiary_id}/bookings/new")
    assert f"{page}/shared" in client.get(page).text
    assert 'name="from_time"' in client.get(f"{page}/shared").text
    going = client.get(f"{page}/shared", query_string=HOURS | DATES)
    assert going.status_code == 302
    found = client.get(going.location)
    assert found.status_code == 200 and f"Partagé : {WORDS}." in plain(found.text)
    (chosen,) = re.findall(rf'href="([^"]*/bookings/new/{car}[^"]*)"', found.text)
    form = client.get(chosen.replace("&amp;", "&"))
    assert WORDS in plain(form.text) and "15 jours : 75 € (seuls les jours du partage sont comptés)" in plain(form.text)
    booked = post(client, chosen.replace("&amp;", "&"), {})
    assert booked.status_code == 303, booked.text
    shown = plain(client.get(booked.location).text)
    assert WORDS in shown and "Couper en deux" not in shown and "Prolonger" in shown
    with house.reading():
        booking = db.session.scalars(select(Booking)).one()
        assert (booking.pattern, len(db.session.scalars(select(Occupancy)).all())) == (EARLY, 15)
    for other in (f"vehicles/{car}", f"bookings/{booking.id}/rental", f"bookings/{booking.id}/contract"):
        assert WORDS in plain(client.get(house.page(other)).text), other
    assert WORDS in plain(house.client(Role.BENEFICIARY).get(house.page("me")).text)
    board = plain(client.get(house.page("board?first_on=2026-03-09")).text)
    assert board.count("de 5 h à 14 h") == 15 and "data-id" not in board, "drawn by the hour, none of them the return to drag"
    again = client.get(page, query_string=DATES | {"pattern": EARLY})
    assert "Rien de libre" in again.text and "Citadine grise" in client.get(page, query_string=DATES | {"pattern": LATE}).text


@pytest.mark.parametrize(
    ("changed", "fields"),
    [
        ({"weekdays": []}, {"weekdays"}),
        ({"to_time": "25:00"}, {"to_time"}),
        ({"weeks": "otherwise"}, {"week_on", "other_from_time", "other_to_time"}),
        ({"weeks": "one_in_two"}, {"week_on"}),
        ({"weekdays": [str(day) for day in range(7)], "to_time": "05:00"}, {"weekdays"}),  # all of every week
        ({"weeks": "sometimes"}, {"weeks"}),
        ({"weekdays": [str(day) for day in range(7)], "to_time": "05:00", "other_weekdays": ["1"]}, {"weekdays"}),  # the days of no week
    ],
)
def test_hours_half_told_come_again_beside_their_field(house: House, changed: dict[str, object], fields: set[str]) -> None:
    page = house.page(f"people/{house.beneficiary_id}/bookings/new/shared")
    answer = house.client(Role.ADVISER).get(page, query_string=HOURS | changed)
    assert answer.status_code == 422 and set(re.findall(r'id="f-(\w+)-error"', answer.text)) == fields


def test_the_api_searches_books_and_refuses_in_the_same_words(house: House) -> None:
    with house.writing():
        other = make_person(house, 2).id
        for id_ in (house.beneficiary_id, other):
            clear_person(house, id_)
        car = make_vehicle(house).id
    client, headers = house.app.test_client(), house.bearer(Role.ADVISER)
    period = {name: DATES[name] for name in ("starts_at", "ends_at")}
    turns = "12345 05:00-14:00 14:00-23:00 2026-03-09"

    def ask(pattern: str, person: int = other) -> tuple[int, dict[str, Any]]:
        body = period | {"beneficiary_id": person, "vehicle_id": car, "pattern": pattern}
        answer = client.post(house.api("bookings"), json=body, headers=headers)
        return answer.status_code, answer.get_json()

    assert ask(turns, house.beneficiary_id)[0] == 201
    days = HOURS | {"weekdays": ["5"], "weeks": "otherwise", "week_on": "2026-03-11", "other_weekdays": ["6"]}
    page = house.page(f"people/{other}/bookings/new/shared")
    going = house.client(Role.ADVISER).get(page, query_string=days | {"other_from_time": "08:00", "other_to_time": "12:00"} | DATES)
    assert "pattern=6+05:00-14:00+7+08:00-12:00+2026-03-09" in going.location, "each week its own days"
    status, told = ask("6 05:00-14:00 7 08:00-12:00 2026-03-11")
    assert (status, told["pattern"]) == (201, "6 05:00-14:00 7 08:00-12:00 2026-03-09") and "3 jours : 15 €" in told["price_sentence"]
    assert client.post(house.api(f"bookings/{told['id']}/cancel"), json={"reason": "mistake"}, headers=headers).status_code == 200
    for pattern, free in (("12345 14:00-23:00 05:00-14:00 2026-03-11", True), (EARLY, False), ("12345 14:00-23:00 - 2026-03-09", True)):
        asked = DATES | {"beneficiary_id": other, "pattern": pattern}
        offers = client.get(house.api("free-vehicles"), query_string=asked, headers=headers).get_json()
        assert [offer["vehicle_id"] for offer in offers] == ([car] if free else []), pattern
    assert ask(EARLY)[0] == 409
    status, told = ask("every day")
    assert status == 422 and "du lundi au vendredi, de 5 h à 14 h" in told["errors"]["pattern"]
    status, told = ask("12345 14:00-23:00 05:00-14:00 2026-03-11")
    assert (status, told["pattern"]) == (201, "12345 14:00-23:00 05:00-14:00 2026-03-09"), "any day of the first week says it"
