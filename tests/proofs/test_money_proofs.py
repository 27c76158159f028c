"""Money's promises at full size (promises.md "Money"), each printing its figure."""

import pytest

from billing.actions import cards, gateway_news
from billing.models import Payment
from billing.payments import Verdict
from mobility.db import db
from tests import money_trials as trials
from tests.databases import TestDatabase
from tests.house import House, make_house
from tests.money import card_paid, give_keys, make_rental

pytestmark = pytest.mark.proof


def test_the_120_orders_of_a_payments_events_make_the_same_books(house: House) -> None:
    give_keys(house)
    found = trials.orders_of_events(house, 120)
    print(f"120 orders × 5 events × 2 deliveries: {len(found)} state of the books, {next(iter(found))[0]}")
    assert [books[0] for books in found] == ["settled"]


def test_twin_of_the_120_orders_when_the_last_word_wins(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    def last_word(news: gateway_news.News, ordered: gateway_news.Ordered) -> Verdict:
        return Verdict(status="settled" if news.says == "paid" else "pending", outcome="applied")

    monkeypatch.setattr(gateway_news, "judge", last_word)
    give_keys(house)
    found = trials.orders_of_events(house, 20)
    print(f"twin, last word wins, 20 orders: {len(found)} different states of the books")
    assert len(found) > 1


def test_12_kinds_of_forged_event(house: House) -> None:
    give_keys(house)
    paid = card_paid(house, make_rental(house))
    before = trials.effects(house, paid.payment_id)
    answers = trials.forged_events(house, paid)
    print(f"{len(answers)} kinds of forged event: statuses {set(answers.values())}, {trials.events_kept(house)} events kept")
    assert (len(answers), set(answers.values()), trials.events_kept(house)) == (12, {400}, 0)
    assert trials.effects(house, paid.payment_id) == before


@pytest.mark.race
def test_ten_deliveries_at_once(house: House) -> None:
    give_keys(house)
    for number in range(10):
        paid = card_paid(house, make_rental(house, reference=f"booking:{number}"))
        mine = trials.Paid(paid.payment_id, paid.reference, [d for d in paid.deliveries if paid.reference.encode() in d.raw])
        outcomes = trials.deliveries_at_once(house, mine, 10)
        assert sorted(outcomes) == ["applied"] + ["seen"] * 9
        assert trials.effects(house, paid.payment_id)[2] == 1
    print("10 events × 10 deliveries at once: 10 effects")


@pytest.mark.race
def test_20_threads_with_one_key(house: House) -> None:
    give_keys(house)
    account_id = make_rental(house)
    statuses = trials.one_key(house, account_id, 20)
    pages = trials.checkouts_at_the_gateway(house)
    with house.reading():
        payments = db.session.query(Payment).count()
    print(f"20 threads, one key: {statuses.count(201)} answers 201, {payments} payment, {pages} page at the gateway")
    assert (statuses, payments, pages) == ([201] * 20, 1, 1)


@pytest.mark.race
def test_twin_of_one_key_when_nobody_looks_for_it(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cards, "find_by_key", lambda key: None)
    give_keys(house)
    statuses = trials.one_key(house, make_rental(house), 20)
    print(f"twin, the key not looked for: {statuses.count(409)} of 20 stopped only by the database's unique key")
    assert statuses.count(201) == 1 and statuses.count(409) == 19


@pytest.mark.race
def test_receipts_without_hole(house: House) -> None:
    numbers, undone = trials.receipts_under_rollbacks(house, make_rental(house), workers=4, each=100)
    print(f"4 workers × 100 payments, {undone} given up at the end: receipts 1…{len(numbers)}, {len(list(trials.holes(numbers)))} hole")
    assert numbers == list(range(1, 400 - undone + 1)) and undone == 40


def test_20000_entries_by_20_workers_on_5_platforms(house: House, database: TestDatabase) -> None:
    """SQLite, where one writes at a time whatever is done, writes a twentieth of them."""
    each = 1000 if database.owner_url.startswith("postgresql") else 50
    houses = [house, *(make_house(house.app, house.clock, f"autre-{number}") for number in range(4))]
    stood = trials.entries_at_once(houses, workers=20, each=each)
    print(f"20 workers × {each} transactions on 5 platforms: {sum(count for count, _ in stood)} entries, (entries, sum): {stood}")
    assert stood == [(4 * each + 2, 0)] * 5, "each its own, and the rental's two weeks"
