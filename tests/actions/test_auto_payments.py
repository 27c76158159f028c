"""What is due each week, taken from a card on file: told, taken once, tried politely, stopped at once by a word of its person."""

from datetime import time, timedelta

import pytest

from billing.actions import auto_payments, differences, mandates, pauses, payments, plans, reminders
from billing.actions.card_marks import forget_saved
from billing.actions.debts import charge_debt
from billing.card_gateway import GatewayUnreachable
from billing.local_gateway import AUTHENTICATED, LOST_LATER, UNFUNDED_LATER, LocalGateway
from billing.models import AutoPayment, CardMandate, GatewayDifference, Payment, Receipt, SavedCard
from billing.queries.saved_cards import find_saved
from billing.saved_cards import SavedCharge, SavedChargeOrder
from mobility.db import db
from mobility.errors import Conflict, NotFound, RuleBroken
from mobility.models import AuditEntry, Beneficiary, Outbox
from mobility.periods import paris_day
from mobility.rights import Role
from tests.auto_paid import agree, agreed, hour, owes, reach, said, to_day, tries, weeks, withdraw
from tests.browsing import post
from tests.house import House
from tests.money import ADVISER, deliver, give_keys, make_rental, pay
from tests.on_file import call, deliver_all, on_file, send, taken_cents


def take(house: House) -> None:
    """Told on a Monday, taken on the Thursday."""
    hour(house)
    to_day(house, 3)
    hour(house)


def test_it_is_told_two_days_before_and_taken_once_with_its_receipt(house: House) -> None:
    account_id = agreed(house)
    assert hour(house) == 1 and hour(house) == 0
    assert weeks(house) == [("announced", 5_000, None)] and taken_cents(house) == []
    assert "jeudi 5 mars 2026, 50 € seront pris sur votre carte Visa •••• 4242" in said(house)[-1] and "/me/automatic" in said(house)[-1]
    to_day(house, 2)
    assert hour(house) == 0, "two whole days lie between the word and the bank"
    to_day(house, 1, time(9, 30))
    assert hour(house) == 0, "by day"
    to_day(house, 0)
    assert hour(house) == 2 and hour(house) == 0, "and what is left is told for the week after"
    assert weeks(house) == [("paid", 5_000, None), ("announced", 2_000, None)]
    assert (tries(house), taken_cents(house)) == ([("paid", None)], [5_000])
    deliver_all(house)
    deliver_all(house)
    assert owes(house, account_id) == 2_000
    with house.reading():
        assert [receipt.cents for receipt in db.session.query(Receipt)] == [5_000]
        assert {"mandate_given", "auto_payment_told", "auto_payment_asked", "auto_payment_paid"} <= {
            row.verb for row in db.session.query(AuditEntry)
        }
        assert differences.compare(now=house.clock()) == 0 and db.session.query(GatewayDifference).count() == 0


def test_a_week_is_told_once_and_the_next_one_follows(house: House) -> None:
    account_id = agreed(house)
    take(house)
    to_day(house, 4)
    assert (hour(house), hour(house), owes(house, account_id)) == (1, 0, 0)
    with house.reading():
        weeks_on = [row.week_on.isoformat() for row in db.session.query(AutoPayment).order_by(AutoPayment.id)]
    assert weeks_on == ["2026-03-02", "2026-03-09"] and taken_cents(house) == [5_000, 2_000]


@pytest.mark.parametrize("way", ["pause", "plan", "disputed", "paid", "transfer"])
def test_nothing_is_taken_that_is_held_back_or_paid_meanwhile(house: House, way: str) -> None:
    account_id = agreed(house)
    hour(house)
    today, by = paris_day(house.clock()), house.viewer
    with house.writing():
        if way == "pause":
            pauses.pause(account_id, reason="agreed", until_on=today + timedelta(days=9), by=by(Role.ADVISER), now=house.clock())
        elif way == "plan":
            plans.agree_plan(account_id, cents=7_000, months=2, first_on=today, agreed=True, by=by(Role.ADVISER), now=house.clock())
        elif way == "disputed":
            reminders.hold_reminders(account_id, reason="disputed", by=by(Role.ADVISER), now=house.clock())
        elif way == "paid":
            payments.take_payment(
                account_id, means="cheque", cents=7_000, reference="1", bank="B", drawn_by="N", by=ADVISER, now=house.clock()
            )
        else:
            payments.announce_transfer(account_id, cents=7_000, by=ADVISER, now=house.clock())
    to_day(house, 3)
    hour(house)
    assert weeks(house)[0] == ("dropped", 5_000, "nothing_due" if way in ("paid", "transfer") else "held")
    assert taken_cents(house) == [] and tries(house) == []


def test_never_more_than_is_due_and_never_a_repair(house: House) -> None:
    account_id = agreed(house, most_cents=50_000)
    with house.writing():
        charge_debt(account_id, kind="damage", cents=20_000, reason="Portière", by=house.viewer(Role.TREASURER), now=house.clock())
    take(house)
    assert taken_cents(house) == [7_000] and owes(house, account_id) == 20_000


def test_taken_back_nothing_queued_leaves_and_said_twice_it_is_said_once(house: House) -> None:
    agreed(house)
    hour(house)
    withdraw(house)
    withdraw(house)
    to_day(house, 3)
    hour(house)
    assert (weeks(house), taken_cents(house)) == ([("dropped", 5_000, "withdrawn")], [])
    with house.reading():
        (mandate,) = db.session.query(CardMandate)
        assert (mandate.ended_reason, "sans jamais dépasser 50 € par semaine" in (mandate.words or "")) == ("withdrawn", True)
        assert db.session.query(AuditEntry).filter_by(verb="mandate_ended").count() == 1


def test_taken_back_while_an_answer_is_lost_it_is_looked_for_and_never_sent_again(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    agreed(house)
    hour(house)
    to_day(house, 3)
    sent: list[str] = []

    def unheard(gateway: LocalGateway, order: SavedChargeOrder) -> SavedCharge:
        sent.append(order.key)
        raise GatewayUnreachable

    monkeypatch.setattr(LocalGateway, "charge_saved", unheard)
    hour(house)
    assert (weeks(house)[0][0], len(sent)) == ("asked", 1)
    withdraw(house)
    assert weeks(house)[0][0] == "asked", "the bank may have it: nobody says otherwise"
    house.clock.forward(hours=1)
    hour(house)
    assert (weeks(house)[0], tries(house), len(sent)) == (("dropped", 5_000, "withdrawn"), [("dropped", None)], 1)


def test_taken_back_between_the_writing_and_the_bank_nothing_is_asked(house: House) -> None:
    agreed(house)
    hour(house)
    to_day(house, 3)
    with house.writing():
        try_id = auto_payments.begin(db.session.query(AutoPayment).one().id, now=house.clock())
    withdraw(house)
    assert try_id is not None and taken_cents(house) == []
    to_day(house, 0, time(12))
    hour(house)
    assert (weeks(house)[0], taken_cents(house)) == (("dropped", 5_000, "withdrawn"), [])


def test_a_refusal_is_tried_on_day_three_and_seven_then_stops_until_it_is_seen(house: House) -> None:
    agreed(house, UNFUNDED_LATER)
    take(house)  # Thursday 5
    assert weeks(house)[0] == ("again", 5_000, "funds")
    assert "Il n’y avait pas assez" in said(house)[-1] and "lundi 9 mars" in said(house)[-1], "day three is a Sunday"
    to_day(house, 3)
    assert hour(house) == 0
    to_day(house, 1)
    hour(house)
    assert "jeudi 12 mars" in said(house)[-1]
    to_day(house, 3)
    hour(house)
    assert weeks(house) == [("stopped", 5_000, "funds")] and "Nous n’essayons plus" in said(house)[-1]
    assert len(tries(house)) == 3 and not any("frais de" in body or "mise en demeure" in body for body in said(house))
    to_day(house, 8)
    assert hour(house) == 0, "somebody meets the person first"
    with house.writing():
        weekly = db.session.query(AutoPayment).one()
        auto_payments.note_seen(weekly.id, by=house.viewer(Role.ADVISER), now=house.clock())
    with house.writing(), pytest.raises(Conflict):
        auto_payments.note_seen(1, by=house.viewer(Role.ADVISER), now=house.clock())
    assert hour(house) == 1 and weeks(house)[1][0] == "announced"


@pytest.mark.parametrize("days", [1, 3])
def test_an_announcement_that_never_arrived_stops_its_charge_until_somebody_met_the_person(house: House, days: int) -> None:
    agreed(house)
    hour(house)
    with house.writing():
        told = db.session.query(AutoPayment).one().told_outbox_id
        db.session.get_one(Outbox, told).gave_up_at = house.clock()
    to_day(house, days)
    words = len(said(house))
    assert (hour(house), weeks(house), taken_cents(house)) == (1, [("stopped", 5_000, "untold")], [])
    assert len(said(house)) == words, "a second message would go the way of the first"
    page = house.client(Role.ADVISER).get(house.page("money/automatic?state=to_see")).text
    assert "l’annonce n’est pas arrivée" in page and "Vérifier son numéro ou son adresse" in page
    to_day(house, 7)
    assert (hour(house), len(weeks(house))) == (0, 1), "nothing more is announced meanwhile"
    with house.writing():
        auto_payments.note_seen(db.session.query(AutoPayment).one().id, by=ADVISER, now=house.clock())
    assert (hour(house), weeks(house)[-1]) == (1, ("announced", 5_000, None))


def test_nor_is_the_bank_asked_where_the_message_is_given_up_at_the_last_moment(house: House) -> None:
    agreed(house)
    hour(house)
    to_day(house, 3)
    with house.writing():
        weekly = db.session.query(AutoPayment).one()
        db.session.get_one(Outbox, weekly.told_outbox_id).gave_up_at = house.clock()
        assert auto_payments.begin(weekly.id, now=house.clock()) is None
    assert (weeks(house), taken_cents(house)) == ([("stopped", 5_000, "untold")], [])


def test_a_card_lost_is_never_tried_again_and_ends_what_was_agreed(house: House) -> None:
    agreed(house, LOST_LATER)
    take(house)
    assert weeks(house) == [("stopped", 5_000, "lost")] and tries(house) == [("refused", "lost")]
    with house.reading():
        assert db.session.query(CardMandate).one().ended_reason == "card_refused"
    to_day(house, 7)
    assert hour(house) == 0


def test_a_bank_that_wants_its_holder_sends_them_a_link_by_which_it_is_paid(house: House) -> None:
    account_id = agreed(house, AUTHENTICATED)
    take(house)
    assert weeks(house)[0][0] == "confirm" and "/pay/" in said(house)[-1]
    token = said(house)[-1].partition("/pay/")[2].split()[0].rstrip(".")
    client = house.client(None)
    page = client.get(house.page(f"pay/{token}"))
    assert page.status_code == 200
    assert post(client, house.page(f"pay/{token}")).status_code == 303
    with house.reading():
        payment_id = db.session.query(Payment).one().id
    for delivery in pay(house, payment_id).deliveries:
        deliver(house, delivery)
    assert (weeks(house)[0][0], tries(house), owes(house, account_id)) == ("paid", [("paid", None)], 2_000)


def test_what_is_never_confirmed_stops_with_its_link(house: House) -> None:
    agreed(house, AUTHENTICATED)
    take(house)
    to_day(house, 6)
    assert hour(house) == 0
    to_day(house, 1)
    assert hour(house) == 1 and weeks(house) == [("stopped", 5_000, "unconfirmed")]


def test_a_card_let_go_of_ends_what_was_agreed_on_it(house: House) -> None:
    agreed(house)
    hour(house)
    with house.writing():
        deposit_id = db.session.query(SavedCard).one().deposit_id
        forget_saved(deposit_id, by=ADVISER, now=house.clock())
        assert find_saved(deposit_id) is None
    assert weeks(house) == [("dropped", 5_000, "card_gone")] and "terminé" in said(house)[-1]


def test_a_part_of_the_deposit_and_a_week_are_never_asked_at_once(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    agreed(house)
    hour(house)
    with house.reading():
        deposit_id = db.session.query(SavedCard).one().deposit_id
    to_day(house, 3)
    step_id = call(house, deposit_id)
    assert hour(house) == 0 and weeks(house)[0][0] == "announced"
    send(house, step_id)
    hour(house)
    assert taken_cents(house) == [7_000] and weeks(house)[0] == ("dropped", 5_000, "nothing_due")


def test_only_the_person_or_who_they_told_agrees_and_nothing_is_agreed_unseen(house: House) -> None:
    on_file(house)
    now = house.clock()
    with house.writing(), pytest.raises(RuleBroken, match="SMS ou par courriel"):
        db.session.get_one(Beneficiary, house.beneficiary_id).contact_by = "call"
        mandates.agree(house.beneficiary_id, most_cents=2_000, agreed=True, by=house.viewer(Role.ADVISER), now=now)
    for asked, said_no in (({"most_cents": 2_000, "agreed": False}, "cochez"), ({"most_cents": 499, "agreed": True}, "maximum")):
        with house.writing(), pytest.raises(RuleBroken, match=said_no):
            mandates.agree(house.beneficiary_id, **asked, by=house.viewer(Role.ADVISER), now=now)  # type: ignore[arg-type]
    with house.writing(), pytest.raises(NotFound):
        mandates.agree(house.beneficiary_id, most_cents=2_000, agreed=True, by=house.viewer(Role.PRESCRIBER), now=now)
    with house.writing():
        reach(house)
        mandates.agree(house.beneficiary_id, most_cents=2_000, agreed=True, by=house.viewer(Role.ADVISER), now=now)
    assert "Si ce n’est pas votre choix" in said(house)[-1]
    agree(house, most_cents=3_000)
    with house.reading():
        assert [row.ended_reason for row in db.session.query(CardMandate).order_by(CardMandate.id)] == ["replaced", None]


def test_who_has_left_no_card_is_told_how(house: House) -> None:
    give_keys(house)
    make_rental(house)
    with house.writing(), pytest.raises(RuleBroken, match="Aucune carte"):
        mandates.agree(house.beneficiary_id, most_cents=2_000, agreed=True, by=house.viewer(Role.BENEFICIARY), now=house.clock())
