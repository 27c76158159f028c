"""What the hot routes ask of the database, counted exactly: a statement more is a choice, and none grows with the rows."""

from collections.abc import Callable

import pytest
from werkzeug.test import TestResponse

from fleet.actions import bookings
from fleet.queries.ways import offers_near
from mobility.db import db
from mobility.models import Beneficiary
from mobility.periods import Period
from mobility.rights import Role
from tests.garage import at, clear_person, make_person, make_vehicle
from tests.house import House
from tests.rental import RentalDesk
from tests.statements import counted

# The edge's own, before any route: what a transaction begins with, the platform, who asks.
BEGINNING = ("BEGIN", "PRAGMA", "SELECT set_config")
EDGES_OWN = ("platform.slug, platform.name", "SELECT account.id AS account_id")  # what each holds
# What stands whole on its first page needs no counting; where a second page follows, each list asks once more how many there are.
LISTS = {"search?q=essai": 4, "board": 3, "vehicles": 2, "bookings": 1, "people": 1, "deposits": 2}
DESK = 21


def asked(house: House, act: Callable[[], TestResponse], status: int = 200) -> int:
    """How many statements a request sends, but for the edge's own: two that read."""
    with counted(house.app) as sent:
        answer = act()
    assert answer.status_code == status, answer.get_data(as_text=True)
    own = [statement for statement in sent if any(words in statement for words in EDGES_OWN)]
    assert len(own) == len(EDGES_OWN)
    return sum(not statement.startswith(BEGINNING) for statement in sent) - len(own)


def fill(house: House, numbers: range) -> None:
    """More of everything: people with their papers, vehicles, bookings."""
    with house.writing():
        by = house.viewer(Role.ADVISER)
        for number in numbers:
            person = make_person(house, number)
            clear_person(house, person.id)
            car = make_vehicle(house, f"Citadine {number}")
            bookings.book(person.id, car.id, starts_at=at(2, 14), ends_at=at(9), by=by, now=house.clock())


@pytest.mark.parametrize("path", [*LISTS, "desk"])
def test_a_page_asks_as_often_for_five_times_the_rows(house: House, path: str) -> None:
    browser = house.client(Role.ADVISER)
    expected = {**LISTS, "desk": DESK}[path]
    fill(house, range(100, 102))
    assert asked(house, lambda: browser.get(house.page(path))) == expected
    fill(house, range(200, 208))
    assert asked(house, lambda: browser.get(house.page(path))) == expected


def test_free_vehicles_are_found_in_as_many_statements_for_many(house: House) -> None:
    browser, token = house.client(None), house.bearer(Role.ADVISER)
    query = {"beneficiary_id": house.beneficiary_id, "kind": "car", "site_id": house.site_id}
    query |= {"starts_at": at(12).isoformat(), "ends_at": at(14).isoformat()}

    def ask() -> int:
        return asked(house, lambda: browser.get(house.api("free-vehicles"), query_string=query, headers=token))

    fill(house, range(100, 102))
    few = ask()  # nothing fits at the pole: its place, the poles, and what is free at all of them come too
    fill(house, range(200, 208))
    assert (few, ask()) == (11, 11)
    with house.writing():
        clear_person(house, house.beneficiary_id)
    assert ask() == 8


def test_the_search_itself_asks_four_times(house: House) -> None:
    """The platform's rules, the person's papers, what was opened to them, the vehicles; the person, the price and the trace are apart."""
    fill(house, range(100, 102))
    with house.writing():
        clear_person(house, house.beneficiary_id)
    with house.reading():
        person = db.session.get_one(Beneficiary, house.beneficiary_id)
        with counted(house.app) as sent:
            offers_near(person, "car", house.site_id, Period(starts_at=at(12), ends_at=at(14)), now=house.clock())
    assert len(sent) == 4


def test_a_booking_and_a_lost_try(house: House) -> None:
    browser, token = house.client(None), house.bearer(Role.ADVISER)
    with house.writing():
        clear_person(house, house.beneficiary_id)
        car = make_vehicle(house).id
    body = {"beneficiary_id": house.beneficiary_id, "vehicle_id": car, "starts_at": at(3).isoformat(), "ends_at": at(4).isoformat()}

    def send() -> TestResponse:
        return browser.post(house.api("bookings"), json=body, headers=token)

    assert asked(house, send, 201) == 20  # one of them the look, one of them who prescribed
    assert asked(house, send, 409) == 1


def test_a_point_etape_held(house: House) -> None:
    browser, token = house.client(None), house.bearer(Role.ADVISER)
    desk = RentalDesk(house).out()
    desk.later(days=7)
    path = house.api(f"bookings/{desk.booking_id}/point-etapes")
    told = {"odometer_km": 48_300, "job_state": "working", "next_step": "none"}
    assert asked(house, lambda: browser.post(path, json=told, headers=token), 201) == 21
