"""At the point-étape the person pays on their own phone or by transfer: asked, shown and followed on the one page, by form and by JSON."""

import re
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from billing.actions.cards import open_checkout
from billing.actions.charge_runs import post_due_charges
from billing.models import Payment
from mobility.db import db
from mobility.models import Beneficiary, Message
from mobility.rights import Role
from tests.house import House
from tests.money import BACK_URL, deliver, give_keys, pay
from tests.rental import RentalDesk
from tests.web.test_rentals import look, plain, send


@pytest.fixture
def desk(house: House) -> RentalDesk:
    """A week of a car due, 35 €, on a platform that takes cards; the person has a telephone."""
    give_keys(house)
    desk = RentalDesk(house).out()
    desk.later(days=7)
    with house.writing():
        post_due_charges(now=house.clock())
        db.session.get_one(Beneficiary, house.beneficiary_id).phone = "+33639980001"
    return desk


@pytest.fixture
def browser(desk: RentalDesk) -> FlaskClient:
    return desk.house.client(Role.ADVISER)


def test_a_card_is_asked_shown_sent_and_seen_paid_on_the_one_page(desk: RentalDesk, browser: FlaskClient) -> None:
    asked = send(desk, browser, "point-etape/payment", how="show", note_given="yes", odometer_km="48123")
    assert asked.status_code == 303 and asked.location.endswith("/point-etape#money")
    page = look(desk, browser, "point-etape")
    assert 'src="data:image/svg+xml' in page and "à payer par carte" in page
    assert 'value="48123"' in page, "what was typed elsewhere is kept"
    assert "Code à scanner" in look(desk, browser, "point-etape"), "and the code stays as long as it may be scanned"
    assert "Code à scanner" not in look(desk, desk.house.client(Role.MANAGER), "point-etape"), "in the browser where it was asked"
    found = re.search(r"/p/essai/pay/[\w-]+", page)
    assert found is not None and "35 €" in plain(desk.house.client(None).get(found[0]))
    assert send(desk, browser, "point-etape/payment", how="again_sms", cents="12").status_code == 303
    (payment,) = desk.rows(Payment)
    assert (payment.cents, payment.status) == (3500, "started"), "sent again it is the same payment, and its note was given"
    assert [message.channel for message in desk.rows(Message) if "pay/" in message.body] == ["sms"]
    assert send(desk, browser, "point-etape/again", cents="12", means="cheque").status_code == 303
    assert 'value="12"' in look(desk, browser, "point-etape"), "to see whether it is paid loses nothing"
    with desk.house.reading():
        open_checkout(payment.id, back_url=lambda payment: BACK_URL, by=desk.by, now=desk.house.clock())
    for delivery in pay(desk.house, payment.id).deliveries:
        deliver(desk.house, delivery)
    page = look(desk, browser, "point-etape")
    assert "Reçu n° 1" in page and "Code à scanner" not in page


def test_a_transfer_is_asked_with_its_reference(desk: RentalDesk, browser: FlaskClient) -> None:
    for _ in range(2):
        assert send(desk, browser, "point-etape/payment", how="transfer", cents="20").status_code == 303
    (payment,) = desk.rows(Payment)
    assert (payment.cents, payment.status) == (2000, "announced")
    page = look(desk, browser, "point-etape")
    assert payment.reference in page and "virement attendu" in page


def test_left_empty_it_is_all_that_is_due_whatever_was_asked_before(desk: RentalDesk, browser: FlaskClient) -> None:
    for cents, asked in (("10", [1000]), ("", [1000, 3500]), ("", [1000, 3500])):
        assert send(desk, browser, "point-etape/payment", how="transfer", cents=cents, note_given="yes").status_code == 303
        assert [payment.cents for payment in desk.rows(Payment)] == asked


@pytest.mark.parametrize(
    ("typed", "field", "words", "reason"),
    [
        ({"how": "show"}, "note_given", "la note détaillée se remet avant", "35 € are due: the note comes first"),
        ({"how": "show", "cents": "0,20"}, "cents", "au moins", "less than a card takes"),
        ({"how": "transfer", "cents": "dix"}, "cents", "montant en euros", "no amount"),
    ],
)
def test_what_cannot_be_asked_is_said_beside_its_field(
    desk: RentalDesk, browser: FlaskClient, typed: dict[str, str], field: str, words: str, reason: str
) -> None:
    answer = send(desk, browser, "point-etape/payment", odometer_km="48123", **typed)
    assert answer.status_code == 422 and words in plain(answer), reason
    assert f'-{field}-error"' in answer.text and 'value="48123"' in answer.text
    assert desk.rows(Payment) == []


def test_the_api_asks_the_same_payment(desk: RentalDesk) -> None:
    client, bearer = desk.house.app.test_client(), desk.house.bearer(Role.ADVISER)

    def ask(**body: Any) -> Any:
        answer = client.post(desk.house.api(f"bookings/{desk.booking_id}/asked-payments"), json=body, headers=bearer)
        assert answer.status_code == 201, answer.text
        return answer.get_json()

    first, again = ask(note_given=True), ask(how="again_sms")
    assert first["payment_id"] == again["payment_id"] and first["url"] != again["url"]
    assert (first["sent_to"], again["sent_to"]) == (None, "+33639980001")
    transfer = ask(how="transfer", cents=1000)
    assert transfer["url"] is None and transfer["payment_id"] != first["payment_id"]
    with desk.house.reading():
        assert db.session.scalar(select(Payment.reference).filter(Payment.id == transfer["payment_id"])) == transfer["reference"]


def test_without_keys_no_card_is_offered_the_reading_has_its_bounds_and_enter_holds_the_point_etape(house: House) -> None:
    desk = RentalDesk(house).out()
    desk.later(days=7)
    page = look(desk, house.client(Role.ADVISER), "point-etape")
    assert "Carte, sur son téléphone" not in page and "ne prend pas encore la carte" in page
    assert 'data-last="48000" data-most="55000"' in page and 'data-cap="216"' in page, "18 km one way: 1.2 × 36 × 5; 1,000 a day for a week"
    form = page[page.index('id="point-etape"') :]
    first = re.search(r"<button[^>]*>", form)
    assert first is not None and "formaction" not in first[0], "the first button of a form is what Enter presses"
