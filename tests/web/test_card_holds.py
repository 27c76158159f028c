"""A hold on a card through the pages and the API: asked by a link, agreed to, placed, taken in part, lifted, watched."""

import re
from itertools import count

import pytest

from billing.actions import card_holds
from billing.card_gateway import GatewayUnreachable
from billing.local_gateway import SUCCEEDS, LocalGateway
from billing.models import CardHold, Deposit, Payment
from mobility.db import db
from mobility.models import Beneficiary, Message
from mobility.rights import Role
from tests.browsing import post
from tests.garage import clear_person, make_vehicle
from tests.held_cards import ask_part, asked_hold, at_the_bank, foresee, held, short_rental, stands
from tests.house import House
from tests.money import give_keys, make_deposit, make_rental, return_vehicle
from tests.web.test_cards_on_file import letters, post_webhooks, reach, told

HELD = ("received", 30_000)
UNPAID = {"why": "unpaid", "reason": "Deux semaines dues", "cents": "70", "once": "o-1"}


def place_by_link(house: House, url: str) -> None:
    """The person opens the link, agrees, types a card at the gateway, and its webhooks come."""
    phone = house.app.test_client()
    path = re.sub(r"^https?://[^/]+", "", url)
    page = told(phone.get(path).text)
    assert "300 €" in page and "J’accepte et je fais réserver la somme" in page
    to_gateway = post(phone, path)
    assert to_gateway.status_code == 303 and post(phone, path).location == to_gateway.location
    placed = phone.post(re.sub(r"^https?://[^/]+", "", to_gateway.location), data={"number": SUCCEEDS, "expiry": "12/34", "code": "123"})
    assert placed.status_code == 303
    back = re.sub(r"^https?://[^/]+", "", placed.location)
    assert "Nous attendons la confirmation" in phone.get(back).text
    post_webhooks(house)
    assert "300 € sont réservés sur votre carte Visa •••• 4242" in told(phone.get(back).text)
    assert post(phone, path).status_code == 409
    assert "Rien n’est débité" in told(phone.get(path).text)


def test_a_hold_is_asked_by_mail_placed_on_the_phone_and_its_end_is_on_the_desk(house: House) -> None:
    give_keys(house)
    reach(house)
    deposit_id = make_deposit(house, short_rental(house), kind="uncashed_cheque")
    adviser, page = house.client(Role.ADVISER), house.page(f"deposits/{deposit_id}")
    assert f"{page}/hold" in adviser.get(page).text
    asked = post(adviser, f"{page}/hold", {"send": "mail"})
    assert asked.status_code == 200 and "camille@example.org" in asked.text
    (letter,) = letters(house)
    (url,) = re.findall(r"https?://\S+", letter)
    assert "votre banque libère la somme au retour du véhicule" in letter
    place_by_link(house, url)
    shown = told(adviser.get(page).text)
    assert "300 € réservés, l’empreinte expire le lundi 9 mars 2026 à 6 h 00" in shown and f"{page}/hold" not in shown
    assert "expire" not in told(adviser.get(house.page("desk")).text)
    person = told(house.client(Role.BENEFICIARY).get(house.page("me")).text)
    assert "300 € garantis sur 300 €, l’empreinte expire le lundi 9 mars 2026 à 6 h 00" in person
    assert "Empreintes de carte" in told(house.client(Role.TREASURER).get(house.page("money")).text)
    house.clock.forward(days=5)
    adviser = house.client(Role.ADVISER)
    for where in ("desk", "deposits"):
        assert "l’empreinte expire le lundi 9 mars 2026" in told(adviser.get(house.page(where)).text)
    house.clock.forward(days=2)
    adviser = house.client(Role.ADVISER)
    assert "l’empreinte s’est éteinte le lundi 9 mars 2026" in told(adviser.get(house.page("deposits")).text)


def test_the_treasurer_takes_a_part_once_however_often_they_click(house: House) -> None:
    deposit_id, _ = held(house)
    treasurer, page = house.client(Role.TREASURER), house.page(f"deposits/{deposit_id}")
    for _ in range(2):
        assert post(treasurer, f"{page}/capture", UNPAID).status_code == 303
    assert stands(house, deposit_id) == ("kept", 0, [HELD, ("kept", 7_000), ("released", 23_000)], ["captured"])
    assert at_the_bank(house) == [("captured", 7_000)]
    assert "débitée" in treasurer.get(page).text
    said = " ".join(letters(house))
    with house.reading():
        payment = db.session.query(Payment).one()
    assert treasurer.get(house.page(f"payments/{payment.id}")).status_code == 200 and said.count("gardés") <= 1


def test_a_refusal_stands_beside_its_field_and_loses_nothing(house: House) -> None:
    deposit_id, _ = held(house)
    treasurer, page = house.client(Role.TREASURER), house.page(f"deposits/{deposit_id}")
    refused = post(treasurer, f"{page}/capture", UNPAID | {"cents": "70,01"})
    assert refused.status_code == 422 and "Ce compte doit 70 €" in told(refused.text) and "Deux semaines dues" in refused.text
    assert stands(house, deposit_id)[3] == ["held"]


def test_a_gateway_that_does_not_answer_keeps_what_was_asked(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    deposit_id, _ = held(house)
    treasurer, page = house.client(Role.TREASURER), house.page(f"deposits/{deposit_id}")

    def unreachable(gateway: LocalGateway, order: object) -> object:
        raise GatewayUnreachable

    with monkeypatch.context() as broken:
        broken.setattr(LocalGateway, "capture_hold", unreachable)
        assert post(treasurer, f"{page}/capture", UNPAID).status_code == 303
    shown = told(treasurer.get(page).text)
    assert "La banque n’a pas encore répondu" in shown and f"{page}/capture" not in shown
    assert post(treasurer, f"{page}/capture", UNPAID).status_code == 303, "sent again by the same form"
    assert at_the_bank(house) == [("captured", 7_000)]


def test_a_rental_prolonged_is_said_with_what_to_do_and_the_hold_gives_way(house: House) -> None:
    deposit_id, _ = held(house)
    adviser, page = house.client(Role.ADVISER), house.page(f"deposits/{deposit_id}")
    assert "finit après l’empreinte" not in told(adviser.get(page).text)
    with house.reading():
        account_id = db.session.get_one(Deposit, deposit_id).account_id
    foresee(house, account_id, days=12)
    shown = told(adviser.get(page).text)
    assert "La location finit après l’empreinte" in shown and "Demandez plutôt une carte enregistrée" in shown
    assert post(adviser, f"{page}/lift").status_code == 303
    assert at_the_bank(house) == [("cancelled", 0)] and stands(house, deposit_id)[0] == "due"
    shown = told(adviser.get(page).text)
    assert f"{page}/leave" in shown and f"{page}/hold" not in shown, "too long for another hold, not for a card on file"
    assert post(adviser, f"{page}/hold", {"send": "show"}).status_code == 422


def test_the_return_has_it_lifted_the_same_day_and_the_person_is_told(house: House) -> None:
    reach(house)
    with house.writing():
        db.session.get_one(Beneficiary, house.beneficiary_id).contact_by = "mail"
    deposit_id, _ = held(house)
    return_vehicle(house, deposit_id, days=0)
    assert post(house.client(Role.TREASURER), house.page(f"deposits/{deposit_id}/release")).status_code == 303
    assert at_the_bank(house) == [("cancelled", 0)] and stands(house, deposit_id)[3] == ["released"]
    with house.reading():
        assert any("l’empreinte est levée" in told(row.body) for row in db.session.query(Message))


def test_the_api_does_the_same(house: House) -> None:
    give_keys(house)
    deposit_id = make_deposit(house, short_rental(house), kind="card_hold")
    client, keys = house.app.test_client(), count()

    def ask(path: str, role: Role = Role.TREASURER, **asked: object) -> object:
        headers = house.bearer(role) | {"Idempotency-Key": f"{path}-{next(keys)}"}
        return client.post(house.api(f"deposits/{deposit_id}/{path}"), json=asked, headers=headers)

    link = ask("holds", Role.ADVISER, send="show")
    assert link.status_code == 201 and link.json["sent_to"] is None  # type: ignore[attr-defined]
    place_by_link(house, link.json["url"])  # type: ignore[attr-defined]
    shown = client.get(house.api(f"deposits/{deposit_id}"), headers=house.bearer(Role.TREASURER)).json
    assert shown["card_hold"]["capture_before"] == "2026-03-09T05:00:00+00:00"  # type: ignore[index]
    assert shown["expires_on"] == "2026-03-09"  # type: ignore[index]
    lifted = ask("lift", Role.ADVISER)
    assert (lifted.status_code, lifted.json["status"]) == (200, "released")  # type: ignore[attr-defined]
    again = ask("holds", Role.ADVISER, send="show")
    place_by_link(house, again.json["url"])  # type: ignore[attr-defined]
    taken = ask("captures", cents=7_000, why="unpaid", reason="Deux semaines dues")
    assert (taken.status_code, taken.json["status"], taken.json["cents"]) == (201, "captured", 30_000)  # type: ignore[attr-defined]
    nameless = client.post(house.api(f"deposits/{deposit_id}/captures"), json={}, headers=house.bearer(Role.TREASURER))
    assert nameless.status_code == 422
    assert at_the_bank(house) == [("cancelled", 0), ("captured", 7_000)]


def test_a_long_rental_and_a_platform_without_keys_are_offered_none(house: House) -> None:
    deposit_id = make_deposit(house, short_rental(house))
    adviser = house.client(Role.ADVISER)
    assert "/hold" not in adviser.get(house.page(f"deposits/{deposit_id}")).text
    assert post(adviser, house.page(f"deposits/{deposit_id}/hold"), {"send": "show"}).status_code == 422
    give_keys(house)
    account_id = make_rental(house, reference="booking:2")
    foresee(house, account_id, days=30)
    refused = post(adviser, house.page(f"accounts/{account_id}/deposit"), {"kind": "card_hold", "due_cents": "300", "instalments": "1"})
    assert refused.status_code == 422 and "cette location en compte 30" in told(refused.text)


def test_what_is_under_way_is_not_offered_twice(house: House) -> None:
    give_keys(house)
    deposit_id, hold_id = asked_hold(house, short_rental(house))
    with house.reading():
        key = db.session.get_one(CardHold, hold_id).key
    assert "Reprendre" in house.app.test_client().get(house.page(f"held-card/{key}")).text
    assert house.app.test_client().get(house.page("held-card/inconnue")).status_code == 404
    again, _ = held(house, reference="booking:2")
    ask_part(house, again)
    with house.writing(), pytest.raises(Exception, match="pas encore répondu"):
        card_holds.lift(again, by=house.viewer(Role.ADVISER), now=house.clock())
    assert stands(house, deposit_id)[3] == ["pending"]


def test_a_booking_foresees_one_for_a_few_days_and_refuses_it_for_a_week(house: House) -> None:
    give_keys(house)
    with house.writing():
        clear_person(house, house.beneficiary_id)
        car = make_vehicle(house, "Citadine grise", plate="ab 123 cd", gearbox="manual").id
    adviser, new = house.client(Role.ADVISER), house.page(f"people/{house.beneficiary_id}/bookings/new/{car}")
    for ends_on, status in (("10", 422), ("06", 303)):
        asked = f"{new}?starts_at=2026-03-03T09:00&ends_at=2026-03-{ends_on}T09:00"
        answer = post(adviser, asked, {"deposit_kind": "card_hold"})
        assert answer.status_code == status, answer.text
        if status == 422:
            assert "cette location en compte 7. Demandez plutôt une carte enregistrée" in told(answer.text)
    with house.reading():
        deposit = db.session.query(Deposit).one()
        assert (deposit.kind, deposit.status) == ("card_hold", "due")
    assert post(adviser, house.page(f"deposits/{deposit.id}/hold"), {"send": "show"}).status_code == 200


def test_a_vehicle_that_asks_more_has_its_hold_lifted_and_asked_again_whole(house: House) -> None:
    deposit_id, _ = held(house)
    adviser, page = house.client(Role.ADVISER), house.page(f"deposits/{deposit_id}")
    with house.writing():
        db.session.get_one(Deposit, deposit_id).due_cents = 40_000
    shown = told(adviser.get(page).text)
    assert "Une empreinte ne se complète pas" in shown and f"{page}/receive" not in shown
    assert post(adviser, f"{page}/lift").status_code == 303
    shown = adviser.get(page).text
    assert f"{page}/hold" in shown and f"{page}/receive" in shown
