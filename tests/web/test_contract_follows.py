"""A contract follows its booking: each change makes the version to sign next, and a notice speaks of the one in force at its hour."""

import pytest

from fleet.actions import changes, fines
from fleet.actions.contracts import sign_contract
from fleet.models import Contract, Fine
from fleet.queries.fine_papers import naming_letter
from fleet.schemas.fines import FineSchema
from mobility.db import db
from mobility.periods import PARIS
from mobility.rights import Role
from tests.garage import at, make_vehicle
from tests.house import House
from tests.rental import RentalDesk
from tests.web.test_contract_terms import forget
from tests.web.test_rentals import look

TO_SIGN = "Faire signer la nouvelle version du contrat"


@pytest.fixture
def desk(house: House) -> RentalDesk:
    return RentalDesk(house).out()


def make_spare(desk: RentalDesk, plate: str) -> int:
    with desk.house.writing():
        return make_vehicle(desk.house, f"Relais {plate[:2]}", plate=plate).id


def sign_last(desk: RentalDesk) -> Contract:
    return desk.on(sign_contract, desk.rows(Contract)[-1].number, signer_name="Camille Essai", agreed=True)


def test_a_change_makes_the_next_version_and_its_signature_is_the_next_act(desk: RentalDesk) -> None:
    browser = desk.house.client(Role.ADVISER)
    desk.later(days=1)
    assert TO_SIGN not in look(desk, browser, "rental")
    read = {"returned_km": 48_050, "handed_km": 100}
    for act, told in (
        (changes.extend, {"ends_at": at(8, month=4)}),
        (changes.shorten, {"ends_at": at(1, month=4)}),
        (changes.swap, {"vehicle_id": make_spare(desk, "BB-111-BB"), **read}),
    ):
        before = len(desk.rows(Contract))
        desk.on(act, **told)
        assert len(desk.rows(Contract)) == before + 1 and TO_SIGN in look(desk, browser, "rental"), act.__name__
        assert desk.rows(Contract)[before - 1].number in look(desk, browser, "contract"), "the signed one stays, to be printed"
        sign_last(desk)
        assert TO_SIGN not in look(desk, browser, "rental")
    assert desk.rows(Contract)[-1].terms["vehicle"]["plate"] == "BB-111-BB"
    first = desk.rows(Contract)[0].number
    for mouth in (desk.house.page, desk.house.api):
        path, head = mouth(f"bookings/{desk.booking_id}/contract.pdf"), desk.house.bearer(Role.ADVISER)
        given = [browser.get(path, query_string={"number": number}, headers=head).status_code for number in (first, "C-0")]
        assert given == [200, 404], "a version replaced since is there to be printed"


def test_an_exchange_does_not_wait_for_a_term_that_is_missing(desk: RentalDesk) -> None:
    forget(desk.house, "fleet.insurer")
    desk.on(changes.swap, vehicle_id=make_spare(desk, "CC-222-CC"), returned_km=48_050, handed_km=100)
    assert len(desk.rows(Contract)) == 1
    browser = desk.house.client(Role.ADVISER)
    assert "Faire et signer le contrat" in look(desk, browser, "rental") and "Ce qui manque au contrat" in look(desk, browser, "contract")


def test_the_letter_speaks_of_the_version_in_force_at_the_hour_of_the_offence(desk: RentalDesk) -> None:
    """Before the exchange, between it and its signature, and after: the same booking, three letters."""
    desk.later(hours=2)
    first = desk.rows(Contract)[0].number
    said = [say_right(desk, "AA-000-AA", 1)]
    desk.on(changes.swap, vehicle_id=make_spare(desk, "BB-111-BB"), returned_km=48_050, handed_km=100)
    desk.later(hours=2)
    said.append(say_right(desk, "BB-111-BB", 1))
    sign_last(desk)
    second = desk.rows(Contract)[1].number
    desk.later(hours=2)
    said.append(say_right(desk, "BB-111-BB", 1))
    assert [f"n° {first}, signé" in words for words in said] == [True, True, False]
    assert ["en échange de celui" in words for words in said] == [False, True, False]
    assert f"n° {second}, signé" in said[2]


def say_right(desk: RentalDesk, plate: str, hours: int) -> str:
    """What the naming letter says of an offence so many hours ago."""
    then = desk.house.clock().astimezone(PARIS)
    on, hour = then.date().isoformat(), then.replace(hour=then.hour - hours).strftime("%H:%M")
    told = {"plate": plate, "notice_number": f"N{plate}{then.hour}", "on": on, "hour": hour, "sent_on": on}
    fine_id = desk.act(fines.record_fine, **FineSchema().load(told)).id
    with desk.house.reading():
        fine = db.session.get_one(Fine, fine_id)
        assert fine.booking_id == desk.booking_id
        return naming_letter(fine, birth_place=None, licence_number=None, now=desk.house.clock()).paragraphs[0]
