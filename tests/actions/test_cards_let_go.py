"""A card on file when things go otherwise: charged within what was agreed and is still owed, and let go of once it serves nothing."""

from datetime import timedelta

import pytest

from billing.actions import accounts, card_hold_jobs, deposits, reconciliation, saved_card_jobs, saved_cards
from billing.actions.carried_deposits import carry_on
from billing.actions.payments import take_payment
from billing.actions.refunds import refundable_cents
from billing.card_gateway import GatewayUnreachable
from billing.local_gateway import DECLINED_LATER, LocalGateway
from billing.models import Deposit, Payment, SavedCard
from billing.queries import balance_cents
from billing.queries.payments import sum_waiting
from billing.queries.saved_cards import find_saved, get_called
from mobility.db import db
from tests.actions.test_deposits_taken import sums
from tests.held_cards import ask_part, at_the_bank, capture, held
from tests.house import House
from tests.money import ADVISER, BACK_URL, card_paid, deliver, give_keys, make_deposit, make_rental, return_vehicle
from tests.on_file import asked_card, call, leave_card, on_file, send, stands, taken_cents


def cards_in(house: House) -> list[str]:
    with house.reading():
        return [card.status for card in db.session.query(SavedCard).order_by(SavedCard.id)]


def test_what_the_bank_refused_counts_in_no_ceiling(house: House) -> None:
    """Of the costs of a fine 50 € may be kept: asked and refused, nothing is, and they may be asked again."""
    deposit_id = on_file(house, DECLINED_LATER)
    for key in ("a", "b"):
        assert send(house, call(house, deposit_id, cents=5_000, why="fine", key=key)) == "refused"
    assert stands(house, deposit_id)[:2] == ("held", 30_000)


def test_a_card_whose_whole_deposit_was_charged_is_forgotten(house: House) -> None:
    give_keys(house)
    deposit_id, card_id = asked_card(house, make_rental(house), due_cents=7_000)
    leave_card(house, card_id)
    with house.reading():
        saved_cards.find_out(card_id, now=house.clock())
    assert send(house, call(house, deposit_id)) == "kept"
    assert stands(house, deposit_id)[:2] == ("kept", 0)
    with house.reading():
        saved_card_jobs.follow_up(now=house.clock())
    assert cards_in(house) == ["forgotten"]


def test_a_deposit_raised_is_held_by_the_card_left_last_alone(house: House) -> None:
    """Whoever agreed to 70 € at most agrees to 300 € on another card: the first one is charged no more, and forgotten."""
    give_keys(house)
    deposit_id, first = asked_card(house, make_rental(house, kind="bike"), due_cents=7_000)
    leave_card(house, first)
    with house.reading():
        saved_cards.find_out(first, now=house.clock())
    with house.writing():
        days = {"first_on": house.clock().date() + timedelta(days=7), "qpv": False, "programme": "daily"}
        asked = {"beneficiary_id": house.beneficiary_id, "reference": "booking:2", "label": "Citadine"}
        account = accounts.open_account(**asked, **days, kind="car", by=ADVISER, now=house.clock())
        carry_on(db.session.get_one(Deposit, deposit_id).account_id, account, usual_cents=30_000, by=ADVISER, now=house.clock())
    with house.writing():
        second = saved_cards.ask_card(deposit_id, by=ADVISER, now=house.clock()).id
        db.session.flush()
        token = saved_cards.make_card_link(second, by=ADVISER, now=house.clock())
    with house.writing():
        saved_cards.agree(token, by=ADVISER, now=house.clock())
    with house.reading():
        saved_cards.open_page(second, back_url=lambda card: BACK_URL, by=ADVISER, now=house.clock())
        found = find_saved(deposit_id)
        assert found is not None and (found.id, found.most_cents) == (first, 7_000), "until another is left"
    leave_card(house, second)
    with house.reading():
        saved_cards.find_out(second, now=house.clock())
        found = find_saved(deposit_id)
        assert found is not None and (found.id, found.most_cents) == (second, 30_000)
    assert cards_in(house) == ["forgotten", "saved"] and stands(house, deposit_id)[:2] == ("held", 30_000)


@pytest.mark.parametrize("was_taken", [False, True])
def test_a_debt_paid_while_the_bank_was_silent_is_charged_no_more(house: House, monkeypatch: pytest.MonkeyPatch, was_taken: bool) -> None:
    """The answer was lost; the person pays at the desk; the hour's job asks what became of the charge and sends none."""
    deposit_id = on_file(house)
    step_id = call(house, deposit_id)
    charge = LocalGateway.charge_saved

    def silent(gateway: LocalGateway, order: object) -> object:
        if was_taken:
            charge(gateway, order)  # type: ignore[arg-type]
        raise GatewayUnreachable

    with monkeypatch.context() as broken:
        broken.setattr(LocalGateway, "charge_saved", silent)
        with pytest.raises(GatewayUnreachable):
            send(house, step_id)
    with house.writing():
        account_id = get_called(step_id).payment.account_id
        take_payment(account_id, means="transfer", cents=7_000, by=ADVISER, now=house.clock())
    with house.reading():
        assert saved_card_jobs.follow_up(now=house.clock()) == 1
        assert balance_cents(account_id) == (-7_000 if was_taken else 0)
    assert taken_cents(house) == ([7_000] if was_taken else [])
    assert stands(house, deposit_id)[3] == (["kept"] if was_taken else ["dropped"])


def test_a_card_charged_while_another_form_was_asked_is_the_deposit(house: House) -> None:
    """Its page was paid, its webhook on its way, when a card on file was asked instead: the money is there, and is entered as money."""
    give_keys(house)
    account_id = make_rental(house)
    deposit_id = make_deposit(house, account_id, kind="card")
    paid = card_paid(house, account_id, cents=30_000, deposit_id=deposit_id)
    with house.writing():
        saved_cards.ask_card(deposit_id, by=ADVISER, now=house.clock())
    for delivery in paid.deliveries:
        deliver(house, delivery)
    with house.reading():
        assert db.session.get_one(Deposit, deposit_id).kind == "card"
        assert (sums(), balance_cents(account_id)) == ({"5115": 30_000, "165": -30_000}, 7_000)
    assert stands(house, deposit_id)[:2] == ("held", 30_000)


def test_a_card_charged_once_the_deposit_came_otherwise_is_an_advance_to_give_back(house: House) -> None:
    give_keys(house)
    account_id = make_rental(house)
    deposit_id = make_deposit(house, account_id, kind="card")
    paid = card_paid(house, account_id, cents=30_000, deposit_id=deposit_id)
    with house.writing():
        deposits.receive_deposit(deposit_id, cents=30_000, kind="cash", by=ADVISER, now=house.clock())
    for delivery in paid.deliveries:
        deliver(house, delivery)
    with house.reading():
        assert (sums(), balance_cents(account_id)) == ({"530": 30_000, "165": -30_000, "5115": 30_000}, 7_000 - 30_000)
        assert refundable_cents(db.session.get_one(Payment, paid.payment_id)) == 30_000
    assert stands(house, deposit_id)[:2] == ("held", 30_000)


def test_a_charge_dropped_without_an_answer_is_awaited_no_more(house: House) -> None:
    """The gateway was away for a day and the deposit went back: what it never took is not shown as on its way for ever."""
    deposit_id = on_file(house)
    call(house, deposit_id)
    return_vehicle(house, deposit_id, days=9)
    with house.writing():
        deposits.release_deposit(deposit_id, by=ADVISER, now=house.clock())
    assert stands(house, deposit_id)[3] == ["dropped"]
    with house.reading():
        reconciliation.reconcile(now=house.clock())
    with house.reading():
        assert (db.session.query(Payment).one().status, sum_waiting()) == ("expired", 0)
    assert taken_cents(house) == []


@pytest.mark.parametrize("was_taken", [False, True])
def test_a_debt_paid_while_a_part_of_a_hold_was_unanswered_is_taken_no_more(
    house: House, monkeypatch: pytest.MonkeyPatch, was_taken: bool
) -> None:
    deposit_id, hold_id = held(house)
    ask_part(house, deposit_id)
    take = LocalGateway.capture_hold

    def silent(gateway: LocalGateway, order: object) -> object:
        if was_taken:
            take(gateway, order)  # type: ignore[arg-type]
        raise GatewayUnreachable

    with monkeypatch.context() as broken:
        broken.setattr(LocalGateway, "capture_hold", silent)
        with pytest.raises(GatewayUnreachable):
            capture(house, hold_id)
    with house.writing():
        account_id = db.session.query(Payment).one().account_id
        take_payment(account_id, means="transfer", cents=7_000, by=ADVISER, now=house.clock())
    with house.reading():
        assert card_hold_jobs.follow_holds(now=house.clock()) == 1
        assert balance_cents(account_id) == (-7_000 if was_taken else 0)
    assert at_the_bank(house) == [("captured", 7_000) if was_taken else ("held", 0)]
    assert stands(house, deposit_id)[:2] == (("kept", 0) if was_taken else ("held", 30_000))
