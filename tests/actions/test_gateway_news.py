"""What the card gateway tells, in any order, twice, forged, wrong or not at all: the books stay the same."""

from collections.abc import Iterator

import pytest

from billing.actions import gateway_news, receipts, refunds
from billing.actions.gateway_keys import gateway_here
from billing.actions.gateway_news import apply_gateway_event, handle_dispute
from billing.actions.reconciliation import reconcile
from billing.card_gateway import GatewayUnreachable
from billing.local_gateway import DECLINED, LocalGateway
from billing.local_gateway import gateway as local_gateway
from billing.models import GatewayEventRecord, Payment
from billing.payments import Verdict
from billing.queries import balance_cents
from billing.queries.payments import list_disputed, list_unanswered_refunds
from billing.webhook_signature import sign
from mobility.db import db
from tests import money_trials as trials
from tests.house import House
from tests.money import ADVISER, Paid, card_paid, deliver, give_keys, make_rental, open_page, pay


@pytest.fixture
def paid(house: House) -> Iterator[Paid]:
    give_keys(house)
    yield card_paid(house, make_rental(house))


def tell(house: House, paid: Paid, **changes: object) -> str:
    """The payment's success with other values in it, properly signed; its outcome."""
    good = next(d for d in paid.deliveries if d.event_type == "payment_intent.succeeded")
    raw, now = trials.altered(good.raw, **changes), house.clock()
    with house.writing():
        event = gateway_here().read_event(raw, sign(raw, good.webhook_secret, now), now)
        return apply_gateway_event(event, now=now)


def test_five_events_in_any_order_and_twice_make_the_same_books(house: House) -> None:
    give_keys(house)
    found = trials.orders_of_events(house, 4)
    assert [books[0] for books in found] == ["settled"]


def test_twin_when_the_last_word_wins_the_order_shows(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    def last_word(news: gateway_news.News, ordered: gateway_news.Ordered) -> Verdict:
        return Verdict(status="settled" if news.says == "paid" else "pending", outcome="applied")

    monkeypatch.setattr(gateway_news, "judge", last_word)
    give_keys(house)
    assert len(trials.orders_of_events(house, 4)) > 1


def test_twelve_kinds_of_forged_event_write_nothing(house: House, paid: Paid) -> None:
    before = trials.effects(house, paid.payment_id)
    assert set(trials.forged_events(house, paid).values()) == {400}
    assert (trials.effects(house, paid.payment_id), trials.events_kept(house)) == (before, 0)


def test_twin_without_the_signature_forged_events_get_in(house: House, paid: Paid, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(local_gateway, "check_signature", lambda *_: None)
    trials.forged_events(house, paid)
    assert trials.events_kept(house)


def test_deliveries_at_once_have_one_effect(house: House, paid: Paid) -> None:
    assert sorted(trials.deliveries_at_once(house, paid, 4)) == ["applied", "seen", "seen", "seen"]
    assert trials.effects(house, paid.payment_id)[2] == 1


def test_one_key_is_one_page_and_another_body_is_refused(house: House) -> None:
    give_keys(house)
    account_id = make_rental(house)
    assert trials.one_key(house, account_id, 4) == [201] * 4
    assert trials.checkouts_at_the_gateway(house) == 1


def test_receipts_have_no_hole_when_transactions_are_given_up(house: House) -> None:
    numbers, undone = trials.receipts_under_rollbacks(house, make_rental(house), workers=2, each=10)
    assert (numbers, undone) == (list(range(1, 19)), 2)


def test_twin_numbers_drawn_outside_the_transaction_leave_holes(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    class Drawn:
        last_receipt = 0

    drawn = Drawn()
    monkeypatch.setattr(receipts, "lock_books", lambda: drawn)
    numbers, _ = trials.receipts_under_rollbacks(house, make_rental(house), workers=1, each=20)
    assert trials.holes(numbers)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"amount_received": 1}, "0,01 €"),
        ({"currency": "usd"}, "usd"),
        ({"metadata": {"platform": "autre", "payment": "PE-000001-AA"}}, "Aucun paiement"),
    ],
    ids=["another amount", "another currency", "another payment"],
)
def test_what_does_not_match_is_kept_shown_and_enters_no_book(house: House, paid: Paid, changes: dict[str, object], said: str) -> None:
    before = trials.effects(house, paid.payment_id)[1:]
    assert tell(house, paid, **changes) == "disputed"
    assert trials.effects(house, paid.payment_id)[1:] == before
    with house.writing():
        record = list_disputed()[0]
        assert said in (record.reason or "")
        handle_dispute(record.id, note="Vu avec la banque", by=ADVISER, now=house.clock())
        assert list_disputed() == []


def test_another_platforms_event_about_our_payment_is_disputed(house: House, paid: Paid) -> None:
    assert tell(house, paid, metadata={"platform": "autre", "payment": paid.reference}) == "disputed"


def test_the_right_amount_settles_what_a_wrong_one_had_disputed(house: House, paid: Paid) -> None:
    tell(house, paid, amount_received=1)
    assert trials.effects(house, paid.payment_id)[0] == "disputed"
    deliver(house, next(d for d in paid.deliveries if d.event_type == "charge.succeeded"))
    assert trials.effects(house, paid.payment_id)[0] == "settled"


def test_a_declined_card_is_noted_and_another_card_settles(house: House) -> None:
    give_keys(house)
    payment_id = open_page(house, make_rental(house))
    for delivery in pay(house, payment_id, DECLINED).deliveries:
        deliver(house, delivery)
    assert trials.effects(house, payment_id)[0] == "failed"
    for delivery in pay(house, payment_id).deliveries:
        deliver(house, delivery)
    assert trials.effects(house, payment_id)[0] == "settled"


def test_a_lost_webhook_is_made_up_for_by_asking(house: House, paid: Paid) -> None:
    house.clock.forward(minutes=10)
    with house.reading():
        assert (reconcile(now=house.clock()), reconcile(now=house.clock())) == (1, 0)
    assert trials.effects(house, paid.payment_id)[0] == "settled"
    assert {deliver(house, delivery) for delivery in paid.deliveries} == {"noted"}  # late webhooks change nothing
    assert trials.effects(house, paid.payment_id)[2] == 1


def test_a_crash_after_the_call_loses_no_page(house: House, paid: Paid) -> None:
    with house.writing():  # as if we had stopped before the answer was kept
        payment = db.session.get_one(Payment, paid.payment_id)
        payment.session_reference = payment.checkout_url = None
        payment.status = "started"
    house.clock.forward(minutes=10)
    with house.reading():
        reconcile(now=house.clock())
    assert trials.effects(house, paid.payment_id)[0] == "settled"


def test_a_crash_while_applying_leaves_nothing_and_the_next_delivery_settles(
    house: House, paid: Paid, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = trials.effects(house, paid.payment_id)
    event = next(d for d in paid.deliveries if d.event_type == "charge.succeeded")
    with monkeypatch.context() as crash, pytest.raises(RuntimeError):
        crash.setattr(gateway_news, "settle_called", _crash)
        deliver(house, event)
    assert (trials.effects(house, paid.payment_id), trials.events_kept(house)) == (before, 0)
    assert deliver(house, event) == "applied"


def test_a_refund_whose_answer_was_lost_is_sent_again_and_made_once(house: House, paid: Paid, monkeypatch: pytest.MonkeyPatch) -> None:
    for delivery in paid.deliveries:
        deliver(house, delivery)
    with house.writing():
        refunds.refund_payment(paid.payment_id, cents=750, reason="Trop perçu", by=ADVISER, now=house.clock())
    with house.reading(), monkeypatch.context() as lost, pytest.raises(GatewayUnreachable):
        lost.setattr(LocalGateway, "refund", _answer_lost(LocalGateway.refund))
        refunds.send(list_unanswered_refunds()[0].id, by=ADVISER, now=house.clock())
    with house.reading():
        assert (reconcile(now=house.clock()), reconcile(now=house.clock())) == (1, 0)
    with house.reading():
        payment = db.session.get_one(Payment, paid.payment_id)
        assert (payment.refunded_cents, balance_cents(payment.account_id)) == (750, 7000 - 1000)
        state = gateway_here().find_charge(payment_reference=payment.reference)
        assert state is not None and state.refunded_cents == 750


def test_a_refund_made_at_the_gateway_alone_is_shown(house: House, paid: Paid) -> None:
    for delivery in paid.deliveries:
        deliver(house, delivery)
    charge = next(d for d in paid.deliveries if d.event_type == "charge.succeeded")
    raw = trials.altered(charge.raw, amount_refunded=500).replace(b"charge.succeeded", b"charge.refunded").replace(b"evt_", b"evt_r")
    with house.writing():
        event = gateway_here().read_event(raw, sign(raw, charge.webhook_secret, house.clock()), house.clock())
        assert apply_gateway_event(event, now=house.clock()) == "disputed"
        assert db.session.query(GatewayEventRecord).filter_by(outcome="disputed").count() == 1


def _crash(*_: object, **__: object) -> None:
    raise RuntimeError("power cut")


def _answer_lost(refund: object) -> object:
    def lose(self: LocalGateway, order: object) -> None:
        refund(self, order)
        raise GatewayUnreachable

    return lose
