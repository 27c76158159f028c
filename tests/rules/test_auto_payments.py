"""When a card on file is asked, how much for, and when it stops (docs/adr/0028)."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from billing.auto_payments import (
    MOST_TRIES,
    NOTICE,
    REFUSALS,
    after_refusal,
    agreed_words,
    cents_to_take,
    day_to_take,
    may_take,
    may_tell,
    say_refused,
)
from billing.stripe_saved import decline_code_of, refusal_of
from mobility.periods import instant_of

START = datetime(2026, 1, 1, tzinfo=UTC)
INSTANTS = st.integers(min_value=0, max_value=4 * 365 * 24 * 60).map(lambda minutes: START + timedelta(minutes=minutes))
DAYS = st.dates(date(2026, 1, 1), date(2030, 1, 1))
CENTS = st.integers(min_value=0, max_value=100_000)


@given(INSTANTS)
def test_two_whole_days_lie_between_the_word_and_the_bank(told_at: datetime) -> None:
    day = day_to_take(told_at)
    opens = instant_of(day, time(10))
    assert opens - told_at >= NOTICE and may_take(opens) and opens - told_at < timedelta(days=5)
    assert not may_take(opens - timedelta(minutes=1)), "by day only"


@given(DAYS, st.sampled_from(sorted(REFUSALS)), st.lists(st.integers(min_value=0, max_value=9), max_size=9))
def test_three_tries_at_most_each_later_than_the_last_and_never_on_a_sunday(first: date, code: str, late: list[int]) -> None:
    tried = [first]
    while (following := after_refusal(code, tried_on=tried)).on is not None:
        assert following.status == "again" and following.on > tried[-1] and following.on.weekday() != 6
        assert following.on >= first + timedelta(days=3 if len(tried) == 1 else 7)
        tried.append(following.on + timedelta(days=late.pop() if late else 0))
    assert following.status == "stopped"
    assert len(tried) == (1 if REFUSALS[code].is_hard else MOST_TRIES)


@given(CENTS, CENTS, st.none() | CENTS)
def test_never_more_than_is_due_agreed_to_or_told(due: int, most: int, told: int | None) -> None:
    cents = cents_to_take(due_cents=due, most_cents=most, told_cents=told)
    assert cents in (0, min(due, most, due if told is None else told))


def test_nobody_is_told_on_a_sunday_or_at_night() -> None:
    sunday = instant_of(date(2026, 3, 1), time(11))
    night = instant_of(date(2026, 3, 2), time(20))
    assert [may_tell(at) for at in (sunday, night, night - timedelta(hours=9))] == [False, False, True]


def test_no_word_shames_or_asks_a_fee() -> None:
    for code in REFUSALS:
        said = say_refused(2_000, code, after_refusal(code, tried_on=[date(2026, 3, 5)]), pay_url="https://example.org/payer")
        assert "aucuns frais" in said and not any(
            word in said.lower() for word in ("impayé", "défaut", "volée", "sanction", "mise en demeure")
        )
    assert "30 € par semaine" in agreed_words("Visa •••• 4242", "30 €")


@pytest.mark.parametrize(
    ("code", "decline_code", "ours"),
    [
        ("card_declined", "insufficient_funds", "funds"),
        ("card_declined", "lost_card", "lost"),
        ("card_declined", "generic_decline", "bank"),
        ("expired_card", None, "expired"),
        (None, None, "bank"),
    ],
)
def test_what_the_gateway_says_of_a_refusal_is_said_in_our_words(code: str | None, decline_code: str | None, ours: str) -> None:
    assert refusal_of(code, decline_code_of({"error": {"decline_code": decline_code}})) == ours
    assert ours in REFUSALS
    assert decline_code_of(None) is None
