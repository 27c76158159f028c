"""What may be written off, and what of a payment comes for it."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from billing.losses import check_recovery, check_write_off, regained_cents
from billing.owing import owing
from billing.payment_record import LATE, LOST, OVERDUE, Fallen, Received, record_lines
from mobility.errors import RuleBroken

TODAY = date(2026, 3, 10)
MONEY = st.integers(0, 10**7)
FINE: dict[str, Any] = {"cents": 900, "owed_cents": 900, "reason": "small", "reference": None, "decided_on": TODAY, "today": TODAY}

REFUSED = [
    ({"owed_cents": 0}, "cents", "nothing is owed"),
    ({"owed_cents": -50}, "cents", "the person paid ahead"),
    ({"cents": 901}, "cents", "it would make a credit"),
    ({"cents": 0}, "cents", "nothing"),
    ({"reason": "because"}, "reason", "no reason of ours"),
    ({"reason": "board"}, "reference", "the board's minutes are not named"),
    ({"reason": "erased", "reference": ""}, "reference", "nor the commission's decision"),
    ({"decided_on": date(2026, 3, 11)}, "decided_on", "not decided yet"),
]


@pytest.mark.parametrize(("asked", "field", "why"), REFUSED, ids=[case[2] for case in REFUSED])
def test_what_is_no_loss(asked: dict[str, Any], field: str, why: str) -> None:
    check_write_off(**FINE)
    check_write_off(**FINE | {"reason": "board", "reference": "PV du 3 mars 2026"})
    with pytest.raises(RuleBroken) as refused:
        check_write_off(**FINE | asked)
    assert refused.value.field == field, why


@given(MONEY, MONEY)
def test_what_is_accepted_leaves_what_is_due_at_zero_or_above(cents: int, owed: int) -> None:
    try:
        check_write_off(**FINE | {"cents": cents, "owed_cents": owed})
    except RuleBroken:
        assert not 0 < cents <= owed
    else:
        assert 0 <= owed - cents < owed


@given(MONEY, MONEY)
def test_never_more_comes_back_than_was_lost(cents: int, lost: int) -> None:
    try:
        check_recovery(cents, lost_cents=lost)
    except RuleBroken:
        assert not 0 < cents <= lost
    else:
        assert 0 <= lost - cents < lost


@given(MONEY, st.integers(-(10**6), 10**7), MONEY)
def test_what_a_last_payment_brings_settles_first_then_comes_for_the_loss_then_is_ahead(cents: int, owed: int, lost: int) -> None:
    regained = regained_cents(cents, owed_cents=owed, lost_cents=lost)
    after = owed + regained - cents
    assert 0 <= regained <= lost
    if cents <= owed:
        assert regained == 0
    elif regained < lost:
        assert after == min(owed, 0), "nothing more is ahead while something is lost"


def test_the_sentence_says_that_nothing_more_is_asked_and_not_that_it_was_paid() -> None:
    assert "passés en perte" in owing([], paid_cents=0, lost_cents=900).sentence
    assert "d’avance" in owing([], paid_cents=50, lost_cents=900).sentence


def test_a_charge_written_off_was_not_paid_and_later_payments_count_for_later_charges() -> None:
    fallen = [Fallen(label="un", on=date(2026, 1, 5), cents=3500), Fallen(label="deux", on=date(2026, 3, 2), cents=3500)]
    moves = [Received(on=date(2026, 2, 20), cents=3500, is_loss=True), Received(on=date(2026, 3, 3), cents=3500)]
    first, second = record_lines(fallen, moves, days=7, today=TODAY)
    assert (first.state, first.said, second.state) == (LOST, "non payé, passé en perte", "on_time")
    without = record_lines(fallen, moves[1:], days=7, today=TODAY)
    assert [line.state for line in without] == [LATE, OVERDUE if date(2026, 3, 9) < TODAY else "open"]
    back = [*moves, Received(on=date(2026, 3, 9), cents=-3500, is_loss=True), Received(on=date(2026, 3, 9), cents=3500)]
    assert [line.state for line in record_lines(fallen, back, days=7, today=TODAY)] == [LATE, "on_time"], "it came, late"
