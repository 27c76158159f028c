"""Payments by a card on file at full size: seeds of a gateway that loses, refuses and repeats, each printing its figures."""

from dataclasses import replace
from uuid import uuid4

import pytest

from billing.actions import auto_tries
from tests import auto_trials
from tests.house import House

pytestmark = pytest.mark.proof


@pytest.mark.parametrize("seed", range(1, 9))
def test_each_week_is_charged_once_and_the_books_say_what_was_taken(house: House, seed: int) -> None:
    lived = auto_trials.live(house, seed)
    print(
        f"seed {seed}: {lived.told} weeks told, answers {dict(lived.seen)}, {lived.taken} charges of {lived.taken_cents} cents, "
        f"{lived.booked_cents} in the books, {lived.twice} weeks charged twice, {lived.differing} differences"
    )
    auto_trials.check(lived)


def test_twin_without_a_key_of_its_own(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    order_of = auto_tries._order
    monkeypatch.setattr(auto_tries, "_order", lambda tried: replace(order_of(tried), key=uuid4().hex))
    lived = auto_trials.live(house, 1)
    print(f"twin, another key each time: {lived.twice} weeks charged twice, {lived.taken_cents} cents taken, {lived.booked_cents} booked")
    assert lived.twice > 0
