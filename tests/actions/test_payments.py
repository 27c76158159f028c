"""Money in at the desk: means, receipts, transfers, refunds."""

import pytest

from billing import events
from billing.actions import payments, refunds
from billing.events import PaymentSettled
from billing.models import Payment
from billing.queries import balance_cents
from mobility.db import db
from mobility.errors import Conflict, NotFound, RuleBroken
from tests.house import House
from tests.money import ADVISER, books, make_rental


def take(house: House, account_id: int, **more: object) -> int:
    with house.writing():
        plain = {"means": "cheque", "cents": 3500, "by": ADVISER, "now": house.clock()}
        return payments.take_payment(account_id, **(plain | more)).number


def test_a_payment_lowers_the_debt_and_gives_the_next_receipt(house: House) -> None:
    account_id = make_rental(house)
    assert [take(house, account_id, reference="1234567"), take(house, account_id, cents=1000)] == [1, 2]
    with house.reading():
        assert balance_cents(account_id) == 7000 - 4500


def test_the_receipt_says_what_it_settles_and_what_is_left(house: House) -> None:
    account_id = make_rental(house)
    with house.writing():
        receipt = payments.take_payment(account_id, means="cheque", cents=4000, by=ADVISER, now=house.clock())
        assert [line["cents"] for line in receipt.content["lines"]] == [3500, 500]
        assert receipt.content["left_cents"] == 3000
        assert receipt.content["lines"][0]["label"].endswith("35 €")


def test_cash_for_a_car_needs_the_declaration(house: House) -> None:
    account_id = make_rental(house)
    with pytest.raises(RuleBroken, match="ne se paie plus en espèces") as refused:
        take(house, account_id, means="cash")
    assert refused.value.field == "means"
    declared = make_rental(house, reference="booking:2", without_bank=True)
    assert take(house, declared, means="cash") == 1


def test_a_card_is_not_taken_at_the_desk(house: House) -> None:
    account_id = make_rental(house)
    with pytest.raises(RuleBroken, match="page de paiement"):
        take(house, account_id, means="card")


@pytest.mark.parametrize("cents", [0, -100])
def test_nothing_or_less_is_no_payment(house: House, cents: int) -> None:
    account_id = make_rental(house)
    with pytest.raises(RuleBroken, match="supérieur à zéro"):
        take(house, account_id, cents=cents)


def test_one_key_is_one_payment(house: House) -> None:
    account_id = make_rental(house)
    assert take(house, account_id, key="k-1") == take(house, account_id, key="k-1") == 1
    with pytest.raises(RuleBroken, match="autre paiement"):
        take(house, account_id, key="k-1", cents=3501)
    with house.reading():
        assert balance_cents(account_id) == 3500


def test_a_transfer_is_announced_with_a_reference_and_settled_when_seen(house: House) -> None:
    account_id = make_rental(house)
    with house.writing():
        announced = payments.announce_transfer(account_id, cents=3500, by=ADVISER, now=house.clock())
        assert announced.reference.startswith("PE-000001-")
        assert balance_cents(account_id) == 7000
    with house.writing():
        assert payments.confirm_transfer(announced.id, by=ADVISER, now=house.clock()).number == 1
    with house.writing(), pytest.raises(Conflict):
        payments.confirm_transfer(announced.id, by=ADVISER, now=house.clock())
    with house.reading():
        assert balance_cents(account_id) == 3500


def test_a_transfer_that_will_not_come_is_cancelled(house: House) -> None:
    account_id = make_rental(house)
    with house.writing():
        announced = payments.announce_transfer(account_id, cents=3500, by=ADVISER, now=house.clock())
        assert payments.cancel_payment(announced.id, by=ADVISER, now=house.clock()).status == "cancelled"
    with house.writing(), pytest.raises(Conflict):
        payments.confirm_transfer(announced.id, by=ADVISER, now=house.clock())


def test_a_refund_is_never_above_what_was_paid(house: House) -> None:
    account_id = make_rental(house)
    take(house, account_id)
    with house.writing():
        payment_id = db.session.query(Payment.id).scalar()
        refunds.refund_payment(payment_id, cents=1500, reason="Trop perçu", by=ADVISER, now=house.clock())
        with pytest.raises(RuleBroken, match="Il ne reste que 20 €"):
            refunds.refund_payment(payment_id, cents=2001, reason="Trop perçu", by=ADVISER, now=house.clock())
        assert balance_cents(account_id) == 5000


def test_an_unknown_account_is_not_found(house: House) -> None:
    with pytest.raises(NotFound):
        take(house, 999)


def test_a_listener_hears_in_the_same_transaction(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    account_id = make_rental(house)
    heard: list[PaymentSettled] = []

    def refuse(event: PaymentSettled) -> None:
        heard.append(event)
        raise RuntimeError("no")

    before = books(house)
    monkeypatch.setitem(house.app.extensions, "money_listeners", {})
    events.listen(house.app, PaymentSettled, refuse)
    with pytest.raises(RuntimeError):
        take(house, account_id)
    assert [event.receipt_number for event in heard] == [1]
    assert books(house) == before
