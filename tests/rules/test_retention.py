"""From which day a file is without a reason to be kept, and how long its warning stands."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mobility.errors import RuleBroken
from mobility.periods import months_after
from mobility.retention import (
    ALIVE,
    KEPT,
    RIPE,
    TO_TELL,
    WARNED,
    Clock,
    Trace,
    check_keep,
    erase_on,
    is_alive,
    is_to_warn,
    quiet_since,
    say_warning,
    standing,
    state_of,
)

CLOCK = Clock(months=24, days=30)
DAYS = st.dates(date(2020, 1, 1), date(2040, 12, 31))
CLOCKS = st.builds(Clock, months=st.sampled_from([12, 24, 36]), days=st.sampled_from([30, 60, 90]))


def seen(on: date | None, what: str = "location") -> Trace:
    return Trace(beneficiary_id=1, what=what, on=on)


@pytest.mark.parametrize(
    ("traces", "kept_until", "due"),
    [
        ([seen(date(2024, 3, 2))], None, date(2026, 3, 2)),
        ([seen(date(2023, 1, 1)), seen(date(2024, 2, 29))], None, date(2026, 2, 28)),
        ([seen(date(2024, 3, 2))], date(2027, 1, 1), date(2027, 1, 1)),  # somebody had it kept
        ([seen(date(2026, 3, 2))], date(2027, 1, 1), date(2028, 3, 2)),  # and the person came back since
    ],
)
def test_two_years_after_the_last_trace(traces: list[Trace], kept_until: date | None, due: date) -> None:
    assert standing(traces, kept_until=kept_until, clock=CLOCK).due_on == due


def test_what_is_open_holds_the_file() -> None:
    long_ago = seen(date(2020, 1, 1))
    held = standing([long_ago, seen(None, "caution"), seen(None, "caution")], kept_until=None, clock=CLOCK)
    assert held.open == ("caution",) and not is_to_warn(held, clock=CLOCK, today=date(2026, 3, 2))
    assert is_alive(held, warned_for=held.due_on)
    free = standing([long_ago], kept_until=None, clock=CLOCK)
    assert is_to_warn(free, clock=CLOCK, today=date(2026, 3, 2)) and not is_alive(free, warned_for=free.due_on)


def test_only_open_things_are_no_clock() -> None:
    with pytest.raises(ValueError):
        standing([seen(None)], kept_until=None, clock=CLOCK)


@given(due=DAYS, told=DAYS, clock=CLOCKS)
def test_nothing_is_to_erase_before_its_day_nor_before_the_warning_stood(due: date, told: date, clock: Clock) -> None:
    first = erase_on(due, told_on=told, clock=clock)
    assert first >= due and first - told >= timedelta(days=clock.days)
    assert first in (due, told + timedelta(days=clock.days))


@given(last=DAYS, today=DAYS, clock=CLOCKS)
def test_the_query_leaves_out_nobody_who_is_to_be_warned(last: date, today: date, clock: Clock) -> None:
    found = standing([seen(last)], kept_until=None, clock=clock)
    if is_to_warn(found, clock=clock, today=today):
        assert last <= quiet_since(today, clock)


@given(last=DAYS, clock=CLOCKS)
def test_the_warning_begins_so_many_days_before(last: date, clock: Clock) -> None:
    found = standing([seen(last)], kept_until=None, clock=clock)
    first = found.due_on - timedelta(days=clock.days)
    assert is_to_warn(found, clock=clock, today=first) and not is_to_warn(found, clock=clock, today=first - timedelta(days=1))


def test_a_file_is_kept_past_the_next_warning_and_five_years_at_most() -> None:
    today = date(2026, 3, 2)
    check_keep(today + timedelta(days=31), clock=CLOCK, today=today)
    check_keep(months_after(today, 60), clock=CLOCK, today=today)
    for wrong in (today, today + timedelta(days=30), months_after(today, 60) + timedelta(days=1)):
        with pytest.raises(RuleBroken) as refused:
            check_keep(wrong, clock=CLOCK, today=today)
        assert refused.value.field == "until_on"


@pytest.mark.parametrize(
    ("told", "from_on", "closed_as", "state"),
    [
        (False, None, None, TO_TELL),
        (True, date(2026, 3, 3), None, WARNED),
        (True, date(2026, 3, 2), None, RIPE),
        (True, date(2026, 3, 2), KEPT, KEPT),
        (False, None, ALIVE, ALIVE),
    ],
)
def test_where_a_warning_stands(told: bool, from_on: date | None, closed_as: str | None, state: str) -> None:
    assert state_of(told=told, erase_on=from_on, closed_as=closed_as, today=date(2026, 3, 2)) == state


def test_the_warning_says_since_when_from_when_and_what_to_do() -> None:
    said = say_warning(date(2024, 3, 2), date(2026, 4, 1), "https://example.org/p/port/me/retention")
    for words in ("2 mars 2024", "1er avril 2026", "garder", "emporter vos données", "https://example.org/p/port/me/retention"):
        assert words in said.replace("\xa0", " ")
    assert len(said) <= 330, "with the platform's name and number it is one text message"
