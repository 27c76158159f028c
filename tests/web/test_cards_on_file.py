"""A card on file through the pages and the API: asked by a link, agreed to, charged, confirmed or given up, forgotten."""

import re

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from billing.card_gateway import GatewayUnreachable
from billing.local_gateway import AUTHENTICATED, DECLINED_LATER, SUCCEEDS, LocalGateway
from billing.models import CardCall, Deposit, DepositStep, Payment, SavedCard
from billing.queries.auto_payments import list_mandates
from billing.queries.saved_cards import list_cards
from mobility.db import db
from mobility.models import Beneficiary, Message, SentForm
from mobility.rights import Role
from tests.auto_paid import agree
from tests.auto_paid import reach as reach_weekly
from tests.browsing import picture, post
from tests.held_cards import short_rental
from tests.house import House
from tests.money import give_keys, local, make_deposit, make_rental, open_page, return_vehicle
from tests.on_file import on_file, stands, taken_cents

HELD = ("received", 30_000)
UNPAID = {"why": "unpaid", "reason": "Deux semaines dues", "cents": "70", "once": "o-1"}


def reach(house: House, *, email: str | None = "camille@example.org") -> None:
    with house.writing():
        db.session.get_one(Beneficiary, house.beneficiary_id).email = email


def letters(house: House) -> list[str]:
    with house.reading():
        return [row.body for row in db.session.query(Message).order_by(Message.id)]


def told(text: str) -> str:
    return text.replace("\xa0", " ").replace("\u202f", " ")


def leave_by_link(house: House, url: str, number: str) -> None:
    """The person opens the link, agrees, types a card at the gateway, and its webhook comes."""
    phone = house.app.test_client()
    path = re.sub(r"^https?://[^/]+", "", url)
    page = told(phone.get(path).text)
    assert "de 300 € au plus" in page and "J’accepte et j’enregistre ma carte" in page
    to_gateway = post(phone, path)
    assert to_gateway.status_code == 303 and post(phone, path).location == to_gateway.location
    left = phone.post(re.sub(r"^https?://[^/]+", "", to_gateway.location), data={"number": number, "expiry": "12/34", "code": "123"})
    assert left.status_code == 303
    back = re.sub(r"^https?://[^/]+", "", left.location)
    assert "Nous attendons la confirmation" in phone.get(back).text
    post_webhooks(house)
    assert ("tient lieu de caution" in phone.get(back).text and "4242" in phone.get(back).text) or number != SUCCEEDS
    assert post(phone, path).status_code == 409


def post_webhooks(house: House) -> None:
    """As the local gateway's courier does, over HTTP."""
    client, courier = house.app.test_client(), local(house).courier

    def send(url: str, raw: bytes, headers: object) -> int:
        path = re.sub(r"^https?://[^/]+", "", url)
        return client.post(path, data=raw, headers=headers).status_code  # type: ignore[arg-type]

    courier._post = send
    for delivery in courier.list_deliveries():
        assert courier.deliver(delivery), delivery.event_type


def test_a_card_is_asked_by_mail_left_on_the_phone_and_holds_the_deposit(house: House) -> None:
    give_keys(house)
    reach(house)
    deposit_id = make_deposit(house, make_rental(house), kind="uncashed_cheque")
    adviser, page = house.client(Role.ADVISER), house.page(f"deposits/{deposit_id}")
    assert f"{page}/leave" in adviser.get(page).text
    asked = post(adviser, f"{page}/leave", {"send": "mail"})
    assert asked.status_code == 200 and "camille@example.org" in asked.text
    (letter,) = letters(house)
    (url,) = re.findall(r"https?://\S+", letter)
    assert "Rien n’est débité aujourd’hui" in letter
    leave_by_link(house, url, SUCCEEDS)
    shown = told(adviser.get(page).text)
    assert "Visa •••• 4242" in shown and "pour 300 € au plus" in shown
    assert stands(house, deposit_id) == ("held", 30_000, [HELD], [])
    money = told(house.client(Role.TREASURER).get(house.page("money")).text)
    assert "Cartes enregistrées" in money


def test_another_card_takes_the_place_of_the_one_that_was_lost(house: House) -> None:
    deposit_id = on_file(house)
    with house.writing():
        reach_weekly(house)
    agree(house)
    adviser, page = house.client(Role.ADVISER), house.page(f"deposits/{deposit_id}")
    shown = post(adviser, f"{page}/leave", {"send": "mail"})
    assert shown.status_code == 200
    (url,) = re.findall(r"https?://\S+/leave-card/\S+", "\n".join(letters(house)))
    phone = house.app.test_client()
    assert "Elle prend la place de votre carte Visa •••• 4242" in told(phone.get(re.sub(r"^https?://[^/]+", "", url)).text)
    waiting = told(adviser.get(page).text)
    assert "Visa •••• 4242" in waiting and "Une autre carte est demandée" in waiting, "the one before serves until then"
    leave_by_link(house, url, AUTHENTICATED)
    assert stands(house, deposit_id) == ("held", 30_000, [HELD], [])
    with house.reading():
        before, after = list_cards(deposit_id)
        assert (before.status, after.status, after.most_cents) == ("forgotten", "saved", 30_000)
        assert [mandate.ended_reason for mandate in list_mandates(house.beneficiary_id)] == ["card_gone"], "agreed anew on the new one"


def test_no_other_card_is_asked_while_the_one_before_is_being_charged(house: House) -> None:
    deposit_id = on_file(house, AUTHENTICATED)
    page = house.page(f"deposits/{deposit_id}")
    assert post(house.client(Role.TREASURER), f"{page}/charge", UNPAID).status_code == 303
    adviser = house.client(Role.ADVISER)
    assert f"{page}/leave" not in adviser.get(page).text
    refused = post(adviser, f"{page}/leave", {"send": "show"})
    assert refused.status_code == 422 and "Un débit de la carte d’avant attend sa réponse" in told(refused.text)


def test_the_treasurer_charges_it_once_however_often_they_click(house: House) -> None:
    deposit_id = on_file(house)
    treasurer, page = house.client(Role.TREASURER), house.page(f"deposits/{deposit_id}")
    assert "Débiter la carte" in treasurer.get(page).text
    assert "Débiter la carte" not in house.client(Role.ADVISER).get(page).text
    assert [post(treasurer, f"{page}/charge", UNPAID).status_code for _ in range(2)] == [303, 303]
    assert taken_cents(house) == [7_000] and stands(house, deposit_id)[2] == [HELD, ("kept", 7_000)]
    assert "La carte est débitée" in treasurer.get(page).text
    refused = post(treasurer, f"{page}/charge", UNPAID | {"once": "o-2", "cents": "0,40"})
    assert refused.status_code == 422 and "0,40" in refused.text
    wrong = post(treasurer, f"{page}/keep", UNPAID)
    assert wrong.status_code == 422 and "demandez le débit depuis sa page" in wrong.text


def test_damage_is_charged_with_what_shows_it(house: House) -> None:
    deposit_id = on_file(house)
    treasurer, page = house.client(Role.TREASURER), house.page(f"deposits/{deposit_id}")
    damage = UNPAID | {"why": "damage", "reason": "Aile", "cents": "50", "cost_cents": "60"}
    assert post(treasurer, f"{page}/charge", damage).status_code == 422
    assert post(treasurer, f"{page}/charge", damage | {"once": "o-2", "pictures": picture()}).status_code == 303
    with house.reading():
        step = db.session.query(DepositStep).filter_by(act="kept").one()
        assert (step.why, step.cost_cents, step.cents) == ("damage", 6_000, 5_000)
    assert "attachments/" in treasurer.get(page).text


@pytest.mark.parametrize(("email", "sent"), [("camille@example.org", 1), (None, 0)])
def test_a_bank_that_wants_its_holder_has_them_sent_the_link_at_once(house: House, email: str | None, sent: int) -> None:
    deposit_id = on_file(house, AUTHENTICATED)
    reach(house, email=email)
    with house.writing():
        db.session.get_one(Beneficiary, house.beneficiary_id).phone = None
    treasurer, page = house.client(Role.TREASURER), house.page(f"deposits/{deposit_id}")
    assert post(treasurer, f"{page}/charge", UNPAID).status_code == 303
    shown = told(treasurer.get(page).text)
    assert "en attente de la personne" in shown and "demandée à la carte" in shown
    assert sum("Votre banque demande que vous confirmiez" in letter for letter in letters(house)) == sent
    with house.reading():
        step_id = db.session.query(CardCall).one().step_id
    adviser = house.client(Role.ADVISER)
    assert "Code à scanner" in post(adviser, f"{page}/charges/{step_id}/link", {"send": "show"}).text
    assert post(adviser, house.page(f"deposits/999/charges/{step_id}/link"), {"send": "show"}).status_code == 404
    assert post(treasurer, f"{page}/charges/{step_id}/drop").status_code == 303
    assert stands(house, deposit_id)[2:] == ([HELD, ("uncalled", 7_000)], ["dropped"])
    assert post(treasurer, f"{page}/charges/{step_id}/drop", {"once": "again"}).status_code == 409


def test_a_refused_charge_says_what_to_do_and_the_deposit_goes_back_all_the_same(house: House) -> None:
    deposit_id = on_file(house, DECLINED_LATER)
    treasurer, page = house.client(Role.TREASURER), house.page(f"deposits/{deposit_id}")
    assert post(treasurer, f"{page}/charge", UNPAID).status_code == 303
    assert "Proposez un lien de paiement ou un échéancier" in told(treasurer.get(page).text)
    return_vehicle(house, deposit_id)
    assert post(house.client(Role.TREASURER), f"{page}/release").status_code == 303
    with house.reading():
        assert db.session.query(SavedCard).one().status == "forgotten"
        assert db.session.get_one(Deposit, deposit_id).status == "released"
    assert "oubliée" in house.client(Role.TREASURER).get(page).text


def test_a_gateway_that_does_not_answer_keeps_what_was_asked(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    deposit_id = on_file(house)
    treasurer, page = house.client(Role.TREASURER), house.page(f"deposits/{deposit_id}")

    def unreachable(gateway: LocalGateway, order: object) -> object:
        raise GatewayUnreachable

    with monkeypatch.context() as broken:
        broken.setattr(LocalGateway, "charge_saved", unreachable)
        assert post(treasurer, f"{page}/charge", UNPAID).status_code == 303
    assert "La banque n’a pas encore répondu" in told(treasurer.get(page).text)
    assert post(treasurer, f"{page}/charge", UNPAID).status_code == 303, "sent again by the same form"
    assert stands(house, deposit_id)[3] == ["kept"] and taken_cents(house) == [7_000]


def test_the_api_does_the_same(house: House) -> None:
    give_keys(house)
    deposit_id = make_deposit(house, make_rental(house), kind="card_on_file")
    client = house.app.test_client()

    def ask(path: str, role: Role = Role.TREASURER, **asked: object) -> object:
        headers = house.bearer(role) | {"Idempotency-Key": path}
        return client.post(house.api(f"deposits/{deposit_id}/{path}"), json=asked, headers=headers)

    link = ask("saved-cards", Role.ADVISER, send="show")
    assert link.status_code == 201 and link.json["sent_to"] is None  # type: ignore[attr-defined]
    leave_by_link(house, link.json["url"], AUTHENTICATED)  # type: ignore[attr-defined]
    charge = ask("charges", cents=7_000, why="unpaid", reason="Deux semaines dues")
    assert (charge.status_code, charge.json["status"]) == (201, "authenticate")  # type: ignore[attr-defined]
    step_id = charge.json["step_id"]  # type: ignore[attr-defined]
    assert "/pay/" in ask(f"charges/{step_id}/link", Role.ADVISER, send="show").json["url"]  # type: ignore[attr-defined]
    shown = client.get(house.api(f"deposits/{deposit_id}"), headers=house.bearer(Role.TREASURER)).json
    assert shown["saved_card"]["last4"] == AUTHENTICATED[-4:] and shown["card_calls"][0]["status"] == "authenticate"  # type: ignore[index]
    dropped = client.post(house.api(f"deposits/{deposit_id}/charges/{step_id}/drop"), headers=house.bearer(Role.TREASURER))
    assert (dropped.status_code, dropped.json["status"]) == (200, "dropped")  # type: ignore[index]
    nameless = client.post(house.api(f"deposits/{deposit_id}/charges"), json={}, headers=house.bearer(Role.TREASURER))
    assert nameless.status_code == 422
    with house.reading():
        assert db.session.query(Payment).one().status == "cancelled"


def test_without_keys_no_card_is_asked(house: House) -> None:
    deposit_id = make_deposit(house, make_rental(house))
    adviser: FlaskClient = house.client(Role.ADVISER)
    page = house.page(f"deposits/{deposit_id}")
    assert f"{page}/leave" not in adviser.get(page).text
    assert post(adviser, f"{page}/leave", {"send": "show"}).status_code == 422


@pytest.mark.parametrize("kind", ["deposit", "hold", "payment"])
def test_the_answer_that_holds_a_link_is_kept_nowhere(house: House, kind: str) -> None:
    """Of a link only its hash is kept: sent again under its key, the answer is not there to be given again."""
    give_keys(house)
    account_id = short_rental(house)
    if kind == "hold":
        path = f"deposits/{make_deposit(house, account_id, kind='card_hold')}/holds"
    elif kind == "deposit":
        path = f"deposits/{make_deposit(house, account_id, kind='card_on_file')}/saved-cards"
    elif kind == "hold":
        path = f"deposits/{make_deposit(house, short_rental(house, reference='booking:2'), kind='card_hold')}/holds"
    else:
        path = f"payments/{open_page(house, account_id)}/link"
    headers = house.bearer(Role.ADVISER) | {"Idempotency-Key": "k"}
    api = house.app.test_client()
    first, again = (api.post(house.api(path), json={"send": "show"}, headers=headers) for _ in range(2))
    assert (first.status_code, again.status_code) == (201, 409)
    token = first.json["url"].rpartition("/")[2]
    with house.reading():
        assert not [sent for sent in db.session.scalars(select(SentForm.answer)) if sent and token in sent]
