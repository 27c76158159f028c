"""A vehicle's label: a sheet that prints, and a code that says to each who looks what is theirs to know."""

import re

import pytest

from fleet.models import Booking, Vehicle
from mobility.db import db
from mobility.rights import Role
from tests.garage import at, make_person, make_vehicle
from tests.house import House, make_house
from tests.ports.read_pdf import words


def labelled(house: House, label: str = "Citadine grise") -> tuple[int, str]:
    with house.writing():
        vehicle = make_vehicle(house, label, plate="AA-101-ZZ", keys_place="crochet 7")
        assert vehicle.code
        return vehicle.id, vehicle.code


def lend(house: House, vehicle_id: int, beneficiary_id: int, status: str) -> None:
    with house.writing():
        booking = Booking(number="R-2026-0001", beneficiary_id=beneficiary_id, vehicle_id=vehicle_id, status=status, programme="daily")
        booking.starts_at, booking.ends_at, booking.created_at = at(1), at(20), house.clock()
        booking.eligibility, booking.waivers, booking.price_sentence = [], [], ""
        db.session.add(booking)


@pytest.mark.parametrize("role", [Role.ADVISER, Role.MECHANIC, Role.TREASURER, Role.MANAGER])
def test_the_staff_is_led_to_the_vehicles_page(house: House, role: Role) -> None:
    vehicle_id, code = labelled(house)
    answer = house.client(role).get(house.page(f"v/{code}"))
    assert answer.status_code == 302 and answer.location.endswith(f"/vehicles/{vehicle_id}")
    assert house.client(role).get(house.page("v/" + "a" * 22)).status_code == 404


@pytest.mark.parametrize("role", [None, Role.PRESCRIBER, Role.BENEFICIARY])
def test_a_stranger_reads_a_phone_and_nothing_of_the_vehicle(house: House, role: Role | None) -> None:
    vehicle_id, code = labelled(house)
    with house.writing():
        other = make_person(house, 7).id
    lend(house, vehicle_id, other, "out")  # somebody else has it
    client = house.client(role)
    known, unknown = (client.get(house.page(f"v/{each}")) for each in (code, "a" * 22))
    assert known.status_code == unknown.status_code == 200
    for secret in ("Citadine", "AA-101", "crochet", "08 00 00 00 99", f"/{vehicle_id}"):
        assert secret not in known.text.replace("\xa0", " "), secret
    assert without_nonce(known.text, code) == without_nonce(unknown.text, "a" * 22), "an unknown code is told apart"


def without_nonce(text: str, code: str) -> str:
    return re.sub(r'(csrf_token|once)" value="[^"]*"', "", text.replace(code, ""))


@pytest.mark.parametrize(("status", "theirs"), [("out", True), ("late", True), ("confirmed", False), ("returned", False)])
def test_whoever_has_it_reads_whom_to_call(house: House, status: str, theirs: bool) -> None:
    vehicle_id, code = labelled(house)
    lend(house, vehicle_id, house.beneficiary_id, status)
    text = house.client(Role.BENEFICIARY).get(house.page(f"v/{code}")).text.replace("\xa0", " ")
    assert ("08 00 00 00 99" in text) is theirs
    assert ("Signaler un défaut" in text) is theirs
    assert "crochet" not in text


def test_another_platforms_code_opens_nothing_here(house: House) -> None:
    other = make_house(house.app, house.clock, "ailleurs")
    _, code = labelled(other, "Ailleurs")
    assert house.client(Role.MANAGER).get(house.page(f"v/{code}")).status_code == 404


def test_the_sheet_holds_the_labels_chosen_and_each_opens_its_own(house: House) -> None:
    first, _ = labelled(house)
    with house.writing():
        make_vehicle(house, "Vélo 7", "bike")
    client = house.client(Role.MECHANIC)
    assert "Citadine grise" in client.get(house.page("vehicles/labels")).text
    whole = client.get(house.page("vehicles/labels.pdf"))
    assert whole.mimetype == "application/pdf" and "Citadine grise" in words(whole.data) and "Vélo 7" in words(whole.data)
    one = words(client.get(house.page(f"vehicles/labels.pdf?vehicle={first}")).data)
    assert "Citadine grise" in one and "Vélo 7" not in one
    assert client.get(house.page("vehicles/labels.pdf?vehicle=999999")).status_code == 404
    assert client.get(house.page("vehicles/labels.pdf?vehicle=²&vehicle=x")).status_code == 200
    with house.reading():
        codes = [vehicle.code for vehicle in db.session.query(Vehicle)]
    assert len(set(codes)) == 2 and all(len(code or "") == 22 for code in codes)
