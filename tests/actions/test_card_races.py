"""One charge of a card on file is one, whoever sends it at once; and with a guard off it is two."""

from dataclasses import replace
from threading import Barrier

import pytest

from billing.actions import card_calls
from billing.local_gateway import LocalGateway
from billing.saved_cards import SavedCharge, SavedChargeOrder
from tests.house import House
from tests.on_file import call, on_file, send, stands, taken_cents
from tests.racing import race

HELD = ("received", 30_000)


def side_by_side(house: House, step_id: int, monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """Somebody at the desk and the hour's job send one charge, both past every look before either is answered."""
    both, charge = Barrier(2), LocalGateway.charge_saved

    def together(gateway: LocalGateway, order: SavedChargeOrder) -> SavedCharge:
        both.wait(timeout=30)
        return charge(gateway, order)

    monkeypatch.setattr(LocalGateway, "charge_saved", together)
    return [one.answer for one in race(2, 1, lambda client, number: send(house, step_id))]


def test_one_charge_is_one_whoever_sends_it_at_once(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    deposit_id = on_file(house)
    assert side_by_side(house, call(house, deposit_id), monkeypatch) == ["kept", "kept"]
    assert taken_cents(house) == [7_000]
    assert stands(house, deposit_id) == ("held", 23_000, [HELD, ("kept", 7_000)], ["kept"])


def test_twin_without_a_key_of_its_own_the_card_is_charged_twice(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    order_of, keys = card_calls._order, iter("ab")
    monkeypatch.setattr(card_calls, "_order", lambda called: replace(order_of(called), key=next(keys)))
    side_by_side(house, call(house, on_file(house)), monkeypatch)
    assert taken_cents(house) == [7_000, 7_000]


def test_twin_when_a_charge_under_way_stops_no_other_a_debt_is_charged_twice(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(card_calls, "find_open_call", lambda deposit_id: None)
    monkeypatch.setattr(card_calls, "is_charging", lambda account_id: False)
    monkeypatch.setattr(card_calls, "_may_send", lambda called, now: True)  # nor does anybody look at what is still owed
    deposit_id = on_file(house)
    for step_id in [call(house, deposit_id, key=key) for key in "ab"]:
        send(house, step_id)
    assert taken_cents(house) == [7_000, 7_000], "with the looks it is one: test_the_same_key_is_the_same_charge_and_another_waits"
