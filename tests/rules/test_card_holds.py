"""What a hold becomes by what its gateway tells, in whatever order it is told, and which rentals one suits."""

from datetime import UTC, date, datetime, timedelta
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from billing.card_holds import (
    CAPTURED,
    HELD,
    HOLD_LABELS,
    LAPSED,
    PAGE_OPEN,
    RELEASING,
    TAKEN,
    HoldStatus,
    after,
    check_fits,
    check_lasts,
    fits,
    is_outlasted,
)
from mobility.errors import RuleBroken

MONDAY = date(2026, 3, 2)
OVER = ("closed", CAPTURED, "released", LAPSED, TAKEN)


@pytest.mark.parametrize(("days", "may"), [(1, True), (6, True), (7, False), (30, False)])
def test_a_hold_suits_less_than_seven_days_and_says_what_to_ask_instead(days: int, may: bool) -> None:
    last_on = MONDAY + timedelta(days=days - 1)
    assert fits(MONDAY, last_on) is may
    if may:
        check_fits(MONDAY, last_on)
        return
    with pytest.raises(RuleBroken, match=rf"en compte {days}\. Demandez plutôt une carte enregistrée") as refused:
        check_fits(MONDAY, last_on)
    assert refused.value.field == "kind"


def test_a_rental_without_a_last_day_has_no_hold() -> None:
    with pytest.raises(RuleBroken, match="pas de dernier jour"):
        check_fits(MONDAY, None)


def test_a_hold_placed_too_early_says_from_when() -> None:
    last_on = MONDAY + timedelta(days=9)
    with pytest.raises(RuleBroken, match="demandez-la à partir du 6 mars"):
        check_lasts(last_on, MONDAY)
    check_lasts(last_on, MONDAY + timedelta(days=4))


@given(st.integers(1, 6), st.integers(0, 23))
def test_whoever_may_ask_today_gives_the_vehicle_back_before_it_lapses(days: int, hour: int) -> None:
    last_on = MONDAY + timedelta(days=days - 1)
    placed_at = datetime(2026, 3, 2, hour, tzinfo=UTC)
    check_lasts(last_on, MONDAY)
    kept_for = timedelta(days=7)
    assert not is_outlasted(last_on, placed_at + kept_for)
    assert is_outlasted(last_on + timedelta(days=7), placed_at + kept_for)


@pytest.mark.parametrize(
    ("status", "told", "awaited", "becomes"),
    [
        ("pending", HoldStatus.OPEN, True, "pending"),
        ("pending", HoldStatus.HELD, True, HELD),
        ("pending", HoldStatus.HELD, False, RELEASING),
        ("closed", HoldStatus.HELD, True, RELEASING),
        ("pending", HoldStatus.EXPIRED, True, "closed"),
        (HELD, HoldStatus.CANCELLED, True, LAPSED),
        (RELEASING, HoldStatus.CANCELLED, True, "released"),
        (HELD, HoldStatus.CAPTURED, True, TAKEN),
        (CAPTURED, HoldStatus.CAPTURED, True, CAPTURED),
        (LAPSED, HoldStatus.HELD, True, LAPSED),
    ],
)
def test_each_word_moves_a_hold_on(status: str, told: HoldStatus, awaited: bool, becomes: str) -> None:
    assert after(status, told, is_awaited=awaited) == becomes


@given(st.sampled_from(sorted(HOLD_LABELS)), st.lists(st.tuples(st.sampled_from(list(HoldStatus)), st.booleans()), max_size=8))
def test_what_is_over_stays_over_and_no_word_is_told_twice(status: str, told: list[tuple[HoldStatus, bool]]) -> None:
    for word, awaited in told:
        moved = after(status, word, is_awaited=awaited)
        assert moved in HOLD_LABELS and (status not in OVER or moved == status or status == "closed")
        assert after(moved, word, is_awaited=awaited) == moved or moved == "closed"
        assert moved not in PAGE_OPEN or moved == status
        status = moved


def test_what_is_asked_after_any_order_of_events_is_the_same() -> None:
    """Each event only has the gateway asked; the answers of one placed then lapsed, told in any order, end alike once the last is true."""
    for order in permutations([HoldStatus.HELD, HoldStatus.HELD, HoldStatus.CANCELLED]):
        status = HELD
        for word in (*order, HoldStatus.CANCELLED):
            status = after(status, word, is_awaited=True)
        assert status == LAPSED
