"""A priority district from the rights page to the contract, on the page and in the API; and what is said while its paper is to come."""

import re

from fleet.actions.contracts import make_contract
from mobility.db import db
from mobility.models import LiaisonForm
from mobility.rights import Role
from tests.browsing import post
from tests.garage import at
from tests.house import House
from tests.rental import RentalDesk

PROOF = {"tier": "qpv", "from_on": "2026-01-01", "district": "qn 01334 m", "seen_how": "map", "seen_on": "2026-03-02"}
SAID = "QN01334M, périmètre 2024, adresse vérifiée le 2 mars 2026"
TO_SEE = "déclaré, justificatif à voir"


def plain(text: str) -> str:
    return text.replace("\u00a0", " ").replace("\u202f", " ")


def test_a_proof_on_the_page_reaches_the_search_the_booking_and_the_contract(house: House) -> None:
    desk = RentalDesk(house, qpv=True)
    browser = house.client(Role.ADVISER)
    rights, booking = house.page(f"people/{house.beneficiary_id}/rights"), house.page(f"bookings/{desk.booking_id}")
    file, card = house.page(f"people/{house.beneficiary_id}"), house.page("desk")
    for page in (booking, file, card):
        assert "justificatif à voir" in plain(browser.get(page).text), page
    refused = post(browser, rights, PROOF | {"district": ""})
    assert refused.status_code == 422
    assert 'id="f-district-error"' in refused.text
    assert 'value="2026-01-01"' in refused.text, "what was typed is kept"
    assert post(browser, rights, PROOF).status_code == 303
    assert SAID in plain(browser.get(rights).text)
    for page in (booking, file, card):
        assert "justificatif à voir" not in plain(browser.get(page).text), page
    wish = {"kind": "car", "programme": "daily", "starts_at": "2026-04-06T09:00", "ends_at": "2026-04-13T09:00"}
    search = plain(browser.get(house.page(f"people/{house.beneficiary_id}/bookings/new"), query_string=wish).text)
    assert "demi-tarif quartier prioritaire" in search
    assert SAID in search
    assert 'name="qpv"' not in search, "nothing is left to declare"
    desk.on(make_contract)
    assert SAID in plain(browser.get(f"{booking}/contract").text)


def test_a_paper_seen_after_the_booking_gives_the_rate_before_the_keys(house: House) -> None:
    desk = RentalDesk(house)
    token = house.bearer(Role.ADVISER)
    api = house.app.test_client()
    told = api.post(house.api(f"people/{house.beneficiary_id}/rights"), json=PROOF, headers=token)
    assert told.status_code == 201
    assert (told.json["district"], told.json["perimeter"], told.json["seen_how"]) == ("QN01334M", 2024, "map")
    booking = api.get(house.api(f"bookings/{desk.booking_id}"), headers=token).json
    assert booking["qpv"]
    assert "demi-tarif quartier prioritaire" in booking["price_sentence"]
    account = api.get(house.api(f"money/accounts/{booking['account_id']}"), headers=token).json
    assert account["residence"] == {"sentence": SAID, "is_proven": True}


def test_what_the_liaison_form_says_is_proposed_and_stays_to_be_seen(house: House) -> None:
    desk = RentalDesk(house)
    (form,) = desk.rows(LiaisonForm)
    browser, search = house.client(Role.ADVISER), house.page(f"people/{house.beneficiary_id}/bookings/new")
    assert "La fiche de liaison du" not in plain(browser.get(search).text)
    with house.writing():
        db.session.get_one(LiaisonForm, form.id).qpv_declared = True
    blank = plain(browser.get(search).text)
    assert "La fiche de liaison du 20 février 2026 le dit." in blank
    assert re.search(r'name="qpv"[^>]* checked', blank)
    assert "le justificatif reste à voir." in plain(browser.get(house.page(f"people/{house.beneficiary_id}/rights")).text)
    asked = {"beneficiary_id": house.beneficiary_id, "vehicle_id": desk.car, "starts_at": at(9).isoformat(), "ends_at": at(12).isoformat()}
    api, head = house.app.test_client(), house.bearer(Role.ADVISER)
    told, untold = (api.get(house.api("eligibility"), query_string=asked | more, headers=head).json for more in ({"qpv": "yes"}, {}))
    assert (told["residence"], untold["residence"]) == ({"sentence": TO_SEE, "is_proven": False}, None)
    assert ["demi-tarif" in each["price_sentence"] for each in (told, untold)] == [True, False], "a form proves nothing: the adviser asks"
