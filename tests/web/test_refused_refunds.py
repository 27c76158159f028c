"""A refund the gateway refused is sent again by a button, once however often it is clicked, and never above what is left."""

import pytest
from flask.testing import FlaskClient

from billing.card_gateway import Refund, RefundOrder, RefundRefused
from billing.local_gateway import LocalGateway
from billing.models import Payment, PaymentRefund
from billing.queries import balance_cents
from mobility.db import db
from mobility.rights import Role
from tests.browsing import post
from tests.house import House
from tests.money import card_paid, deliver, give_keys, make_deposit, make_rental, return_vehicle


def refused_refund(house: House, client: FlaskClient, monkeypatch: pytest.MonkeyPatch, *, cents: str = "17,50") -> tuple[int, int]:
    """A card payment of 17,50 € whose refund the bank refused; the ids of both."""
    give_keys(house)
    paid = card_paid(house, make_rental(house))
    for delivery in paid.deliveries:
        deliver(house, delivery)
    with monkeypatch.context() as bank:
        bank.setattr(LocalGateway, "refund", refuse)
        answer = post(client, house.page(f"payments/{paid.payment_id}/refund"), {"cents": cents, "reason": "Trop perçu", "once": "r-1"})
    assert answer.status_code == 422
    return paid.payment_id, refunds_of(house)[0][0]


def refuse(gateway: LocalGateway, order: RefundOrder) -> Refund:
    raise RefundRefused("La banque a refusé ce remboursement.")


def refunds_of(house: House) -> list[tuple[int, str, int]]:
    with house.reading():
        return [(row.id, row.status, row.cents) for row in db.session.query(PaymentRefund).order_by(PaymentRefund.id)]


def test_a_refused_refund_goes_out_again_once(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    client = house.client(Role.TREASURER)
    payment_id, refund_id = refused_refund(house, client, monkeypatch)
    path = house.page(f"payments/{payment_id}/refunds/{refund_id}/again")
    assert path in client.get(house.page(f"payments/{payment_id}")).text
    assert path in client.get(house.page("reconciliation")).text
    with monkeypatch.context() as bank:
        bank.setattr(LocalGateway, "refund", refuse)
        assert post(client, path, {}).status_code == 422
    assert [status for _, status, _ in refunds_of(house)] == ["replaced", "refused"]
    again = house.page(f"payments/{payment_id}/refunds/{refunds_of(house)[1][0]}/again")
    assert [post(client, again, {}).status_code for _ in range(2)] == [303, 303]
    headers = house.bearer(Role.TREASURER)
    by_json = house.app.test_client().post(house.api(again.split("/essai/")[1]), headers=headers)
    assert (by_json.status_code, by_json.json["status"]) == (200, "settled")
    assert [(status, cents) for _, status, cents in refunds_of(house)] == [("replaced", 1750), ("replaced", 1750), ("settled", 1750)]
    with house.reading():
        payment = db.session.get_one(Payment, payment_id)
        assert (payment.refunded_cents, balance_cents(payment.account_id)) == (1750, 7000)
    assert "/again" not in client.get(house.page("reconciliation")).text


def test_the_form_sent_again_by_the_browser_asks_no_second_refund(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    client = house.client(Role.TREASURER)
    payment_id, refund_id = refused_refund(house, client, monkeypatch, cents="10")
    post(client, house.page(f"payments/{payment_id}/refunds/{refund_id}/again"), {})
    post(client, house.page(f"payments/{payment_id}/refund"), {"cents": "10", "reason": "Trop perçu", "once": "r-1"})
    assert [status for _, status, _ in refunds_of(house)] == ["replaced", "settled"]


def test_what_was_given_back_otherwise_meanwhile_is_not_given_back_again(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    client = house.client(Role.TREASURER)
    payment_id, refund_id = refused_refund(house, client, monkeypatch)
    assert post(client, house.page(f"payments/{payment_id}/refund"), {"cents": "10", "reason": "Avis", "once": "r-2"}).status_code == 303
    answer = post(client, house.page(f"payments/{payment_id}/refunds/{refund_id}/again"), {})
    assert answer.status_code == 422 and "7,50" in answer.text
    assert post(client, house.page(f"payments/{payment_id}/refunds/{refund_id + 9}/again"), {}).status_code == 404


def test_a_refused_deposit_refund_is_sent_again_and_the_deposit_is_released(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    give_keys(house)
    account_id = make_rental(house)
    deposit_id = make_deposit(house, account_id, kind="card")
    for delivery in card_paid(house, account_id, cents=30_000, deposit_id=deposit_id).deliveries:
        deliver(house, delivery)
    return_vehicle(house, deposit_id)
    client = house.client(Role.TREASURER)
    with monkeypatch.context() as bank:
        bank.setattr(LocalGateway, "refund", refuse)
        assert post(client, house.page(f"deposits/{deposit_id}/release"), {}).status_code == 422
    ((refund_id, _, _),) = refunds_of(house)
    with house.reading():
        payment_id = db.session.get_one(PaymentRefund, refund_id).payment_id
    assert post(client, house.page(f"payments/{payment_id}/refunds/{refund_id}/again"), {}).status_code == 303
    assert "rendue" in client.get(house.page(f"deposits/{deposit_id}")).text
    assert [status for _, status, _ in refunds_of(house)] == ["replaced", "settled"]
