"""Which way a booking's vehicle goes: a company's is ordered of it, the others are not; the contract names the hirer."""

from datetime import date, timedelta
from typing import Any

import pytest

from billing.actions import hirers
from billing.queries.hires import get_hire
from fleet.actions import contracts
from fleet.hired import BY_HIRER, NOT_ORDERED, SHORT_WAY
from fleet.models import Booking, Vehicle
from fleet.queries.contracts import paper_of
from fleet.queries.hired import way_of
from mobility.db import db
from mobility.periods import paris_day
from mobility.rights import Role
from tests.browsing import post
from tests.house import House
from tests.rental import RentalDesk

ORDER = {"unit": "month", "unit_cents": 28_000, "first_on": "2026-03-02", "last_on": "2026-03-30"}


@pytest.fixture
def desk(house: House) -> RentalDesk:
    """A car booked for four weeks, which is a company's."""
    desk = RentalDesk(house)
    with house.writing():
        car = db.session.get_one(Vehicle, desk.car)
        car.ownership, car.lessor = "hired", "Locations du Plateau"
    return desk


def hirer_in(house: House) -> int:
    with house.writing():
        told = {"name": "Locations du Plateau", "address": "1 route des Forges, 08990 Hautbois"}
        return hirers.add_hirer(**told, by=house.viewer(Role.TREASURER), now=house.clock()).id


@pytest.mark.parametrize("ownership", SHORT_WAY)
def test_the_others_keep_the_short_way_and_the_booking_says_so(house: House, desk: RentalDesk, ownership: str) -> None:
    with house.writing():
        car = db.session.get_one(Vehicle, desk.car)
        car.ownership, car.lessor = ownership, None if ownership == "owned" else "Ville"
    page = house.page(f"bookings/{desk.booking_id}")
    shown = house.client(Role.ADVISER).get(page).text.replace("\u00a0", " ")
    assert SHORT_WAY[ownership] in shown and "Commander au loueur" not in shown
    refused = post(house.client(Role.ADVISER), f"{page}/hire", ORDER | {"hirer_id": str(hirer_in(house)), "unit_cents": "280"})
    assert refused.status_code == 409 and "sans loueur" in refused.text.replace("\u00a0", " ")


def test_a_company_s_is_ordered_and_the_contract_names_it(house: House, desk: RentalDesk) -> None:
    adviser, page = house.client(Role.ADVISER), house.page(f"bookings/{desk.booking_id}")
    assert "Aucun loueur" in adviser.get(f"{page}/hire").text
    hirer_id = hirer_in(house)
    assert NOT_ORDERED in adviser.get(page).text.replace("\u00a0", " ")
    assert f'value="{hirer_id}" selected' in adviser.get(f"{page}/hire").text, "the company noted on the vehicle"
    typed: dict[str, Any] = ORDER | {"hirer_id": str(hirer_id), "unit_cents": "280"}
    for field, wrong in (("first_on", "2026-03-03"), ("last_on", "2026-03-29"), ("unit_cents", "0"), ("hirer_id", "99")):
        refused = post(adviser, f"{page}/hire", typed | {field: wrong})
        assert refused.status_code == 422 and f'id="f-{field}-error"' in refused.text, field
    assert post(house.client(Role.TREASURER), f"{page}/hire", typed).status_code == 403
    placed = post(adviser, f"{page}/hire", typed)
    assert placed.status_code == 303
    again = house.app.test_client().post(
        house.api(f"bookings/{desk.booking_id}/hire"), json=ORDER | {"hirer_id": hirer_id}, headers=house.bearer(Role.ADVISER)
    )
    assert again.status_code == 409 and "déjà sa commande" in again.json["detail"]
    shown = adviser.get(page).text.replace("\u00a0", " ")
    assert BY_HIRER in shown and "CMD-000001" in shown and "Commander au loueur" not in shown
    with house.writing():
        contract = contracts.make_contract(desk.booking_id, by=desk.by, now=house.clock())
        paper = paper_of(contract)
        assert paper.hirer is not None and (paper.hirer.name, paper.signatures[0].capacity) == ("Locations du Plateau", "Le loueur")


def test_the_return_to_the_hirer_is_warned_of(house: House, desk: RentalDesk) -> None:
    client = house.app.test_client()
    asked = ORDER | {"hirer_id": hirer_in(house), "names_person": True}
    made = client.post(house.api(f"bookings/{desk.booking_id}/hire"), json=asked, headers=house.bearer(Role.MANAGER))
    assert made.status_code == 201 and (made.json["state"], made.json["last_on"]) == ("ordered", "2026-03-30")

    def warned() -> str | None:
        with house.reading():
            booking = db.session.get_one(Booking, desk.booking_id)
            return way_of(booking, db.session.get_one(Vehicle, desk.car)).warning

    assert warned() is None
    house.clock.forward(days=22)
    assert warned() == "Véhicule à rendre dans 6 jours au loueur."
    with house.writing():
        hire_id = made.json["id"]
        hirers.extend(hire_id, last_on=date(2026, 3, 25), reason="Le loueur le reprend", by=desk.by, now=house.clock())
        assert get_hire(hire_id).order.last_on == paris_day(house.clock()) + timedelta(days=1)
    assert "au-delà du retour convenu" in (warned() or "")
