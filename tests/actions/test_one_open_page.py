"""One open card page a debt: a second one closes the first at the gateway and with us; money that comes twice stands and is given back."""

import pytest

from billing.actions import card_pages, cards, refunds
from billing.actions.gateway_news import handle_dispute
from billing.actions.reconciliation import reconcile
from billing.card_gateway import GatewayUnreachable
from billing.local_gateway import LocalGateway
from billing.models import GatewayEventRecord, Payment
from billing.queries import balance_cents
from billing.queries.payments import list_disputed
from mobility.db import db
from mobility.errors import Conflict, RuleBroken
from tests.house import House
from tests.money import ADVISER, BACK_URL, Paid, books, deliver, give_keys, make_deposit, make_rental, open_page, pay

OWED = 7000


def status(house: House, payment_id: int) -> str:
    with house.reading():
        return db.session.get_one(Payment, payment_id).status


def owed(house: House, account_id: int) -> int:
    with house.reading():
        return balance_cents(account_id)


def settle(house: House, paid: Paid) -> None:
    for delivery in paid.deliveries:
        deliver(house, delivery)


def two_pages_paid(house: House, account_id: int) -> list[int]:
    """Two sums asked for the same debt, a card typed on both pages; what each payment became."""
    pages = [open_page(house, account_id, cents=OWED), open_page(house, account_id, cents=OWED - 1000)]
    for page in pages:
        settle(house, pay(house, page))
    return pages


def test_a_second_page_closes_the_first_so_that_one_alone_is_paid(house: House) -> None:
    give_keys(house)
    account_id = make_rental(house)
    pages = two_pages_paid(house, account_id)
    assert [status(house, page) for page in pages] == ["cancelled", "settled"]
    assert owed(house, account_id) == 1000


def test_twin_when_no_page_is_closed_both_are_paid(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cards, "set_others_aside", lambda *_, **__: [])
    give_keys(house)
    account_id = make_rental(house)
    pages = two_pages_paid(house, account_id)
    assert [status(house, page) for page in pages] == ["settled", "settled"]
    assert owed(house, account_id) == 1000 - OWED


def test_nothing_else_is_asked_while_the_word_of_a_page_just_paid_is_on_its_way(house: House) -> None:
    give_keys(house)
    account_id = make_rental(house)
    first = open_page(house, account_id, cents=2000)
    paid = pay(house, first)
    with pytest.raises(Conflict, match="vient d’être fait"):
        open_page(house, account_id, cents=OWED)
    settle(house, paid)
    assert (status(house, first), owed(house, account_id)) == ("settled", OWED - 2000)
    with house.reading():
        assert list_disputed() == []


def test_a_page_paid_after_its_closing_was_lost_is_received_shown_and_given_back(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    give_keys(house)
    account_id = make_rental(house)
    first = open_page(house, account_id, cents=OWED)
    with monkeypatch.context() as lost:
        lost.setattr(LocalGateway, "close_checkout", lambda *_: True)  # the gateway said yes and did nothing
        second = open_page(house, account_id, cents=OWED - 1000)
    for page in (first, second):
        settle(house, pay(house, page))
    assert [status(house, page) for page in (first, second)] == ["settled", "settled"]
    assert owed(house, account_id) == 1000 - OWED
    with house.writing():
        (shown,) = list_disputed()
        assert (shown.payment_id, shown.outcome) == (first, "disputed")
        assert "remboursez" in (shown.reason or "")
        refund_id = refunds.refund_payment(first, cents=OWED - 1000, reason="Payé deux fois", by=ADVISER, now=house.clock()).id
    with house.reading():
        refunds.send(refund_id, by=ADVISER, now=house.clock())
    assert owed(house, account_id) == 0
    with house.writing():
        handle_dispute(shown.id, note="Rendu", by=ADVISER, now=house.clock())
        assert list_disputed() == []


def test_a_gateway_that_does_not_answer_leaves_the_closing_to_the_next_opening(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    def silent(*_: object) -> bool:
        raise GatewayUnreachable

    give_keys(house)
    account_id = make_rental(house)
    first = open_page(house, account_id, cents=OWED)
    with monkeypatch.context() as down:
        down.setattr(LocalGateway, "close_checkout", silent)
        with pytest.raises(GatewayUnreachable):
            open_page(house, account_id, cents=OWED - 1000)
    with house.reading():
        assert reconcile(now=house.clock()) == 1
        assert db.session.get_one(Payment, first).checkout_url is None
    assert not any("succeeded" in delivery.event_type for delivery in pay(house, first).deliveries)


def test_a_page_that_loses_the_race_is_closed_by_whoever_opened_it(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    give_keys(house)
    account_id = make_rental(house)
    opening = LocalGateway.open_checkout

    def slow(gateway: LocalGateway, order: object) -> object:
        monkeypatch.setattr(LocalGateway, "open_checkout", opening)
        open_page(house, account_id, cents=OWED - 1000)  # somebody else, meanwhile
        return opening(gateway, order)  # type: ignore[arg-type]

    monkeypatch.setattr(LocalGateway, "open_checkout", slow)
    with pytest.raises(Conflict, match=card_pages.REPLACED):
        open_page(house, account_id, cents=OWED)
    with house.reading():
        assert {(p.cents, p.status, bool(p.checkout_url)) for p in db.session.query(Payment)} == {
            (OWED - 1000, "pending", True),
            (OWED, "cancelled", False),
        }


def test_the_same_page_asked_again_stays_and_another_debt_keeps_its_own(house: House) -> None:
    give_keys(house)
    account_id = make_rental(house)
    deposit_id = make_deposit(house, account_id, kind="card")
    rent, deposit = open_page(house, account_id, cents=OWED), open_page(house, account_id, cents=30_000, deposit_id=deposit_id)
    with house.reading():
        url = cards.open_checkout(rent, back_url=lambda payment: BACK_URL, by=ADVISER, now=house.clock())
        assert url == db.session.get_one(Payment, rent).checkout_url
    assert [status(house, page) for page in (rent, deposit)] == ["pending", "pending"]


def test_a_deposit_paid_twice_gives_back_what_is_above_it_and_no_more(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cards, "set_others_aside", lambda *_, **__: [])
    give_keys(house)
    deposit_id = make_deposit(house, make_rental(house), kind="card")
    pages = [open_page(house, 1, cents=cents, deposit_id=deposit_id) for cents in (30_000, 20_000)]
    for page in pages:
        settle(house, pay(house, page))
    with house.writing(), pytest.raises(RuleBroken, match="200 €"):
        refunds.refund_payment(pages[1], cents=20_001, reason="Payée deux fois", by=ADVISER, now=house.clock())
    with house.writing():
        refund_id = refunds.refund_payment(pages[1], cents=20_000, reason="Payée deux fois", by=ADVISER, now=house.clock()).id
    with house.reading():
        refunds.send(refund_id, by=ADVISER, now=house.clock())
        assert refunds.refundable_cents(db.session.get_one(Payment, pages[0])) == 0
        assert db.session.query(GatewayEventRecord).filter_by(outcome="disputed").count() == 0
    assert sum(row[2] - row[3] for row in books(house) if len(row) == 4 and row[1] == "165") == -30_000
