"""A deposit set aside on a card: off the balance, taken once and never above, lifted, or lapsed by itself, whatever its events' order."""

from datetime import date, timedelta

import pytest

from billing.actions import accounts, card_captures, card_hold_jobs, card_holds, deposits, differences, saved_cards
from billing.card_gateway import GatewayUnreachable
from billing.local_gateway import DECLINED, LocalGateway, holds
from billing.models import CardHold, Deposit, DepositStep, GatewayDifference, GatewayEventRecord, Payment, Receipt
from billing.queries import balance_cents
from billing.queries.deposits import list_to_release
from mobility.db import db
from mobility.errors import Conflict, RuleBroken
from mobility.models import Message
from tests.actions.test_deposits_taken import sums
from tests.held_cards import (
    ask_part,
    asked_hold,
    at_the_bank,
    capture,
    find_out,
    foresee,
    held,
    open_hold,
    place,
    reachable,
    session_of,
    short_rental,
    stands,
)
from tests.house import House
from tests.money import ADVISER, card_paid, give_keys, local, make_deposit, return_vehicle
from tests.on_file import deliver_all

HELD = ("received", 30_000)


def test_a_sum_set_aside_holds_the_whole_deposit_off_the_balance(house: House) -> None:
    deposit_id, _ = held(house)
    assert stands(house, deposit_id) == ("held", 30_000, [HELD], ["held"])
    with house.reading():
        assert {code: cents for code, cents in sums().items() if code.startswith("8") or code == "165"} == {"8023": 30_000, "8092": -30_000}
        hold = db.session.query(CardHold).one()
        assert (hold.brand, hold.last4, hold.cents) == ("visa", "4242", 30_000)
        assert hold.capture_before == house.clock() + timedelta(days=6, hours=18)
        assert db.session.query(Payment).count() == 0
    assert at_the_bank(house) == [("held", 0)]


def test_a_part_taken_is_kept_with_its_receipt_once_and_the_rest_is_lifted(house: House) -> None:
    deposit_id, hold_id = held(house)
    assert ask_part(house, deposit_id) == hold_id
    assert stands(house, deposit_id) == ("held", 30_000, [HELD, ("called", 7_000)], ["capturing"])
    assert [capture(house, hold_id), capture(house, hold_id)] == ["captured", "captured"]
    deliver_all(house)
    assert stands(house, deposit_id) == ("kept", 0, [HELD, ("kept", 7_000), ("released", 23_000)], ["captured"])
    assert at_the_bank(house) == [("captured", 7_000)]
    with house.reading():
        payment = db.session.query(Payment).one()
        assert (payment.status, payment.cents, balance_cents(payment.account_id)) == ("settled", 7_000, 0)
        assert [receipt.cents for receipt in db.session.query(Receipt)] == [7_000]
        assert sums().get("8023", 0) == 0 and sums()["5115"] == 7_000
        assert differences.compare(now=house.clock()) == 0, "the gateway's list knows it as any payment"
        assert {row.outcome for row in db.session.query(GatewayEventRecord)} <= {"applied", "noted"}
    with house.writing(), pytest.raises(RuleBroken, match="La caution détenue est de 0 €"):
        card_captures.ask_capture(deposit_id, cents=100, why="unpaid", reason="Encore", key="z", by=ADVISER, now=house.clock())


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"cents": 7_001}, "Ce compte doit 70 €"),
        ({"cents": 30_001}, "La caution détenue est de 300 €"),
        ({"cents": 49}, "va de 0,50 €"),
        ({"why": "damage"}, "facture ou le devis"),
    ],
)
def test_the_limits_of_every_part_kept_hold(house: House, asked: dict[str, object], said: str) -> None:
    deposit_id, _ = held(house)
    with pytest.raises(RuleBroken, match=said):
        ask_part(house, deposit_id, **asked)  # type: ignore[arg-type]
    assert stands(house, deposit_id) == ("held", 30_000, [HELD], ["held"])


def test_the_same_key_is_the_same_part_and_another_waits(house: House) -> None:
    deposit_id, hold_id = held(house)
    assert ask_part(house, deposit_id, key="a", cents=3_000) == ask_part(house, deposit_id, key="a", cents=3_000) == hold_id
    with pytest.raises(RuleBroken, match="Cette clé a déjà servi"):
        ask_part(house, deposit_id, key="a", cents=3_100)
    with pytest.raises(Conflict, match="pas encore répondu"):
        ask_part(house, deposit_id, key="b", cents=3_000)


def test_a_hold_is_refused_where_it_would_not_last_and_says_what_to_do(house: House) -> None:
    give_keys(house)
    account_id = short_rental(house, days=7)
    with house.writing(), pytest.raises(RuleBroken, match="en compte 7"):
        deposits.open_deposit(account_id, kind="card_hold", due_cents=30_000, by=ADVISER, now=house.clock())
    foresee(house, account_id, days=6)
    deposit_id = make_deposit(house, account_id, kind="card_hold")
    with house.writing():
        card_holds.ask_hold(deposit_id, by=ADVISER, now=house.clock())
        db.session.flush()
        token = card_holds.make_hold_link(deposit_id, by=ADVISER, now=house.clock())
    foresee(house, account_id, days=8)
    with house.writing(), pytest.raises(RuleBroken, match="en compte 8"):
        card_holds.agree(token, by=ADVISER, now=house.clock())
    with house.writing(), pytest.raises(RuleBroken, match="en compte 8"):
        card_holds.ask_hold(deposit_id, by=ADVISER, now=house.clock())


def test_one_that_lapses_while_the_vehicle_is_out_is_told_and_asked_again(house: House) -> None:
    reachable(house)
    deposit_id, hold_id = held(house)
    house.clock.forward(days=5)
    with house.reading():
        (waiting,) = list_to_release(house.clock())
        assert (waiting.deposit.id, waiting.held_until) == (deposit_id, db.session.get_one(CardHold, hold_id).capture_before)
    house.clock.forward(days=2)
    with house.reading():
        assert card_hold_jobs.follow_holds(now=house.clock()) == 1
        assert card_hold_jobs.follow_holds(now=house.clock()) == card_hold_jobs.watch_holds(now=house.clock()) == 0
        assert [waiting.deposit.held_cents for waiting in list_to_release(house.clock())] == [0]
        assert sums().get("8023", 0) == 0
        (message,) = [row for row in db.session.query(Message) if "n’est plus en place" in row.body]
        assert "rien n’a été débité" in message.body and "La caution reste demandée" in message.body
    assert stands(house, deposit_id) == ("due", 0, [HELD, ("lapsed", 30_000)], ["lapsed"])
    with house.writing():
        deposits.receive_deposit(deposit_id, cents=30_000, kind="uncashed_cheque", by=ADVISER, now=house.clock())
    assert stands(house, deposit_id)[:2] == ("held", 30_000)
    with house.reading():
        assert list_to_release(house.clock()) == []


def test_one_that_lapses_after_the_return_was_given_back(house: House) -> None:
    deposit_id, _ = held(house)
    return_vehicle(house, deposit_id, days=0)
    house.clock.forward(days=7)
    with house.reading():
        card_hold_jobs.follow_holds(now=house.clock())
    assert stands(house, deposit_id) == ("released", 0, [HELD, ("released", 30_000)], ["lapsed"])


def test_a_release_lifts_it_on_the_day_of_the_return(house: House) -> None:
    deposit_id, _ = held(house)
    with house.writing(), pytest.raises(RuleBroken, match="après le retour"):
        deposits.release_deposit(deposit_id, by=ADVISER, now=house.clock())
    today: date = house.clock().date()
    with house.reading():
        account_id = db.session.get_one(Deposit, deposit_id).account_id
    with house.writing():
        accounts.close_account(account_id, returned_at=house.clock(), by=ADVISER, now=house.clock())
        assert deposits.set_release_date(deposit_id, returned_on=today, by=ADVISER, now=house.clock()).release_on == today
    with house.writing():
        deposits.release_deposit(deposit_id, by=ADVISER, now=house.clock())
    assert at_the_bank(house) == [("held", 0)], "our books first"
    with house.reading():
        assert card_holds.send_away(deposit_id, now=house.clock()) == 1
    deliver_all(house)
    assert stands(house, deposit_id) == ("released", 0, [HELD, ("released", 30_000)], ["released"])
    assert at_the_bank(house) == [("cancelled", 0)]


def test_lifted_for_another_form_the_deposit_is_asked_again(house: House) -> None:
    deposit_id, _ = held(house)
    with house.writing():
        card_holds.lift(deposit_id, by=ADVISER, now=house.clock())
    with house.writing(), pytest.raises(Conflict, match="Aucune empreinte"):
        card_holds.lift(deposit_id, by=ADVISER, now=house.clock())
    with house.reading():
        assert card_holds.send_away(now=house.clock()) == 1
    assert stands(house, deposit_id) == ("due", 0, [HELD, ("lapsed", 30_000)], ["released"])
    with house.writing():
        saved_cards.ask_card(deposit_id, by=ADVISER, now=house.clock())
    with house.reading():
        assert db.session.get_one(Deposit, deposit_id).kind == "card_on_file"


def test_a_hold_placed_for_a_deposit_that_came_otherwise_is_lifted_at_once(house: House) -> None:
    give_keys(house)
    deposit_id, hold_id = asked_hold(house, short_rental(house))
    with house.writing():
        deposits.receive_deposit(deposit_id, cents=30_000, kind="cash", by=ADVISER, now=house.clock())
    place(house, hold_id)
    assert find_out(house, hold_id)
    assert stands(house, deposit_id) == ("held", 30_000, [HELD], ["released"])
    assert at_the_bank(house) == [("cancelled", 0)]


def test_a_refused_card_sets_nothing_aside_and_an_old_page_opens_anew(house: House) -> None:
    give_keys(house)
    account_id = short_rental(house, days=3)
    deposit_id, hold_id = asked_hold(house, account_id)
    answer = (
        local(house)
        .pages.test_client()
        .post("/empreinte/" + session_of(house, hold_id), data={"number": DECLINED, "expiry": "12/34", "code": "123"})
    )
    assert answer.status_code == 422 and at_the_bank(house) == [("open", 0)]
    house.clock.forward(hours=24)
    assert open_hold(house, deposit_id) != hold_id
    assert stands(house, deposit_id)[3] == ["closed", "pending"]
    house.clock.forward(hours=31)
    with house.reading():
        card_hold_jobs.follow_holds(now=house.clock())
    assert stands(house, deposit_id)[3] == ["closed", "closed"]


def test_a_webhook_before_our_own_answer_settles_it_and_the_answer_changes_nothing(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    deposit_id, hold_id = held(house)
    ask_part(house, deposit_id)
    take = LocalGateway.capture_hold

    def told_first(gateway: LocalGateway, order: object) -> object:
        answer = take(gateway, order)  # type: ignore[arg-type]
        deliver_all(house)
        return answer

    monkeypatch.setattr(LocalGateway, "capture_hold", told_first)
    assert capture(house, hold_id) == "captured"
    assert stands(house, deposit_id) == ("kept", 0, [HELD, ("kept", 7_000), ("released", 23_000)], ["captured"])


def test_a_part_without_an_answer_goes_out_again_and_is_one_and_blocks_the_release(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    deposit_id, hold_id = held(house)
    ask_part(house, deposit_id)
    take = LocalGateway.capture_hold

    def taken_unheard(gateway: LocalGateway, order: object) -> object:
        take(gateway, order)  # type: ignore[arg-type]
        raise GatewayUnreachable

    with monkeypatch.context() as broken:
        broken.setattr(LocalGateway, "capture_hold", taken_unheard)
        with pytest.raises(GatewayUnreachable):
            capture(house, hold_id)
    assert stands(house, deposit_id)[3] == ["capturing"] and at_the_bank(house) == [("captured", 7_000)]
    return_vehicle(house, deposit_id, days=0)
    with house.writing(), pytest.raises(Conflict, match="n’a pas encore répondu"):
        deposits.release_deposit(deposit_id, by=ADVISER, now=house.clock())
    house.clock.forward(days=3)
    with house.reading():
        assert card_hold_jobs.follow_holds(now=house.clock()) == 1
    assert stands(house, deposit_id) == ("kept", 0, [HELD, ("kept", 7_000), ("released", 23_000)], ["captured"])
    assert at_the_bank(house) == [("captured", 7_000)]


def test_one_that_lapsed_before_it_was_taken_keeps_nothing_and_the_debt_stands(house: House) -> None:
    deposit_id, hold_id = held(house)
    ask_part(house, deposit_id)
    house.clock.forward(days=7)
    assert capture(house, hold_id) == "lapsed"
    deliver_all(house)
    assert stands(house, deposit_id) == ("due", 0, [HELD, ("uncalled", 7_000), ("lapsed", 30_000)], ["lapsed"])
    with house.reading():
        payment = db.session.query(Payment).one()
        assert payment.status == "cancelled" and balance_cents(payment.account_id) >= 7_000
        assert sums().get("8023", 0) == 0


def test_a_page_paid_meanwhile_takes_nothing_and_the_hold_stays(house: House) -> None:
    deposit_id, hold_id = held(house)
    with house.reading():
        account_id = db.session.get_one(Deposit, deposit_id).account_id
    card_paid(house, account_id, cents=7_000)  # its webhook is on its way
    ask_part(house, deposit_id, cents=3_000)
    with pytest.raises(Conflict, match="vient d’être fait"):
        capture(house, hold_id)
    assert stands(house, deposit_id) == ("held", 30_000, [HELD, ("uncalled", 3_000)], ["held"])
    ask_part(house, deposit_id, key="again", cents=2_000)
    assert at_the_bank(house) == [("held", 0)]


def test_one_taken_at_the_gateway_without_us_is_shown_to_the_treasurer(house: House) -> None:
    reachable(house)
    deposit_id, hold_id = held(house)
    with house.reading():
        reference = db.session.get_one(CardHold, hold_id).charge_reference or ""
    with local(house)._store.transaction() as store:
        found = store.execute("SELECT account FROM hold").fetchone()["account"]
        hold = holds.find_by_intent(store, found, reference, house.clock())
        assert hold is not None
        holds.capture(store, hold, 5_000, house.clock())
    deliver_all(house)
    with house.reading():
        assert card_hold_jobs.watch_holds(now=house.clock()) == 1
        assert [row.outcome for row in db.session.query(GatewayEventRecord) if row.outcome == "disputed"] == ["disputed"]
        house.clock.forward(hours=3)
        assert differences.compare(now=house.clock()) == 1
        assert [row.kind for row in db.session.query(GatewayDifference)] == ["unknown"]
        assert "chez le prestataire" in (db.session.query(DepositStep).order_by(DepositStep.id.desc()).first().reason or "")  # type: ignore[union-attr]
    assert stands(house, deposit_id)[3] == ["taken"]
    with house.reading():
        assert not [row for row in db.session.query(Message) if "rien n’a été débité" in row.body], "nobody is told what is not so"
