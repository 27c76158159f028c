"""A part taken and the hold given back at once end as one of the two, in our books and at the bank; with a guard off they do not."""

from threading import Barrier

import pytest
from sqlalchemy.exc import IntegrityError

from billing.actions import card_holds, deposits
from billing.local_gateway import LocalGateway
from tests.held_cards import ask_part, at_the_bank, capture, held, stands
from tests.house import House
from tests.money import ADVISER, return_vehicle
from tests.racing import race

HELD = ("received", 30_000)
TAKEN = ("kept", 0, [HELD, ("kept", 7_000), ("released", 23_000)], ["captured"])
BACK = ("released", 0, [HELD, ("released", 30_000)], ["released"])


def release(house: House, deposit_id: int) -> None:
    with house.writing():
        deposits.release_deposit(deposit_id, by=ADVISER, now=house.clock())
    with house.reading():
        card_holds.send_away(deposit_id, now=house.clock())


def at_once(house: House, deposit_id: int) -> None:
    """The treasurer takes a part while the manager gives it back."""
    both = Barrier(2)

    def one(client: object, number: int) -> object:
        both.wait(timeout=30)
        try:
            return release(house, deposit_id) if number else capture(house, ask_part(house, deposit_id))
        except Exception as refused:  # whoever came second
            return refused

    race(2, 1, one)


def test_taken_or_given_back_never_both(house: House) -> None:
    deposit_id, _ = held(house)
    return_vehicle(house, deposit_id, days=0)
    at_once(house, deposit_id)
    assert (stands(house, deposit_id), at_the_bank(house)) in ((TAKEN, [("captured", 7_000)]), (BACK, [("cancelled", 0)]))


def test_one_part_is_one_whoever_sends_it_at_once(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    deposit_id, hold_id = held(house)
    ask_part(house, deposit_id)
    both, take = Barrier(2), LocalGateway.capture_hold

    def together(gateway: LocalGateway, order: object) -> object:
        both.wait(timeout=30)
        return take(gateway, order)  # type: ignore[arg-type]

    monkeypatch.setattr(LocalGateway, "capture_hold", together)
    assert [one.answer for one in race(2, 1, lambda client, number: capture(house, hold_id))] == ["captured", "captured"]
    assert (stands(house, deposit_id), at_the_bank(house)) == (TAKEN, [("captured", 7_000)])


def test_twin_without_the_look_at_what_is_asked_it_is_given_back_and_taken(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    deposit_id, hold_id = held(house)
    return_vehicle(house, deposit_id, days=0)
    ask_part(house, deposit_id)
    monkeypatch.setattr(card_holds, "check_answered", lambda deposit: None)
    with house.writing():
        deposits.release_deposit(deposit_id, by=ADVISER, now=house.clock())
    with pytest.raises(IntegrityError):  # the books hold no deposit below zero
        capture(house, hold_id)
    assert stands(house, deposit_id)[0] == "released" and at_the_bank(house) == [("captured", 7_000)], "given back here, taken there"
