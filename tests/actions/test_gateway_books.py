"""The card gateway's balance in the books: payouts, fees and disputes, each once, equal to the cent whatever the order."""

import random
import uuid
from dataclasses import replace

import pytest
from sqlalchemy import select

from billing.actions import gateway_books, gateway_disputes, refunds
from billing.actions.gateway_books import Told
from billing.gateway_balance import Move, MoveKind
from billing.models import BillingAccount, CardDispute, GatewayPayout, JournalEntry, LossStep, Payment
from billing.queries import balance_cents
from billing.queries.books import verify_books
from billing.queries.reminders import why_kept_back
from mobility.db import db
from mobility.errors import Conflict, RuleBroken
from mobility.rights import Role
from tests.gateway_balance import answered, balances, come_back, contested, dispute_ids, month, night, paid_card, there, told
from tests.house import House
from tests.money import ADVISER, count_entries, deliver, give_keys, make_deposit, make_rental, open_page, pay
from tests.racing import race

ACCOUNTS = ("5115", "581", "4161", "4718", "627", "512")


@pytest.fixture
def cards(house: House) -> House:
    give_keys(house)
    return house


def enter(house: House, said: Told) -> None:
    with house.writing():
        gateway_books.enter(said, now=house.clock())


def test_a_payout_its_fees_and_nothing_twice(cards: House) -> None:
    paid_card(cards)
    cards.clock.forward(days=3)
    assert night(cards) == 2 and night(cards) == 0
    assert balances(cards, *ACCOUNTS) == (0, 1699, 0, 0, 51, 0), "1,5 % and 25 cents of 17,50 €"
    with cards.reading():
        (payout,) = db.session.scalars(select(GatewayPayout))
        assert (payout.cents, payout.status, payout.banked_on) == (1699, "under_way", None)
        assert verify_books() is None
    cards.clock.forward(days=2)
    assert night(cards) == 0
    with cards.reading():
        assert db.session.scalars(select(GatewayPayout.status)).one() == "paid"


def test_events_shuffled_and_repeated_leave_the_books_equal_to_the_gateway_to_the_cent(cards: House) -> None:
    month(cards)
    said, chance = told(cards), random.Random(35)
    for _ in range(6):
        moves = [*said.moves, *said.moves]
        chance.shuffle(moves)
        enter(cards, replace(said, moves=moves[: chance.randrange(1, len(moves))], disputes=chance.sample(said.disputes, 1)))
    enter(cards, said)
    before = balances(cards, *ACCOUNTS)
    enter(cards, said)
    assert balances(cards, *ACCOUNTS) == before and before[0] == there(cards)
    with cards.reading():
        assert verify_books() is None
        assert {row.status for row in db.session.scalars(select(CardDispute))} == {"won", "lost"}
    print(f"\n{len(said.moves)} moves, shuffled and read 8 times: books {before[0]} cents = gateway {there(cards)} cents")


def test_three_readers_at_once_enter_each_move_once(cards: House) -> None:
    paid_card(cards)
    cards.clock.forward(days=3)
    assert sorted(one.answer for one in race(3, 1, lambda client, number: night(cards))) == [0, 0, 2]
    assert balances(cards, *ACCOUNTS) == (0, 1699, 0, 0, 51, 0)


def test_a_dispute_decided_by_two_at_once_is_due_again_once(cards: House) -> None:
    payment_id = paid_card(cards)
    answered(cards, payment_id, contested(cards, payment_id), is_won=False)
    night(cards)
    owed, (dispute_id,) = owes(cards, payment_id), dispute_ids(cards)

    def decide(client: int, number: int) -> str:
        with cards.writing():
            return gateway_disputes.decide(dispute_id, decision="again", by=ADVISER, now=cards.clock()).decided or ""

    said = [one.answer for one in race(2, 1, decide)]
    assert said.count("again") == 1 and sum(isinstance(answer, Conflict) for answer in said) == 1
    assert owes(cards, payment_id) == owed + 1750


def test_without_the_key_that_keeps_a_move_one_the_books_leave_the_gateway(cards: House, monkeypatch: pytest.MonkeyPatch) -> None:
    month(cards)
    said = told(cards)
    monkeypatch.setattr(gateway_books, "key_of", lambda move: uuid.uuid4().hex)
    enter(cards, replace(said, moves=[move for move in said.moves if move.kind is not MoveKind.PAYOUT]))
    enter(cards, replace(said, moves=[move for move in said.moves if move.kind is not MoveKind.PAYOUT]))
    assert balances(cards, "5115")[0] != there(cards)


def test_a_payout_that_the_bank_refused_is_at_the_gateway_again(cards: House) -> None:
    paid_card(cards)
    cards.clock.forward(days=3)
    night(cards)
    with cards.reading():
        payout = db.session.scalars(select(GatewayPayout.reference)).one()
    come_back(cards, payout)
    assert night(cards) == 1
    assert balances(cards, "5115", "581") == (1699, 0)
    with cards.reading():
        assert db.session.scalars(select(GatewayPayout.status)).one() == "failed"


def test_money_taken_elsewhere_by_the_same_account_waits_for_the_accountant(cards: House) -> None:
    now = cards.clock()
    shop = Move(reference="txn_1", kind=MoveKind.CHARGE, cents=9_000, fee_cents=160, currency="eur", at=now, charge_reference="pi_shop")
    back = Move(reference="txn_2", kind=MoveKind.REFUND, cents=-1_000, currency="eur", at=now, charge_reference="pi_shop")
    dollars = Move(reference="txn_3", kind=MoveKind.CHARGE, cents=500, currency="usd", at=now, charge_reference="pi_dollars")
    enter(cards, Told(moves=[back, shop, dollars]))
    assert balances(cards, "5115", "4718", "627") == (7_840, -8_000, 160)


def test_a_dispute_waits_apart_keeps_reminders_back_and_won_leaves_nothing(cards: House) -> None:
    payment_id = paid_card(cards)
    owed = owes(cards, payment_id)
    reference = contested(cards, payment_id)
    night(cards)
    assert balances(cards, "4161", "627") == (1750, 1500 + 51) and owes(cards, payment_id) == owed, "never a fine, nothing due again"
    with cards.reading():
        account = db.session.get_one(Payment, payment_id).account_id
        assert "contesté" in (why_kept_back(db.session.get_one(BillingAccount, account), cards.clock().date()) or "")
        assert refunds.refundable_cents(db.session.get_one(Payment, payment_id)) == 0, "its bank has it already"
    with cards.writing(), pytest.raises(Conflict):
        gateway_disputes.decide(dispute_ids(cards)[0], decision="again", by=ADVISER, now=cards.clock())
    answered(cards, payment_id, reference, is_won=True)
    night(cards)
    assert balances(cards, "4161") == (0,) and owes(cards, payment_id) == owed
    with cards.reading():
        assert why_kept_back(db.session.get_one(BillingAccount, account), cards.clock().date()) is None


@pytest.mark.parametrize("decision", ["again", "loss"])
def test_a_dispute_lost_is_due_again_or_written_off_by_who_decides_once(cards: House, decision: str) -> None:
    payment_id = paid_card(cards)
    owed = owes(cards, payment_id)
    reference = contested(cards, payment_id)
    answered(cards, payment_id, reference, is_won=False)
    night(cards)
    assert (balances(cards, "4161"), owes(cards, payment_id)) == ((1750,), owed), "until somebody decides"
    (dispute_id,) = dispute_ids(cards)
    if decision == "loss":
        with cards.writing(), pytest.raises(RuleBroken):
            gateway_disputes.decide(dispute_id, decision="loss", by=cards.viewer(Role.MANAGER), now=cards.clock())
        with cards.writing(), pytest.raises(RuleBroken):
            gateway_disputes.decide(dispute_id, decision="loss", reason="small", by=cards.viewer(Role.TREASURER), now=cards.clock())
    with cards.writing():
        reason = "small" if decision == "loss" else None
        gateway_disputes.decide(dispute_id, decision=decision, reason=reason, by=cards.viewer(Role.MANAGER), now=cards.clock())
    assert owes(cards, payment_id) == (owed if decision == "loss" else owed + 1750)
    assert balances(cards, "4161", "654") == (0, 1750 if decision == "loss" else 0)
    entries = count(cards)
    with cards.writing(), pytest.raises(Conflict):
        gateway_disputes.decide(dispute_id, decision="again", by=ADVISER, now=cards.clock())
    assert count(cards) == entries
    with cards.reading():
        assert len(list(db.session.scalars(select(LossStep)))) == (decision == "loss") and verify_books() is None


def test_a_deposit_contested_and_lost_is_given_back_by_the_bank(cards: House) -> None:
    account_id = make_rental(cards)
    deposit_id = make_deposit(cards, account_id, kind="card")
    paid = pay(cards, open_page(cards, account_id, cents=30_000, purpose="deposit", deposit_id=deposit_id))
    for delivery in paid.deliveries:
        deliver(cards, delivery)
    reference = contested(cards, paid.payment_id)
    answered(cards, paid.payment_id, reference, is_won=False)
    night(cards)
    assert balances(cards, "165", "4161") == (-30_000, 30_000)
    with cards.writing():
        gateway_disputes.decide(dispute_ids(cards)[0], decision="again", by=ADVISER, now=cards.clock())
    assert balances(cards, "165", "4161", "5115") == (0, 0, there(cards)) and owes(cards, paid.payment_id) == 7_000


def owes(house: House, payment_id: int) -> int:
    with house.reading():
        return balance_cents(db.session.get_one(Payment, payment_id).account_id)


def count(house: House) -> int:
    with house.reading():
        assert db.session.scalar(select(JournalEntry.id).limit(1))
        return count_entries()
