"""Some hours of one day, asked by day and hour on the pages, and drawn by the hour on the board."""

import re

from sqlalchemy import select

from fleet.models import Booking
from mobility.db import db
from mobility.rights import Role
from tests.browsing import post
from tests.garage import at, clear_person, make_vehicle
from tests.house import House


def test_some_hours_are_asked_by_day_and_hour_and_booked_like_any_other(house: House) -> None:
    with house.writing():
        clear_person(house, house.beneficiary_id)
        car = make_vehicle(house, "Citadine grise").id
    client, page = house.client(Role.ADVISER), house.page(f"people/{house.beneficiary_id}/bookings/new")
    asked = {"programme": "interview", "kind": "car", "on": "2026-03-29", "from_time": "09:00", "to_time": "11:30"}
    assert 'name="from_time"' in client.get(page, query_string={"programme": "trial"}).text
    backwards = client.get(page, query_string=asked | {"to_time": "09:00"})
    assert backwards.status_code == 422 and 'id="f-to_time-error"' in backwards.text
    past = client.get(page, query_string=asked | {"on": "2026-03-01"})
    assert past.status_code == 422 and 'id="f-on-error"' in past.text
    found = client.get(page, query_string=asked)
    assert found.status_code == 200
    (chosen,) = re.findall(rf'href="([^"]*/bookings/new/{car}[^"]*)"', found.text)
    chosen = chosen.replace("&amp;", "&")
    form = client.get(chosen)
    assert form.status_code == 200 and 'name="deposit_kind"' not in form.text
    booked = post(client, chosen, {})
    assert booked.status_code == 303, booked.text
    shown = client.get(booked.location).text
    assert "Trajet pour un entretien" in shown and "Renouveler" not in shown
    with house.reading():
        booking = db.session.scalars(select(Booking)).one()
        assert (booking.starts_at, booking.ends_at) == (at(29, 8), at(29, 10) + (at(2, 9) - at(2, 8)) / 2), "the day clocks go forward"
    board = client.get(house.page("board?first_on=2026-03-29")).text
    assert '<rect x="9" width="2.5" height="1"/>' in board and "de 9 h à 11 h 30" in board.replace("\u00a0", " ")
