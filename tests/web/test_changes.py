"""Before a change is sent its price is said, without JavaScript and by JSON alike; then the same values are sent."""

import re

import pytest
from flask.testing import FlaskClient

from fleet.actions import changes
from fleet.models import Booking, OdometerReading
from mobility.rights import Role
from tests.browsing import post
from tests.garage import at, make_vehicle
from tests.house import House
from tests.rental import FINE_CAR, RentalDesk


@pytest.fixture
def desk(house: House) -> RentalDesk:
    return RentalDesk(house)


@pytest.fixture
def browser(desk: RentalDesk) -> FlaskClient:
    return desk.house.client(Role.ADVISER)


def plain(text: str) -> str:
    return re.sub(r"[\u00a0\u202f]", " ", text)


def test_the_page_says_the_price_and_sends_what_was_typed(desk: RentalDesk, browser: FlaskClient) -> None:
    show = desk.house.page(f"bookings/{desk.booking_id}")
    assert browser.get(f"{show}/change").location == show, "an address that asks nothing is the booking's"
    page = browser.get(f"{show}/change?act=extend&ends_at=2026-04-06T00:00")
    assert page.status_code == 200
    for said in ("Aujourd’hui : 140 € en tout.", "Après : 175 € en tout.", "Cela fait 35 € de plus."):
        assert said in plain(page.text)
    sent = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', page.text))
    assert (sent["ends_at"], sent["version"]) == ("2026-04-06T00:00", str(desk.booking().version))
    assert [booking.price_sentence for booking in desk.rows(Booking)] == ["Voiture à 5 €, 28 jours : 140 €"], "nothing is done yet"
    assert post(browser, f"{show}/extend", {"ends_at": sent["ends_at"], "version": sent["version"]}).status_code == 303
    assert desk.booking().price_sentence == "Voiture à 5 €, 35 jours : 175 €"


@pytest.mark.parametrize(
    ("asked", "status", "said"),
    [
        ("act=extend&ends_at=2026-03-20T09:00", 422, "indiquez un retour plus tardif"),
        ("act=shorten&ends_at=demain", 422, "errors"),
        ("act=shift&ends_at=2026-04-01T09:00", 422, "Une réponse est attendue"),
    ],
)
def test_a_refused_preview_is_the_booking_with_what_was_typed(
    desk: RentalDesk, browser: FlaskClient, asked: str, status: int, said: str
) -> None:
    page = browser.get(desk.house.page(f"bookings/{desk.booking_id}/change?{asked}"))
    assert (page.status_code, said in plain(page.text)) == (status, True)
    assert asked.partition("ends_at=")[2] in page.text, "what was typed is kept"


def test_a_swap_asks_both_odometers_and_keeps_what_was_typed(desk: RentalDesk, browser: FlaskClient) -> None:
    with desk.house.writing():
        spare = make_vehicle(desk.house, "Citadine bleue").id
    show = desk.house.page(f"bookings/{desk.booking_id}")
    assert "Compteur" not in browser.get(f"{show}/change?act=swap&vehicle_id={spare}").text, "the keys are not out"
    desk.out(48_000)
    desk.later(days=2)
    page = plain(browser.get(f"{show}/change?act=swap&vehicle_id={spare}").text)
    assert ("Compteur rendu : Citadine 1, AA-000-AA" in page, "Compteur remis : Citadine bleue" in page) == (True, True)
    assert ("Dernier relevé : 48 000 km." in page, "Le prix ne change pas." in page) == (True, True)
    half = post(browser, f"{show}/swap", {"vehicle_id": str(spare), "returned_km": "48 090"})
    assert (half.status_code, "Relevez le compteur des deux véhicules." in half.text, "48 090" in half.text) == (422, True, True)
    told = {"vehicle_id": str(spare), "returned_km": "48 090", "handed_km": "12 000"} | {f"zone_{code}": "fine" for code in FINE_CAR}
    lacking = post(browser, f"{show}/swap", told)
    assert (lacking.status_code, 'id="f-fuel-error"' in lacking.text) == (422, True)
    given_back = post(browser, f"{show}/swap", told | {"fuel": "half", "check_keys": "done"})
    assert (given_back.status_code, [reading.km for reading in desk.rows(OdometerReading)]) == (303, [48_000, 48_090, 12_000])
    assert "Citadine 1" in plain(browser.get(given_back.location).text), "its own report, whose vehicle the rental no longer has"
    signed = post(browser, given_back.location, {"signer_name": "Camille Essai", "agreed": "on", "how": "paper"})
    assert signed.location == f"{show}/check-out"
    for page in (f"{show}/rental", desk.house.page("desk")):
        assert f"{show}/check-out" in browser.get(page).text, "the other one is still to be looked over"
    taken = browser.get(signed.location)
    assert ("pris en échange" in plain(taken.text), 'name="odometer_km"' in taken.text) == (True, False)
    seen = post(browser, signed.location, {"fuel": "full"} | {f"zone_{code}": "fine" for code in FINE_CAR})
    assert seen.location.endswith("/signature")
    assert f"{show}/check-out" not in browser.get(desk.house.page("desk")).text


def test_the_api_gives_the_same_preview(desk: RentalDesk) -> None:
    house, client = desk.house, desk.house.app.test_client()
    head, path = house.bearer(Role.ADVISER), house.api(f"bookings/{desk.booking_id}/change")
    told = client.get(path, query_string={"act": "shorten", "ends_at": at(16).isoformat()}, headers=head)
    assert told.status_code == 200
    said = told.get_json()
    assert (said["before"]["cents"], said["after"]["cents"], said["difference_cents"]) == (14_000, 7_000, -7_000)
    assert said["sentences"][2] == "Cela fait 70 € de moins."
    assert (said["warnings"], said["vehicle_id"]) == ([], desk.car)
    refused = client.get(path, query_string={"act": "swap"}, headers=head)
    assert (refused.status_code, list(refused.get_json()["errors"])) == (422, ["vehicle_id"])


def test_a_renewal_is_priced_sent_and_leads_to_the_contract_to_sign(desk: RentalDesk, browser: FlaskClient) -> None:
    desk.out()
    show = desk.house.page(f"bookings/{desk.booking_id}")
    desk.house.clock.set(at(25))
    assert "À renouveler cette semaine" in plain(browser.get(desk.house.page("desk")).text)
    page = browser.get(f"{show}/change?act=renew")
    assert "Après : 210 € en tout." in plain(page.text)
    sent = post(browser, f"{show}/renew", {"version": str(desk.booking().version)})
    assert (sent.status_code, sent.location) == (303, f"{show}/contract")
    assert "à signer" in plain(browser.get(sent.location).text)
    assert "Faire signer la nouvelle version" in plain(browser.get(show).text), "what comes next is the signature"
    token = desk.house.bearer(Role.ADVISER)
    asked = browser.get(desk.house.api(f"bookings/{desk.booking_id}/change"), query_string={"act": "renew"}, headers=token)
    again = browser.post(desk.house.api(f"bookings/{desk.booking_id}/renew"), json={}, headers=token)
    assert again.status_code == 200 and again.json["ends_at"] == asked.json["ends_at"]


def test_at_the_end_of_the_chain_the_page_names_the_way_out(desk: RentalDesk, browser: FlaskClient) -> None:
    desk.out()
    desk.on(changes.extend, ends_at=at(31, month=5))
    page = browser.get(desk.house.page(f"bookings/{desk.booking_id}/change?act=renew"))
    assert (page.status_code, "Préparez la suite avec la personne" in plain(page.text)) == (422, True)
    assert page.text.index('class="flash over"') < page.text.index("Les conditions"), "said first: its form stands far below"
    desk.house.clock.set(at(27, month=5))
    assert "durée maximale atteinte" in plain(browser.get(desk.house.page("desk")).text)


def test_a_vehicle_not_fetched_is_released_from_the_desk_and_taken_up_again_the_same_day(desk: RentalDesk, browser: FlaskClient) -> None:
    show = desk.house.page(f"bookings/{desk.booking_id}")
    assert "Libérer le véhicule" not in plain(browser.get(show).text), "the person may still come"
    too_soon = post(browser, f"{show}/no_show", {})
    assert (too_soon.status_code, "encore venir chercher" in plain(too_soon.text)) == (409, True)
    desk.later(hours=24)
    assert "non retiré" in plain(browser.get(desk.house.page("desk")).text)
    assert "Libérer le véhicule" in plain(browser.get(show).text)
    assert post(browser, f"{show}/no_show", {}).status_code == 303
    page = plain(browser.get(show).text)
    assert "la personne n’est pas venue chercher le véhicule" in page and "Reprendre la réservation" in page
    token = desk.house.bearer(Role.ADVISER)
    again = browser.post(desk.house.api(f"bookings/{desk.booking_id}/reopen"), json={}, headers=token)
    assert (again.status_code, again.json["status"]) == (200, "confirmed")
    gone = browser.post(desk.house.api(f"bookings/{desk.booking_id}/no-show"), json={}, headers=token)
    assert (gone.status_code, gone.json["cancel_reason"]) == (200, "no_show")
    desk.later(hours=24)
    assert "Reprendre la réservation" not in plain(browser.get(show).text), "its day is over"
    assert post(browser, f"{show}/reopen", {}).status_code == 409


def test_a_booking_is_cut_in_two_from_its_page_with_both_prices_first(desk: RentalDesk, browser: FlaskClient) -> None:
    with desk.house.writing():
        spare = make_vehicle(desk.house, "Citadine 2").id
    show = desk.house.page(f"bookings/{desk.booking_id}")
    page = browser.get(f"{show}/change?act=split&at=2026-03-16T08:00")
    assert page.status_code == 200, page.text
    for said in ("Si elle est libérée", "Après : 70 € en tout.", "Citadine 2", "Libérer le véhicule"):
        assert said in plain(page.text)
    assert f'value="{spare}" checked' in page.text, "to give it back is said, never taken for granted"
    early = browser.get(f"{show}/change?act=split&at=2026-03-01T08:00")
    assert early.status_code == 422 and "Coupez entre le départ et le retour" in early.text
    assert post(browser, f"{show}/split", {"at": "2026-03-16T08:00", "vehicle_id": spare}).status_code == 303
    assert "Citadine 2, dès le lundi 16 mars 2026 à 8 h 00" in plain(browser.get(show).text)
    assert [booking.price_sentence for booking in desk.rows(Booking)] == ["Voiture à 5 €, 28 jours : 140 €"]
