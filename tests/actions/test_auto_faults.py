"""A week is charged once, whatever the gateway loses and whoever asks at once; and without its guards it is not."""

from dataclasses import replace
from uuid import uuid4

import pytest

from billing.actions import auto_payments, auto_tries
from tests import auto_trials
from tests.auto_paid import agreed, hour, to_day, tries, weeks
from tests.house import House
from tests.on_file import taken_cents
from tests.racing import race


def test_through_lost_answers_refusals_and_late_words_each_week_is_charged_once(house: House) -> None:
    auto_trials.check(auto_trials.live(house, 1, days=14))


def test_twin_without_a_key_of_its_own_a_lost_answer_is_a_second_charge(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    order_of = auto_tries._order
    monkeypatch.setattr(auto_tries, "_order", lambda tried: replace(order_of(tried), key=uuid4().hex))
    assert auto_trials.live(house, 1, days=14).twice > 0


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
