"""What a hold's events make of its deposit in any order, late, doubled, and between our own calls; and with a guard off."""

from random import Random

import pytest

from billing.actions import card_captures, card_holds
from billing.actions.gateway_keys import gateway_here
from billing.card_gateway import EventKind, GatewayUnreachable
from billing.card_holds import HoldStatus
from billing.gateway_events import read_event
from billing.local_gateway import LocalGateway
from billing.local_gateway.deliveries import Delivery
from billing.models import CardHold, Deposit, Payment, Receipt
from billing.queries import verify_books
from mobility.db import db
from tests.actions.test_deposits_taken import sums
from tests.held_cards import ask_part, asked_hold, at_the_bank, capture, find_out, held, open_hold, place, short_rental, stands
from tests.house import House
from tests.money import ADVISER, card_paid, deliver, give_keys, local, make_deposit, return_vehicle

# By what becomes of a hold: the deposit's state and what it holds, where the hold stands here, and what the bank says.
ENDS = {
    "placed": ("held", 30_000, "held", ("held", 0)),
    "lifted": ("due", 0, "released", ("cancelled", 0)),
    "lapsed": ("due", 0, "lapsed", ("cancelled", 0)),
    "taken": ("kept", 0, "captured", ("captured", 7_000)),
}


def hear(house: House, delivery: Delivery) -> None:
    """One webhook, as the route takes it: remembered, then the gateway is asked about the hold that moved."""
    deliver(house, delivery)
    event = read_event(delivery.raw)
    if event.kind is not EventKind.HOLD_MOVED:
        return
    with house.reading():
        hold = db.session.query(CardHold).filter_by(reference=event.payment_reference).one()
    find_out(house, hold.id)


def live(house: House, end: str, hold_id: int, deposit_id: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """What becomes of it, our own answer lost when a part is taken: its webhooks alone can tell."""
    if end == "lifted":
        with house.writing():
            card_holds.lift(deposit_id, by=ADVISER, now=house.clock())
        with house.reading():
            card_holds.send_away(deposit_id, now=house.clock())
    if end == "lapsed":
        house.clock.forward(days=7)
        with house.reading():
            gateway_here().find_hold(db.session.get_one(CardHold, hold_id).session_reference or "")
    if end == "taken":
        take = LocalGateway.capture_hold

        def unheard(gateway: LocalGateway, order: object) -> object:
            take(gateway, order)  # type: ignore[arg-type]
            raise GatewayUnreachable

        ask_part(house, deposit_id, key=f"k-{deposit_id}")
        with monkeypatch.context() as lost, pytest.raises(GatewayUnreachable):
            lost.setattr(LocalGateway, "capture_hold", unheard)
            capture(house, hold_id)


@pytest.mark.parametrize("end", sorted(ENDS))
def test_events_late_doubled_and_shuffled_give_one_state(house: House, end: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Those of the placing come before, between and after those of the end, each twice, in orders drawn at random."""
    give_keys(house)
    status, held_cents, hold_status, bank = ENDS[end]
    draw = Random(end)
    for number in range(2):
        deposit_id, hold_id = asked_hold(house, short_rental(house, reference=f"booking:{number}"))
        heard = len(local(house).courier.list_deliveries())
        place(house, hold_id)
        hear(house, next(row for row in local(house).courier.list_deliveries()[heard:] if "capturable" in row.event_type))
        live(house, end, hold_id, deposit_id, monkeypatch)
        told = local(house).courier.list_deliveries()[heard:]
        assert len(told) >= 4
        for delivery in draw.sample(told * 2, len(told) * 2):
            hear(house, delivery)
        found = stands(house, deposit_id)
        assert (found[0], found[1], found[3]) == (status, held_cents, [hold_status]) and at_the_bank(house)[-1] == bank, found
    with house.reading():
        takings = 2 if end == "taken" else 0
        assert db.session.query(Payment).count() == db.session.query(Receipt).count() == takings and verify_books() is None


def late_answer(house: House) -> tuple[int, bool]:
    """A gateway's answer from before the hold lapsed, entered after: whether it moved anything."""
    deposit_id, hold_id = held(house)
    with house.reading():
        before = gateway_here().find_hold(db.session.get_one(CardHold, hold_id).session_reference or "")
    assert before is not None and before.status is HoldStatus.HELD
    house.clock.forward(days=7)
    find_out(house, hold_id)
    with house.writing():
        return deposit_id, card_holds._apply(hold_id, before, house.clock())


def test_an_answer_older_than_what_is_known_moves_nothing(house: House) -> None:
    deposit_id, moved = late_answer(house)
    assert not moved and stands(house, deposit_id) == ("due", 0, [("received", 30_000), ("lapsed", 30_000)], ["lapsed"])


def test_twin_where_the_last_answer_stands_a_hold_that_lapsed_secures_a_deposit(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    said = {HoldStatus.HELD: "held", HoldStatus.CANCELLED: "lapsed"}
    monkeypatch.setattr(card_holds, "after", lambda status, told, *, is_awaited: said[told])
    deposit_id, moved = late_answer(house)
    assert moved and stands(house, deposit_id)[:2] == ("held", 30_000) and at_the_bank(house) == [("cancelled", 0)]


def test_a_crash_between_the_gateway_and_us_is_one_taking(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    deposit_id, hold_id = held(house)
    return_vehicle(house, deposit_id, days=0)
    ask_part(house, deposit_id)

    def die(*args: object, **more: object) -> str:
        raise KeyboardInterrupt

    with monkeypatch.context() as crash:
        crash.setattr(card_captures, "_write", die)
        with pytest.raises(KeyboardInterrupt):
            capture(house, hold_id)
    local(house)._store._db.execute("DELETE FROM answer")  # a gateway forgets its keys after a day
    house.clock.forward(days=2)
    assert [capture(house, hold_id), capture(house, hold_id)] == ["captured", "captured"]
    assert at_the_bank(house) == [("captured", 7_000)] and stands(house, deposit_id)[:2] == ("kept", 0)


def test_a_card_charged_for_it_meanwhile_is_its_money_and_the_hold_is_lifted(house: House) -> None:
    give_keys(house)
    account_id = short_rental(house)
    deposit_id = make_deposit(house, account_id, kind="card")
    paid = card_paid(house, account_id, cents=30_000, deposit_id=deposit_id)  # its webhook is on its way
    hold_id = open_hold(house, deposit_id)
    for delivery in paid.deliveries:
        deliver(house, delivery)
    place(house, hold_id)
    assert find_out(house, hold_id)
    assert stands(house, deposit_id) == ("held", 30_000, [("received", 30_000)], ["released"]) and at_the_bank(house) == [("cancelled", 0)]
    with house.reading():
        assert db.session.get_one(Deposit, deposit_id).kind == "card" and sums()["165"] == -30_000
