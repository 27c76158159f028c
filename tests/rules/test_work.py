"""Work orders: which act when, what lines cost, how long a vehicle was kept."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fleet.work import (
    CLOSE,
    CLOSED,
    DONE,
    FINISH,
    IN_WORKSHOP,
    LABOUR,
    NEXT,
    OPENED,
    PART,
    PLAN,
    PLANNED,
    START,
    STATUS_NAMES,
    WRITE,
    after,
    downtime,
    line_cents,
    say_hours,
    say_span,
    sum_up,
)
from mobility.errors import Conflict

NOON = datetime(2026, 3, 2, 11, tzinfo=UTC)


@pytest.mark.parametrize(
    ("act", "status", "then"),
    [
        (PLAN, OPENED, PLANNED),
        (PLAN, IN_WORKSHOP, IN_WORKSHOP),  # it takes longer than thought
        (START, OPENED, IN_WORKSHOP),  # a breakdown comes in unplanned
        (START, PLANNED, IN_WORKSHOP),
        (FINISH, IN_WORKSHOP, DONE),
        (CLOSE, DONE, CLOSED),
        (CLOSE, PLANNED, CLOSED),  # given up
        (WRITE, DONE, DONE),  # the bill comes after the work
    ],
)
def test_what_follows_an_act(act: str, status: str, then: str) -> None:
    assert after(act, status) == then


@pytest.mark.parametrize(("act", "status"), [(act, status) for act in NEXT for status in STATUS_NAMES if status not in NEXT[act]])
def test_an_act_out_of_place_says_what_to_do(act: str, status: str) -> None:
    with pytest.raises(Conflict) as refused:
        after(act, status)
    assert refused.value.sentence.endswith(".")


def test_a_closed_order_never_changes() -> None:
    assert not [act for act in NEXT if CLOSED in NEXT[act]]


@pytest.mark.parametrize(
    ("kind", "quantity", "unit_cents", "cents"),
    [
        (PART, 2, 3_490, 6_980),
        (LABOUR, 4, 4_500, 4_500),  # an hour
        (LABOUR, 1, 4_500, 1_125),
        (LABOUR, 1, 4_502, 1_126),  # half a cent goes up
        (LABOUR, 3, 4_501, 3_376),  # 3375.75
        (PART, 1, 0, 0),  # under warranty
    ],
)
def test_what_a_line_costs(kind: str, quantity: int, unit_cents: int, cents: int) -> None:
    assert line_cents(kind, quantity, unit_cents) == cents


@given(st.lists(st.tuples(st.sampled_from((PART, LABOUR)), st.integers(1, 4_000), st.integers(0, 10**7))))
def test_an_order_costs_its_lines_to_the_cent(lines: list[tuple[str, int, int]]) -> None:
    cost = sum_up(lines)
    assert cost.total_cents == sum(line_cents(*line) for line in lines)
    assert cost.quarters == sum(quantity for kind, quantity, _ in lines if kind == LABOUR)


def test_downtime_runs_from_the_door_to_the_end_of_the_work() -> None:
    assert downtime(None, None, NOON) is None
    assert downtime(NOON, None, NOON + timedelta(hours=5)) == timedelta(hours=5)
    assert downtime(NOON, NOON + timedelta(days=2), NOON + timedelta(days=9)) == timedelta(days=2)


@pytest.mark.parametrize(
    ("span", "said"),
    [
        (timedelta(minutes=59), "moins d’une heure"),
        (timedelta(hours=5, minutes=40), "5 h"),
        (timedelta(days=1), "1 jour"),
        (timedelta(days=2, hours=3), "2 jours et 3 h"),
    ],
)
def test_a_downtime_in_words(span: timedelta, said: str) -> None:
    assert say_span(span) == said


@pytest.mark.parametrize(("quarters", "said"), [(1, "15 min"), (4, "1 h"), (6, "1 h 30")])
def test_quarter_hours_in_words(quarters: int, said: str) -> None:
    assert say_hours(quarters) == said
