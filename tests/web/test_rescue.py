"""A breakdown, by both mouths: everybody hit, by next shift, each with a vehicle of their own; nothing moves without a yes."""

from fleet.actions import bookings
from fleet.models import Booking
from mobility.db import db
from mobility.rights import Role
from tests.browsing import post
from tests.garage import at, clear_person, make_person, make_vehicle
from tests.house import House
from tests.rental import RentalDesk


def make_breakdown(house: House, spares: int) -> RentalDesk:
    """A car out with one person and awaited by another, and so many spare ones."""
    desk = RentalDesk(house, ends_at=at(6)).out()
    with house.writing():
        second = make_person(house, 2, first_name="Noa")
        clear_person(house, second.id)
        for number in range(spares):
            make_vehicle(house, f"Secours {number + 1}")
        bookings.book(second.id, desk.car, starts_at=at(9), ends_at=at(20), by=desk.by, now=house.clock())
    return desk


def test_each_is_offered_a_vehicle_of_their_own_the_next_shift_first(house: House) -> None:
    desk = make_breakdown(house, spares=1)
    client, headers = house.app.test_client(), house.bearer(Role.ADVISER)
    hit = client.get(house.api(f"vehicles/{desk.car}/rescue"), headers=headers).json
    assert [(one["beneficiary_id"] == house.beneficiary_id, one["shift_on"], one["is_away"]) for one in hit] == [
        (True, "2026-03-02", True),
        (False, "2026-03-09", False),
    ]
    assert [(one["best"]["label"], one["best"]["is_here"]) for one in hit] == [("Secours 1", True)] * 2  # one after the other
    page = house.client(Role.ADVISER).get(house.page(f"vehicles/{desk.car}/rescue")).text
    assert page.index("Camille") < page.index("Noa") and "Échanger contre ce véhicule" in page


def test_one_tap_gives_the_vehicle_and_only_then_does_anything_move(house: House) -> None:
    desk = make_breakdown(house, spares=2)
    client = house.client(Role.ADVISER)
    assert "Donner ce véhicule" in client.get(house.page(f"vehicles/{desk.car}/rescue")).text
    with house.reading():
        waiting = db.session.query(Booking).filter(Booking.status == "confirmed").one()
        assert waiting.vehicle_id == desk.car
    (best,) = [
        one["best"]["vehicle_id"]
        for one in house.app.test_client().get(house.api(f"vehicles/{desk.car}/rescue"), headers=house.bearer(Role.ADVISER)).json
        if one["booking_id"] == waiting.id
    ]
    answer = post(client, house.page(f"bookings/{waiting.id}/swap"), {"vehicle_id": str(best), "version": str(waiting.version)})
    assert answer.status_code == 303
    with house.reading():
        assert db.session.get_one(Booking, waiting.id).vehicle_id == best


def test_without_any_other_vehicle_the_page_says_what_to_try(house: House) -> None:
    desk = make_breakdown(house, spares=0)
    page = house.client(Role.ADVISER).get(house.page(f"vehicles/{desk.car}/rescue")).text
    assert page.count("aucun véhicule libre") == 2 and "transports en commun" in page


def test_nobody_hit_says_so(house: House) -> None:
    with house.writing():
        car = make_vehicle(house).id
    assert "Personne n’est touché" in house.client(Role.ADVISER).get(house.page(f"vehicles/{car}/rescue")).text
