"""What a rental asks for next: on the person's file and on its own page, and nothing on a day when nothing is to be done."""

import pytest
from flask.testing import FlaskClient

from fleet.actions.contracts import make_contract
from fleet.models import ConditionReport
from mobility.models import Message
from mobility.rights import Role
from tests.house import House
from tests.rental import RentalDesk
from tests.web.test_rentals import at, look, plain, send


@pytest.fixture
def desk(house: House) -> RentalDesk:
    return RentalDesk(house)


@pytest.fixture
def browser(desk: RentalDesk) -> FlaskClient:
    return desk.house.client(Role.ADVISER)


def test_the_file_leads_with_the_next_act(desk: RentalDesk, browser: FlaskClient) -> None:
    def leads() -> str:
        return (
            plain(browser.get(desk.house.page(f"people/{desk.house.beneficiary_id}")))
            .split('<section class="next">')[1]
            .split("</section>")[0]
        )

    assert "Préparer le contrat" in leads()
    desk.on(make_contract)
    assert "Faire signer le contrat" in leads(), "it is made"
    desk.out()
    assert "Signer l’état des lieux" in leads()
    desk.later(days=1)
    page = plain(browser.get(desk.house.page(f"people/{desk.house.beneficiary_id}")))
    assert '<section class="next">' not in page and "Prochain point-étape" in page, "it is planned: nothing is to be done today"
    desk.later(days=6)
    assert "Tenir le point-étape" in leads()
    assert send(desk, browser, "point-etape", mode="pole").status_code == 303
    assert "Tenir le point-étape" not in plain(browser.get(desk.house.page(f"people/{desk.house.beneficiary_id}")))
    desk.later(days=60)
    assert "Reprendre le véhicule" in leads()


def test_the_report_is_signed_while_the_person_is_there(desk: RentalDesk, browser: FlaskClient) -> None:
    desk.out()
    (left_with,) = desk.rows(ConditionReport)
    sign = f"condition-reports/{left_with.id}/signature"
    assert at(desk, sign) in look(desk, browser, "rental")
    assert send(desk, browser, sign, signer_name="Camille Essai", agreed="yes", how="paper").status_code == 303
    assert "Signer l’état des lieux" not in look(desk, browser, "rental")


def test_the_report_of_return_is_asked_before_how_it_ended_and_left_unsigned_only_with_a_reason(
    desk: RentalDesk, browser: FlaskClient
) -> None:
    desk.out()
    desk.later(days=2)
    desk.take_back(48_100)
    came_back = desk.rows(ConditionReport)[-1]
    sign = f"condition-reports/{came_back.id}/signature"
    leave = f"condition-reports/{came_back.id}/unsigned"
    assert at(desk, sign) in look(desk, browser, "rental"), "the one that is disputed"
    assert "leave-reason-error" in send(desk, browser, leave).text
    assert send(desk, browser, leave, reason="declined").location.endswith("/outcome")
    assert at(desk, sign) not in look(desk, browser, "rental") and "ne souhaite pas signer" in look(desk, browser, "condition")
    mail = desk.rows(Message)[-1]
    assert "à lire et à signer" in mail.subject and f"/me/condition/{desk.booking_id}/reports/{came_back.id}" in mail.body
    head, path = desk.house.bearer(Role.ADVISER), desk.house.api(f"bookings/{desk.booking_id}/condition-reports/{came_back.id}/unsigned")
    assert browser.post(path, json={"reason": "left"}, headers=head).json["unsigned_reason"] == "left"
    signed = send(desk, browser, sign, signer_name="Camille Essai", agreed="yes", how="paper")
    assert signed.location.endswith("/outcome"), "they may sign later"
    assert browser.post(path, json={"reason": "left"}, headers=head).status_code == 409


def test_on_its_day_the_point_etape_leads_whether_the_report_is_signed_or_not(desk: RentalDesk, browser: FlaskClient) -> None:
    desk.out()
    desk.later(days=1)
    assert "Signer l’état des lieux" not in look(desk, browser, "rental"), "the person has left"
    desk.later(days=6)
    assert "Ouvrir le point-étape" in look(desk, browser, "rental")
