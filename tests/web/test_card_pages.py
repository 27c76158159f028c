"""The card on the person's own phone, through HTTP: the link, the return page, and the signed webhook."""

import re

from flask.testing import FlaskClient

from billing.local_gateway.deliveries import Delivery
from billing.models import GatewayEventRecord, Payment
from billing.webhook_signature import sign
from mobility.db import db
from mobility.models import Link
from mobility.rights import Role
from tests.browsing import post
from tests.house import House
from tests.money import books, give_keys, make_deposit, make_rental, open_page, pay


def hook(house: House, delivery: Delivery, **more: str) -> int:
    """Deliver a webhook over HTTP; the status answered."""
    signature = more.get("signature") or sign(delivery.raw, delivery.webhook_secret, house.clock())
    client = house.app.test_client()
    return client.post(house.page("webhooks/card"), data=delivery.raw, headers={"Stripe-Signature": signature}).status_code


def link_of(house: House, client: FlaskClient, account_id: int) -> str:
    """The adviser prepares a card payment and shows its link."""
    answer = post(client, house.page(f"accounts/{account_id}/pay"), {"means": "card", "cents": "17,50"})
    assert answer.status_code == 303, answer.text
    shown = post(client, answer.location + "/link", {"send": "show"})
    assert shown.status_code == 200
    found = re.search(r"/p/essai/pay/[\w-]+", shown.text)
    assert found is not None
    return found[0]


def test_a_person_pays_by_a_link_and_the_webhook_alone_settles(house: House) -> None:
    give_keys(house)
    account_id = make_rental(house)
    link = link_of(house, house.client(Role.ADVISER), account_id)
    phone = house.client(None)
    assert "17,50" in phone.get(link).text
    first = post(phone, link)
    assert first.status_code == 303 and "/_carte/" in first.location
    assert post(phone, link).location == first.location  # a second click, the same page
    with house.reading():
        payment = db.session.query(Payment).one()
    back = phone.get(house.page(f"card/{payment.key}"))
    assert "en cours" in back.text
    paid = pay(house, payment.id)
    assert "en cours" in phone.get(house.page(f"card/{payment.key}")).text  # coming back proves nothing
    assert [hook(house, delivery) for delivery in paid.deliveries] == [200] * 5
    assert "reçu n° 1" in phone.get(link).text.replace("\u00a0", " ")
    assert phone.get(f"{link}/receipt.pdf").data.startswith(b"%PDF")


def test_the_desk_offers_a_card_only_where_the_platform_takes_them_and_says_why_not(house: House) -> None:
    account_id, adviser = make_rental(house), house.client(Role.ADVISER)
    pages = [house.page(f"accounts/{account_id}/{path}") for path in ("pay", "deposit")]

    def offered() -> list[tuple[bool, bool]]:
        shown = [adviser.get(page).text.replace("\u00a0", " ") for page in pages]
        return [('value="card"' in page, "ne prend pas encore la carte" in page) for page in shown]

    assert offered() == [(False, True)] * 2
    give_keys(house)
    assert offered() == [(True, False)] * 2


def test_a_closed_page_is_replaced_by_a_new_one_under_the_same_link(house: House) -> None:
    give_keys(house)
    account_id = make_rental(house)
    link = link_of(house, house.client(Role.ADVISER), account_id)
    phone = house.client(None)
    first = post(phone, link).location
    house.clock.forward(hours=25)
    assert post(phone, link).location not in (None, first)


def test_a_link_dies_after_a_week(house: House) -> None:
    give_keys(house)
    link = link_of(house, house.client(Role.ADVISER), make_rental(house))
    house.clock.forward(days=8)
    assert house.client(None).get(link).status_code == 404
    with house.reading():
        assert db.session.query(Link).count() == 1


def test_a_forged_webhook_writes_nothing(house: House) -> None:
    give_keys(house)
    paid = pay(house, open_page(house, make_rental(house)))
    before = books(house)
    assert {hook(house, delivery, signature="t=1,v1=00") for delivery in paid.deliveries} == {400}
    assert books(house) == before
    with house.reading():
        assert db.session.query(GatewayEventRecord).count() == 0


def test_a_person_pays_from_their_own_space(house: House) -> None:
    give_keys(house)
    account_id = make_rental(house)
    me = house.client(Role.BENEFICIARY)
    assert "70" in me.get(house.page("me/pay")).text
    sent = {"cents": "70", "once": "once-1"}
    answers = [post(me, house.page(f"me/pay/{account_id}"), sent) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [303, 303]
    assert answers[0].location == answers[1].location
    too_much = post(me, house.page(f"me/pay/{account_id}"), {"cents": "70,01", "once": "once-2"})
    assert too_much.status_code == 422 and "plus que ce que vous devez" in too_much.text
    with house.reading():
        assert db.session.query(Payment).count() == 1


def test_the_api_needs_a_key_and_refuses_another_body_under_it(house: House) -> None:
    give_keys(house)
    account_id = make_rental(house)
    client, headers = house.app.test_client(), house.bearer(Role.ADVISER)
    path = house.api(f"accounts/{account_id}/card-payments")
    assert client.post(path, json={"cents": 1750}, headers=headers).status_code == 422
    keyed = headers | {"Idempotency-Key": "k-1"}
    made = [client.post(path, json={"cents": 1750}, headers=keyed) for _ in range(2)]
    assert [answer.status_code for answer in made] == [201, 201]
    assert made[0].json == made[1].json
    assert client.post(path, json={"cents": 1751}, headers=keyed).status_code == 422


def test_without_keys_the_card_is_refused_in_words_and_leaves_nothing_behind(house: House) -> None:
    account_id = make_rental(house)
    deposit_id = make_deposit(house, account_id, kind="card")
    desk, me = house.client(Role.ADVISER), house.client(Role.BENEFICIARY)
    api, keyed = house.app.test_client(), house.bearer(Role.BENEFICIARY) | {"Idempotency-Key": "k-1"}
    answers = [
        post(desk, house.page(f"accounts/{account_id}/pay"), {"means": "card", "cents": "17,50"}),
        post(desk, house.page(f"deposits/{deposit_id}/card"), {"cents": "300"}),
        post(me, house.page(f"me/pay/{account_id}"), {"cents": "70", "once": "once-1"}),
        api.post(house.api(f"accounts/{account_id}/card-payments"), json={"cents": 7000}, headers=keyed),
        api.post(house.api(f"deposits/{deposit_id}/card-payments"), json={"cents": 7000}, headers=keyed),
    ]
    assert [answer.status_code for answer in answers] == [422] * 5
    assert all("ne prend pas encore la carte" in answer.text for answer in answers)
    with house.reading():
        assert db.session.query(Payment).count() == 0


def test_the_keys_are_never_shown_again(house: House) -> None:
    client = house.client(Role.MANAGER)
    sent = {"secret_key": "sk_test_1234567890", "webhook_secret": "whsec_1234567890"}
    assert post(client, house.page("settings/card"), sent).status_code == 303
    page = client.get(house.page("settings/card")).text
    assert "en place" in page and "1234567890" not in page
    refused = post(client, house.page("settings/card"), sent | {"webhook_secret": "x"})
    assert refused.status_code == 422 and "1234567890" not in refused.text


def test_a_debt_paid_and_not_yet_told_is_not_paid_again(house: House) -> None:
    """Back from the gateway before its word came, the page still asks for the money: another click is the same page, not another debit."""
    give_keys(house)
    account_id = make_rental(house)
    me, path = house.client(Role.BENEFICIARY), house.page(f"me/pay/{account_id}")
    first = post(me, path, {"cents": "70", "once": "once-1"})
    assert post(me, path, {"cents": "70", "once": "once-2"}).location == first.location
    api, headers = house.app.test_client(), house.bearer(Role.BENEFICIARY) | {"Idempotency-Key": "k-1"}
    path = house.api(f"accounts/{account_id}/card-payments")
    assert api.post(path, json={"cents": 7000}, headers=headers).json["checkout_url"] == first.location
    assert api.post(path, json={"cents": 7001}, headers=headers | {"Idempotency-Key": "k-2"}).status_code == 422
    house.clock.forward(hours=25)  # the page has closed: what was not paid may be paid on a new one
    assert post(me, house.page(f"me/pay/{account_id}"), {"cents": "70", "once": "once-3"}).location != first.location


def test_a_deposit_paid_and_not_yet_told_is_not_paid_again(house: House) -> None:
    give_keys(house)
    deposit_id = make_deposit(house, make_rental(house), kind="card")
    me, path = house.client(Role.BENEFICIARY), house.page(f"me/deposits/{deposit_id}/pay")
    first = post(me, path, {"cents": "300", "once": "once-1"})
    assert first.status_code == 303
    assert post(me, path, {"cents": "300", "once": "once-2"}).location == first.location
