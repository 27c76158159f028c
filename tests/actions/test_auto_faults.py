"""A week is charged once, whatever the gateway loses and whoever asks at once; and without its guards it is not."""

from dataclasses import replace
from datetime import time
from uuid import uuid4

import pytest

from billing.actions import auto_payments, auto_tries
from billing.card_gateway import GatewayUnreachable
from billing.local_gateway import LocalGateway
from billing.saved_cards import SavedCharge, SavedChargeOrder
from tests import auto_trials
from tests.auto_paid import agreed, hour, said, to_day, tries, weeks
from tests.house import House
from tests.money import local
from tests.on_file import taken_cents
from tests.racing import race


def test_through_lost_answers_refusals_and_late_words_each_week_is_charged_once(house: House) -> None:
    auto_trials.check(auto_trials.live(house, 6, days=6, quiet_days=4))


@pytest.mark.parametrize("keyed", [True, False])
def test_a_lost_answer_is_one_charge_and_twin_without_a_key_of_its_own_two(
    house: House, monkeypatch: pytest.MonkeyPatch, keyed: bool
) -> None:
    agreed(house)
    hour(house)
    to_day(house, 3)
    order_of, charge = auto_tries._order, LocalGateway.charge_saved

    def unheard(gateway: LocalGateway, order: SavedChargeOrder) -> SavedCharge:
        charge(gateway, order)
        raise GatewayUnreachable

    if not keyed:
        monkeypatch.setattr(auto_tries, "_order", lambda tried: replace(order_of(tried), key=uuid4().hex))
    with monkeypatch.context() as broken:
        broken.setattr(LocalGateway, "charge_saved", unheard)
        hour(house)
    hour(house)
    assert taken_cents(house) == [5_000] * (1 if keyed else 2)


def test_two_workers_at_once_tell_once_and_charge_once(house: House) -> None:
    agreed(house)
    race(3, 1, lambda client, number: hour(house))
    assert weeks(house) == [("announced", 5_000, None)]
    to_day(house, 3)
    race(3, 1, lambda client, number: hour(house))
    assert (weeks(house)[0][0], tries(house), taken_cents(house)) == ("paid", [("paid", None)], [5_000])


def test_twin_when_no_state_says_that_it_was_asked_a_week_is_charged_again(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    agreed(house, most_cents=1_000)
    hour(house)
    to_day(house, 3)
    monkeypatch.setattr(auto_payments, "_is_due", lambda weekly, today: True)
    for _ in range(2):
        with house.writing():
            try_id = auto_payments.begin(1, now=house.clock())
        with house.reading():
            assert try_id is not None
            auto_tries.send(try_id, now=house.clock())
    assert taken_cents(house) == [1_000, 1_000]


def test_a_lost_answer_waits_for_the_day_to_be_asked_again(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    agreed(house)
    hour(house)
    to_day(house, 3, time(17, 30))
    with monkeypatch.context() as broken:
        broken.setattr(LocalGateway, "charge_saved", _unreachable)
        hour(house)
    before = len(said(house))
    to_day(house, 0, time(23))
    assert hour(house) == 0 and (len(said(house)), taken_cents(house)) == (before, [])
    to_day(house, 1, time(10, 30))
    hour(house)
    assert taken_cents(house) == [5_000]


@pytest.mark.parametrize("is_taken", [True, False])
def test_a_charge_that_nobody_heard_of_for_a_day_is_looked_for_before_another_is_made(
    house: House, monkeypatch: pytest.MonkeyPatch, is_taken: bool
) -> None:
    agreed(house)
    hour(house)
    to_day(house, 3)
    charge = LocalGateway.charge_saved

    def unheard(gateway: LocalGateway, order: SavedChargeOrder) -> SavedCharge:
        if is_taken:
            charge(gateway, order)
        raise GatewayUnreachable

    with monkeypatch.context() as broken:
        broken.setattr(LocalGateway, "charge_saved", unheard)
        hour(house)
    to_day(house, 1, time(12))  # its key is forgotten at the gateway: nothing may be sent again under it
    local(house)._store._db.execute("DELETE FROM answer")
    hour(house)
    assert weeks(house)[0] == (("paid", 5_000, None) if is_taken else ("again", 5_000, "no_answer"))
    to_day(house, 2)
    hour(house)
    assert taken_cents(house) == ([5_000] if is_taken else []), "the second try waits for Monday: day three is a Sunday"
    to_day(house, 1)
    hour(house)
    assert taken_cents(house)[0] == 5_000 and weeks(house)[0][0] == "paid"


def _unreachable(gateway: LocalGateway, order: SavedChargeOrder) -> SavedCharge:
    raise GatewayUnreachable
