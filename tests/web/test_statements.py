"""What the hot routes ask of the database, counted exactly: a statement more is a choice, and none grows with the rows."""

from collections.abc import Callable
from datetime import date

import pytest
from sqlalchemy import select
from werkzeug.test import TestResponse

from billing.actions.deposits import receive_deposit
from billing.models import Deposit
from fleet.actions import bookings, point_etape
from mobility.db import db
from mobility.models import LiaisonForm
from mobility.periods import instant_of
from mobility.rights import Role
from tests.browsing import post
from tests.garage import MONDAY, at, clear_person, make_person, make_vehicle
from tests.house import House
from tests.rental import FINE_CAR, RentalDesk
from tests.statements import counted
from tests.web.test_microcredits import TYPED

# The edge's own, before any route: what a transaction begins with, the platform, who asks.
BEGINNING = ("BEGIN", "PRAGMA", "SELECT set_config")
EDGES_OWN = ("platform.slug, platform.name \nFROM", "SELECT account.id AS account_id")  # what each holds
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
    assert (few, ask()) == (7, 7)
    with house.writing():
        clear_person(house, house.beneficiary_id)
    assert ask() == 4  # the person, all that is known of them and settled here, the vehicles; and the trace of the look


def test_a_booking_and_a_lost_try(house: House) -> None:
    browser, token = house.client(None), house.bearer(Role.ADVISER)
    with house.writing():
        clear_person(house, house.beneficiary_id)
        car = make_vehicle(house).id
    body = {"beneficiary_id": house.beneficiary_id, "vehicle_id": car, "starts_at": at(3).isoformat(), "ends_at": at(4).isoformat()}

    def send() -> TestResponse:
        return browser.post(house.api("bookings"), json=body, headers=token)

    assert asked(house, send, 201) == 12  # one of them the look
    assert asked(house, send, 409) == 1
    with house.writing():
        form = {"beneficiary_id": house.beneficiary_id, "structure_id": house.structure_id, "number": "FL-1", "motive": "job"}
        db.session.add(LiaisonForm(**form, received_on=MONDAY))
    body |= {"starts_at": at(5).isoformat(), "ends_at": at(6).isoformat()}
    assert asked(house, send, 201) == 17  # it goes on with the first: its deposit is found under its lock, looked over and carried
    body |= {"starts_at": at(7).isoformat(), "ends_at": at(8).isoformat(), "new_chain": "new_job"}
    assert asked(house, send, 201) == 14  # whoever prescribed is told: the header of the mail, and itself
    with house.writing():
        last = db.session.scalars(select(Deposit).order_by(Deposit.id.desc()).limit(1)).one()
        receive_deposit(last.id, cents=last.due_cents, by=house.viewer(Role.ADVISER), now=house.clock())
    body |= {"starts_at": at(9).isoformat(), "ends_at": at(10).isoformat()}
    del body["new_chain"]
    assert asked(house, send, 201) == 18  # what was received may be on its way back: that is asked too


def test_no_connection_changes_over_from_reading_to_writing(house: House) -> None:
    browser = house.client(Role.ADVISER)  # who reads a file leaves a trace: read, then written
    browser.get(house.page(f"people/{house.beneficiary_id}"))
    with counted(house.app) as sent:
        assert browser.get(house.page(f"people/{house.beneficiary_id}")).status_code == 200
    assert "INSERT INTO file_look" in " ".join(sent) and "query_only" not in " ".join(sent)


def test_a_point_etape_held(house: House) -> None:
    browser, token = house.client(None), house.bearer(Role.ADVISER)
    desk = RentalDesk(house).out()
    desk.later(days=7)
    path = house.api(f"bookings/{desk.booking_id}/point-etapes")
    told: dict[str, object] = {"odometer_km": 48_300, "job_state": "working", "next_step": "none"}
    assert asked(house, lambda: browser.post(path, json=told, headers=token), 201) == 10
    desk.later(days=7)
    told |= {"odometer_km": 48_600, "zones": FINE_CAR}
    assert asked(house, lambda: browser.post(path, json=told, headers=token), 201) == 11
    desk.later(days=7)
    told |= {"odometer_km": 48_900, "means": "cheque", "cents": 2000}
    assert asked(house, lambda: browser.post(path, json=told, headers=token), 201) == 20


def test_a_file_with_the_longest_story(house: House) -> None:
    """The programme in its third month, a point-étape to come, a microcredit begun: what a file may hold at most asks 40 in all."""
    desk = RentalDesk(house, programme="amie", ends_at=instant_of(date(2026, 7, 1))).out()
    desk.later(days=30)
    desk.on(point_etape.hold_point_etape, mode="pole", odometer_km=48_100, job_state="working", next_step="microcredit")
    browser = house.client(Role.ADVISER)
    assert post(browser, house.page(f"bookings/{desk.booking_id}/microcredit"), TYPED).status_code == 303
    desk.later(days=37)
    for role in (Role.ADVISER, Role.MANAGER):
        reader = house.client(role)
        assert asked(house, lambda reader=reader: reader.get(house.page(f"people/{house.beneficiary_id}"))) == 37
