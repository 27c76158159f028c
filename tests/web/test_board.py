"""The board as a page and as JSON: what it shows, what it asks of the database, and where each place leads."""

import re
from datetime import datetime, timedelta

import pytest
from sqlalchemy import insert, select

from fleet.actions import blocks, bookings
from fleet.models import Vehicle
from mobility.db import db
from mobility.rights import Role
from tests.garage import MONDAY, at, clear_person, make_vehicle
from tests.house import House
from tests.statements import counted


@pytest.fixture
def car(house: House) -> int:
    """A car that Camille has from the 4th to the 9th, and the garage from the 11th to the 12th."""
    with house.writing():
        clear_person(house, house.beneficiary_id)
        car = make_vehicle(house, "Citadine grise", gearbox="manual").id
        bookings.book(house.beneficiary_id, car, starts_at=at(4), ends_at=at(9), by=house.viewer(Role.ADVISER), now=house.clock())
        blocks.block(car, reason="service", starts_at=at(11), ends_at=at(12), by=house.viewer(Role.MECHANIC), now=house.clock())
    return car


def fill(house: House, count: int) -> None:
    """So many vehicles more, at once."""
    row = {"platform_id": house.platform_id, "kind": "car", "site_id": house.site_id, "in_service_on": MONDAY, "gearbox": "manual"}
    with house.writing():
        db.session.execute(insert(Vehicle), [row | {"label": f"Citadine {number:03}"} for number in range(count)])


def names(text: str) -> list[str]:
    return re.findall(r'<th scope="row"><a href="[^"]*">([^<]*)', text)


def links(text: str) -> list[str]:
    return [href.replace("&amp;", "&") for href in re.findall(r'<td[^>]*><a href="([^"]*)"', text)]


def test_each_place_leads_to_its_act(house: House, car: int) -> None:
    """A gap opens the form of a booking filled with vehicle and days, a booking its page, a block its vehicle."""
    client = house.client(Role.ADVISER)
    before, booking, between, block, after = links(client.get(house.page("board")).text)
    wanted = f"?kind=car&site_id={house.site_id}&vehicle_id={car}"
    assert before.endswith(f"{wanted}&starts_at=2026-03-02T{house.clock().hour + 2:02}:00&ends_at=2026-03-03T18:00")
    assert between.endswith(f"{wanted}&starts_at=2026-03-10T09:00&ends_at=2026-03-10T18:00")
    assert after.endswith(f"{wanted}&starts_at=2026-03-13T09:00&ends_at=2026-04-09T18:00")
    assert booking == house.page("bookings/1") and block == house.page(f"vehicles/{car}")
    assert {client.get(href).status_code for href in (before, booking, block)} == {200}


def test_a_gap_leads_to_its_vehicle_first(house: House, car: int) -> None:
    with house.writing():
        make_vehicle(house, "Citadine avant", gearbox="manual")
    client = house.client(Role.ADVISER)
    gap = next(href for href in links(client.get(house.page("board")).text) if f"vehicle_id={car}&" in href)
    person = client.get(f"{gap}&q=essai").text
    (form,) = [href.replace("&amp;", "&") for href in re.findall(r'href="([^"]*/people/[^"]*bookings/new[^"]*)"', person)]
    offers = client.get(form).text
    assert offers.index("<strong>Citadine grise") < offers.index("<strong>Citadine avant")


def test_those_who_do_not_book_see_no_way_in(house: House, car: int) -> None:
    page = house.client(Role.MECHANIC).get(house.page("board")).text
    assert links(page) == [house.page("bookings/1"), house.page(f"vehicles/{car}")]
    assert "data-home" not in page and "R-2026-0001" in page


@pytest.mark.parametrize(
    ("when", "state", "reason"),
    [
        (at(2, 12), "free", "before it goes"),
        (at(5), "confirmed", "the keys were not handed over"),
        (at(11, 12), "workshop", "at the garage"),
        (at(20), "free", "afterwards"),
    ],
)
def test_the_state_of_this_moment_filters(house: House, car: int, when: datetime, state: str, reason: str) -> None:
    house.clock.set(when)
    client = house.client(Role.ADVISER)
    shown = {each: names(client.get(house.page(f"board?state={each}")).text) for each in ("free", "held", "confirmed", "out", "workshop")}
    assert [each for each, found in shown.items() if found] == [state], reason


def test_it_keeps_what_is_asked_and_goes_two_hundred_at_a_time(house: House) -> None:
    fill(house, 205)
    client = house.client(Role.ADVISER)
    first = client.get(house.page("board?kind=car&gearbox=manual&weeks=2&first_on=2026-04-01")).text
    assert len(names(first)) == 200 and "Véhicules 1 à 200 sur 205" in first.replace("\xa0", " ")
    ways = [href.replace("&amp;", "&") for href in re.findall(r'href="([^"]*/board[?][^"]*)"', first)]
    steps = [way.partition("first_on=")[2] for way in ways if "first_on=" in way and "page" not in way]
    assert {"2026-03-02", "2026-03-23", "2026-04-06", "2026-04-27"} <= set(steps)
    (following,) = [way for way in ways if "page=2" in way]
    assert all(word in following for word in ("kind=car", "gearbox=manual", "weeks=2", "first_on=2026-04-01"))
    assert len(names(client.get(following).text)) == 5
    assert client.get(house.page("board?page=3")).status_code == 404
    assert {client.get(house.page(f"board?{wrong}")).status_code for wrong in ("page=0", "weeks=5", "state=lost", "first_on=hier")} == {422}


def test_it_asks_as_much_for_two_hundred_vehicles_as_for_one_and_five_years_back(house: House, car: int) -> None:
    def asked(path: str) -> int:
        client.get(house.page(path))
        with counted(house.app) as sent:
            assert client.get(house.page(path)).status_code == 200
        return len(sent)

    client = house.client(Role.ADVISER)
    few = asked("board")
    fill(house, 198)
    assert {asked(path) for path in ("board", "board?weeks=12", "board?first_on=2021-03-02")} == {few}
    with house.writing():
        make_vehicle(house, "Citadine de trop")
    assert asked("board") == few + 1, "a second page follows: how many there are is asked too"


def test_it_is_light_and_needs_no_inline_style(house: House, car: int) -> None:
    """100 vehicles over 42 days, two bookings each, go out in 30 KiB."""
    fill(house, 99)
    with house.writing():
        by = house.viewer(Role.MECHANIC)
        for vehicle_id in db.session.scalars(select(Vehicle.id).filter(Vehicle.id != car)):
            begun = at(3) + timedelta(hours=vehicle_id % 40)
            for start in (begun, begun + timedelta(days=18)):
                blocks.block(vehicle_id, reason="other", starts_at=start, ends_at=start + timedelta(days=9), by=by, now=house.clock())
    answer = house.client(Role.ADVISER).get(house.page("board"), headers={"Accept-Encoding": "gzip"})
    assert answer.content_encoding == "gzip" and len(answer.data) < 30 * 1024
    assert " style=" not in house.client(Role.ADVISER).get(house.page("board")).text


def test_the_same_as_json(house: House, car: int) -> None:
    told = house.client(None).get(house.api("board?weeks=2&kind=car"), headers=house.bearer(Role.MECHANIC)).json
    assert (told["first_on"], told["last_on"], told["total"]) == ("2026-03-02", "2026-03-15", 1)
    (row,) = told["rows"]
    assert (row["vehicle_id"], row["label"]) == (car, "Citadine grise")
    assert [(each["status"], each["booking_id"], each["label"]) for each in row["held"]] == [
        ("confirmed", 1, "R-2026-0001, réservée"),
        ("workshop", None, "Entretien"),
    ]
