"""The money acts that only pages had: a tariff withdrawn, a card's link, the gateway's differences and what mends each."""

from typing import Any

import pytest
from flask.testing import FlaskClient

from billing.card_gateway import RefundRefused
from billing.local_gateway import LocalGateway
from billing.models import Payment
from mobility.db import db
from mobility.rights import Role
from tests.house import House
from tests.money import card_paid, deliver, give_keys, make_rental, open_page, pay
from tests.money_trials import altered


def call(house: House, path: str, *, role: Role = Role.TREASURER, method: str = "post", **more: Any) -> Any:
    client: FlaskClient = house.app.test_client()
    return getattr(client, method)(house.api(path), headers=house.bearer(role) | more.pop("headers", {}), **more)


def test_a_tariff_that_never_served_is_withdrawn(house: House) -> None:
    asked = {"label": "Tarif voté", "from_on": "2026-03-20", "car": 600}
    made = call(house, "money/tariffs", role=Role.MANAGER, json=asked)
    assert made.status_code == 201, made.text
    path = f"money/tariffs/{made.json['id']}/withdraw"
    assert call(house, path, role=Role.TREASURER).status_code == 403
    assert [call(house, path, role=Role.MANAGER).status_code for _ in range(2)] == [204, 404]


def test_a_card_payments_link_is_made_and_opens(house: House) -> None:
    give_keys(house)
    payment_id = open_page(house, make_rental(house))
    made = call(house, f"payments/{payment_id}/link", role=Role.ADVISER, json={"send": "show"})
    assert (made.status_code, made.json["sent_to"]) == (201, None), made.text
    path = made.json["url"].split("/p/", 1)[1]
    assert house.client(None).get(f"/p/{path}").status_code == 200
    refused = call(house, f"payments/{payment_id}/link", role=Role.ADVISER, json={"send": "pigeon"})
    assert refused.status_code == 422 and "send" in refused.json["errors"]


def test_an_announced_transfer_is_cancelled(house: House) -> None:
    made = call(house, f"accounts/{make_rental(house)}/payments", role=Role.ADVISER, json={"means": "transfer", "cents": 500})
    path = f"payments/{made.json['id']}/cancel"
    assert [call(house, path).status_code for _ in range(2)] == [200, 409]


def test_each_difference_names_the_act_that_mends_it(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    give_keys(house)
    account_id = make_rental(house)
    assert call(house, "reconciliation", method="get").json == {"disputed": [], "open_cards": [], "announced": [], "refunds": []}
    paid = card_paid(house, account_id)
    wrong = next(d for d in paid.deliveries if d.event_type == "payment_intent.succeeded")
    raw = altered(wrong.raw, amount_received=1).replace(b"evt_", b"evt_w")
    deliver(house, type(wrong)(**vars(wrong) | {"raw": raw}))
    for delivery in paid.deliveries:
        deliver(house, delivery)
    with monkeypatch.context() as bank:

        def refuse(*_: object) -> None:
            raise RefundRefused

        bank.setattr(LocalGateway, "refund", refuse)
        call(house, f"payments/{paid.payment_id}/refunds", json={"cents": 500, "reason": "Avis"}, headers={"Idempotency-Key": "k"})
    second = open_page(house, account_id, cents=2000)
    pay(house, second)
    transfer = call(house, f"accounts/{account_id}/payments", role=Role.ADVISER, json={"means": "transfer", "cents": 500})
    assert transfer.status_code == 201
    house.clock.forward(minutes=5)
    told = call(house, "reconciliation", method="get").json
    assert {name: len(found) for name, found in told.items()} == {"disputed": 1, "open_cards": 1, "announced": 1, "refunds": 1}
    api = house.app.test_client()
    for name, said in (("disputed", {"note": "Vu avec la banque"}), ("open_cards", None), ("announced", {}), ("refunds", None)):
        mended = api.post(told[name][0]["act"], headers=house.bearer(Role.TREASURER), **({} if said is None else {"json": said}))
        assert mended.status_code == 200, (name, mended.text)
    left = call(house, "reconciliation", method="get").json
    assert left == {"disputed": [], "open_cards": [], "announced": [], "refunds": []}
    with house.reading():
        assert db.session.get_one(Payment, second).status == "settled"
