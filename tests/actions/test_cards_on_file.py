"""A deposit held by a card on file: off the balance, charged once its person away, never counted as kept before the money is there."""

from datetime import date, timedelta

import pytest

from billing.actions import card_calls, cards, deposits, differences, reconciliation, saved_card_jobs, saved_cards
from billing.card_gateway import GatewayUnreachable
from billing.local_gateway import AUTHENTICATED, DECLINED_LATER, LocalGateway
from billing.models import Deposit, DepositStep, GatewayDifference, Payment, Receipt, SavedCard
from billing.queries import balance_cents
from billing.queries.saved_cards import get_called
from mobility.db import db
from mobility.errors import Conflict, RuleBroken
from tests.actions.test_deposits_taken import sums
from tests.house import House
from tests.money import ADVISER, card_paid, deliver, give_keys, local, make_deposit, make_rental, open_page, pay, return_vehicle
from tests.on_file import asked_card, call, deliver_all, leave_card, on_file, send, stands, taken_cents

HELD = ("received", 30_000)


def test_a_card_left_holds_the_whole_deposit_off_the_balance(house: House) -> None:
    deposit_id = on_file(house)
    assert stands(house, deposit_id) == ("held", 30_000, [HELD], [])
    with house.reading():
        assert {code: cents for code, cents in sums().items() if code.startswith("8") or code == "165"} == {"8022": 30_000, "8092": -30_000}
        card = db.session.query(SavedCard).one()
        assert (card.status, card.brand, card.last4, card.most_cents) == ("saved", "visa", "4242", 30_000)
        assert card.agreed_at is not None and db.session.query(Payment).count() == 0
    assert taken_cents(house) == []


def test_its_word_comes_by_webhook_twice_and_in_the_hour_to_one_effect(house: House) -> None:
    deposit_id = on_file(house)
    deliver_all(house)
    deliver_all(house)
    with house.reading():
        assert saved_card_jobs.follow_up(now=house.clock()) == 0
    assert stands(house, deposit_id) == ("held", 30_000, [HELD], [])


def test_what_is_charged_is_kept_with_its_receipt_once(house: House) -> None:
    deposit_id = on_file(house)
    step_id = call(house, deposit_id)
    assert stands(house, deposit_id) == ("held", 30_000, [HELD, ("called", 7_000)], ["asked"])
    assert [send(house, step_id), send(house, step_id)] == ["kept", "kept"]
    deliver_all(house)
    assert stands(house, deposit_id) == ("held", 23_000, [HELD, ("kept", 7_000)], ["kept"])
    assert taken_cents(house) == [7_000]
    with house.reading():
        step = db.session.get_one(DepositStep, step_id)
        payment = get_called(step_id).payment
        assert step.entry_number and payment.entry_number and step.entry_number != payment.entry_number
        assert (payment.status, balance_cents(payment.account_id)) == ("settled", 0)
        assert [receipt.cents for receipt in db.session.query(Receipt)] == [7_000]
        assert sums()["8022"] == 23_000 and sums()["5115"] == 7_000


def test_the_same_key_is_the_same_charge_and_another_waits(house: House) -> None:
    deposit_id = on_file(house)
    step_id = call(house, deposit_id, key="a", cents=3_000)
    assert call(house, deposit_id, key="a", cents=3_000) == step_id
    with pytest.raises(RuleBroken, match="Cette clé a déjà servi"):
        call(house, deposit_id, key="a", cents=3_100)
    with pytest.raises(Conflict, match="déjà en cours"):
        call(house, deposit_id, key="b", cents=3_000)


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"cents": 7_001}, "Ce compte doit 70 €"),
        ({"cents": 0}, "supérieur à zéro"),
        ({"cents": 49}, "va de 0,50 €"),
        ({"why": "damage"}, "facture ou le devis"),
    ],
)
def test_the_limits_of_every_part_kept_hold(house: House, asked: dict[str, object], said: str) -> None:
    deposit_id = on_file(house)
    with pytest.raises(RuleBroken, match=said):
        call(house, deposit_id, **asked)  # type: ignore[arg-type]
    assert stands(house, deposit_id) == ("held", 30_000, [HELD], [])


def test_a_bank_that_wants_its_holder_keeps_nothing_until_they_pay(house: House) -> None:
    deposit_id = on_file(house, AUTHENTICATED)
    step_id = call(house, deposit_id)
    assert send(house, step_id) == "authenticate"
    deliver_all(house)
    assert stands(house, deposit_id) == ("held", 30_000, [HELD, ("called", 7_000)], ["authenticate"])
    with house.writing():
        payment_id = card_calls.reopen(step_id, by=ADVISER, now=house.clock()).id
    with house.reading():
        cards.open_checkout(payment_id, back_url=lambda payment: "http://localhost/", by=ADVISER, now=house.clock())
    for delivery in pay(house, payment_id).deliveries:
        deliver(house, delivery)
    assert stands(house, deposit_id) == ("held", 23_000, [HELD, ("kept", 7_000)], ["kept"])
    assert taken_cents(house) == [7_000]


def test_a_page_replaced_leads_to_another_of_the_same_charge(house: House) -> None:
    deposit_id = on_file(house, AUTHENTICATED)
    step_id = call(house, deposit_id)
    send(house, step_id)
    with house.reading():
        account_id, first = get_called(step_id).payment.account_id, get_called(step_id).payment.id
    open_page(house, account_id)
    with house.writing():
        again = card_calls.reopen(step_id, by=ADVISER, now=house.clock()).id
        db.session.flush()
        assert again != first and get_called(step_id).payment.id == again
    with house.writing():
        card_calls.drop(step_id, by=ADVISER, now=house.clock())
    assert stands(house, deposit_id) == ("held", 30_000, [HELD, ("uncalled", 7_000)], ["dropped"])
    with house.writing(), pytest.raises(Conflict, match="n’attend pas la personne"):
        card_calls.drop(step_id, by=ADVISER, now=house.clock())


@pytest.mark.parametrize(("number", "status"), [(DECLINED_LATER, "refused"), (AUTHENTICATED, "authenticate")])
def test_what_the_bank_did_not_give_holds_up_neither_the_return_nor_the_release(house: House, number: str, status: str) -> None:
    deposit_id = on_file(house, number)
    assert send(house, call(house, deposit_id)) == status
    deliver_all(house)
    return_vehicle(house, deposit_id)
    with house.writing():
        deposits.release_deposit(deposit_id, by=ADVISER, now=house.clock())
    with house.reading():
        assert saved_cards.send_away(deposit_id, now=house.clock()) == 1
        card = db.session.query(SavedCard).one()
        assert (card.status, card.holder_reference, card.card_reference, card.last4) == ("forgotten", None, None, number[-4:])
        assert db.session.query(Payment).one().status == "failed", "the debt may still be paid by its link"
        assert sums().get("8022", 0) == 0
    assert stands(house, deposit_id)[0] == "released" and taken_cents(house) == []
    with local(house)._store.transaction() as store:
        assert store.execute("SELECT number FROM setup").fetchone()["number"] is None


def test_a_charge_without_an_answer_goes_out_again_and_is_one(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    deposit_id = on_file(house)
    step_id = call(house, deposit_id)
    charge = LocalGateway.charge_saved

    def taken_unheard(gateway: LocalGateway, order: object) -> object:
        charge(gateway, order)  # type: ignore[arg-type]
        raise GatewayUnreachable

    with monkeypatch.context() as broken:
        broken.setattr(LocalGateway, "charge_saved", taken_unheard)
        with pytest.raises(GatewayUnreachable):
            send(house, step_id)
    assert stands(house, deposit_id)[3] == ["asked"] and taken_cents(house) == [7_000]
    return_vehicle(house, deposit_id, days=0)
    with house.writing(), pytest.raises(Conflict, match="n’a pas encore répondu"):
        deposits.release_deposit(deposit_id, by=ADVISER, now=house.clock())
    with house.reading():
        assert saved_card_jobs.follow_up(now=house.clock()) == 1
        assert saved_card_jobs.follow_up(now=house.clock()) == 0
    assert stands(house, deposit_id)[3] == ["kept"] and taken_cents(house) == [7_000]


def test_a_crash_between_the_gateway_and_us_is_found_by_night_and_never_charged_again(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    deposit_id = on_file(house)
    step_id = call(house, deposit_id)
    with monkeypatch.context() as crash:
        crash.setattr(card_calls, "_write", _die)
        with pytest.raises(KeyboardInterrupt):
            send(house, step_id)
    house.clock.forward(hours=25)
    with house.reading():
        assert differences.compare(now=house.clock()) == 1
        assert [row.kind for row in db.session.query(GatewayDifference)] == ["paid_there"]
    local(house)._store._db.execute("DELETE FROM answer")  # a gateway forgets its keys after a day
    with house.reading():
        saved_card_jobs.follow_up(now=house.clock())
        assert differences.compare(now=house.clock()) == 0
    assert stands(house, deposit_id) == ("held", 23_000, [HELD, ("kept", 7_000)], ["kept"])
    assert taken_cents(house) == [7_000]


def test_a_charge_never_made_is_given_up_after_a_day(house: House) -> None:
    deposit_id = on_file(house)
    step_id = call(house, deposit_id)
    house.clock.forward(hours=25)
    assert send(house, step_id) == "refused"
    assert stands(house, deposit_id) == ("held", 30_000, [HELD, ("uncalled", 7_000)], ["refused"])
    assert taken_cents(house) == []


def test_a_page_paid_meanwhile_charges_nothing_more(house: House) -> None:
    deposit_id = on_file(house)
    with house.reading():
        account_id = db.session.get_one(Deposit, deposit_id).account_id
    paid = card_paid(house, account_id, cents=7_000)  # its webhook is on its way
    step_id = call(house, deposit_id)
    with pytest.raises(Conflict, match="vient d’être fait"):
        send(house, step_id)
    assert taken_cents(house) == [7_000] and stands(house, deposit_id)[3] == ["refused"]
    for delivery in paid.deliveries:
        deliver(house, delivery)
    with house.reading():
        assert balance_cents(account_id) == 0


def test_a_card_left_for_a_deposit_that_came_otherwise_is_forgotten_at_once(house: House) -> None:
    give_keys(house)
    deposit_id, card_id = asked_card(house, make_rental(house))
    with house.writing():
        deposits.receive_deposit(deposit_id, cents=30_000, kind="cash", by=ADVISER, now=house.clock())
    leave_card(house, card_id)
    with house.reading():
        assert saved_card_jobs.follow_up(now=house.clock()) == 1
        assert db.session.query(SavedCard).one().status == "forgotten"
    assert stands(house, deposit_id)[2] == [HELD]


def test_a_card_is_forgotten_by_itself_after_its_days(house: House) -> None:
    deposit_id = on_file(house)
    return_vehicle(house, deposit_id)
    for days, status in ((0, "saved"), (6, "saved"), (1, "forgotten")):
        house.clock.forward(days=days)
        with house.reading():
            saved_card_jobs.forget_overdue(now=house.clock())
            saved_card_jobs.forget_overdue(now=house.clock())
            assert db.session.query(SavedCard).one().status == status
    assert stands(house, deposit_id) == ("released", 0, [HELD, ("released", 30_000)], [])


def test_a_gateway_that_does_not_answer_delays_forgetting_and_never_the_release(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    deposit_id = on_file(house)
    return_vehicle(house, deposit_id)

    def unreachable(gateway: LocalGateway, holder: str) -> None:
        raise GatewayUnreachable

    with house.writing():
        deposits.release_deposit(deposit_id, by=ADVISER, now=house.clock())
    with monkeypatch.context() as broken, house.reading():
        broken.setattr(LocalGateway, "forget_card", unreachable)
        assert saved_cards.send_away(deposit_id, now=house.clock()) == 0
    with house.reading():
        assert saved_card_jobs.follow_up(now=house.clock()) == 1
    assert stands(house, deposit_id)[0] == "released"


def test_a_card_is_asked_only_where_a_deposit_waits_for_it(house: House) -> None:
    cash = make_deposit(house, make_rental(house))
    with house.writing():
        deposits.receive_deposit(cash, cents=100, by=ADVISER, now=house.clock())
    give_keys(house)
    with house.writing(), pytest.raises(RuleBroken, match="déjà reçue d’une autre façon"):
        saved_cards.ask_card(cash, by=ADVISER, now=house.clock())
    deposit_id = on_file(house, reference="booking:2")
    with house.writing():
        db.session.get_one(Deposit, deposit_id).release_on = date(2026, 5, 4)
    with house.writing(), pytest.raises(RuleBroken, match="n’est plus demandée"):
        saved_cards.ask_card(deposit_id, by=ADVISER, now=house.clock())
    with house.writing(), pytest.raises(RuleBroken, match="téléphone de la personne"):
        deposits.receive_deposit(deposit_id, cents=100, by=ADVISER, now=house.clock())


def test_a_page_that_closed_opens_anew_and_an_old_one_is_let_go(house: House) -> None:
    give_keys(house)
    deposit_id, card_id = asked_card(house, make_rental(house))
    house.clock.forward(hours=24)
    with house.writing():
        card = saved_cards.ask_card(deposit_id, by=ADVISER, now=house.clock())
        assert card.id == card_id
        token, before = saved_cards.make_card_link(card_id, by=ADVISER, now=house.clock()), card.page_url
    with house.writing():
        saved_cards.agree(token, by=ADVISER, now=house.clock())
    with house.reading():
        assert saved_cards.open_page(card_id, back_url=lambda card: "http://localhost/", by=ADVISER, now=house.clock()) != before
    house.clock.forward(hours=31)
    with house.reading():
        saved_card_jobs.follow_up(now=house.clock())
        assert db.session.query(SavedCard).one().status == "closed"


def test_the_hours_questions_leave_a_charge_under_way_alone(house: House) -> None:
    deposit_id = on_file(house)
    call(house, deposit_id)
    house.clock.forward(hours=1)
    with house.reading():
        reconciliation.reconcile(now=house.clock(), patience=timedelta())
    assert stands(house, deposit_id)[3] == ["asked"]


def _die(*args: object, **more: object) -> str:
    raise KeyboardInterrupt
