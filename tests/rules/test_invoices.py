"""What a month's invoice asks of a payer, and how it fares (domain.md §9)."""

from collections import Counter
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from billing.invoices import InvoiceLine, Progress, check_paid, give_up, lines_to_invoice
from mobility.errors import Conflict, DomainError

END = date(2026, 3, 31)
DAY, NEXT, LATE = date(2026, 3, 10), date(2026, 3, 11), date(2026, 2, 27)


def test_a_month_asks_what_was_not_asked_of_its_days_and_those_before() -> None:
    by_day = {LATE: 300, DAY: 300, NEXT: 300, date(2026, 4, 1): 300}
    late, of_march = InvoiceLine(agreement_id=1, by_day={LATE: 300}), InvoiceLine(agreement_id=1, by_day={DAY: 300, NEXT: 300})
    assert lines_to_invoice({1: by_day}, {}, last_on=END) == [late, of_march], "one of February charged late is in it, one of April not"
    given_back = lines_to_invoice({1: {NEXT: 500}, 2: {DAY: 500}}, {1: {DAY: 300, NEXT: 400}}, last_on=END)
    assert [(line.agreement_id, line.by_day) for line in given_back] == [(1, {DAY: -300}), (1, {NEXT: 100}), (2, {DAY: 500})]
    with pytest.raises(Conflict):
        lines_to_invoice({1: {DAY: 300}}, {1: {DAY: 300}}, last_on=END)


months = st.lists(st.dictionaries(st.integers(0, 89), st.integers(0, 500), max_size=9), min_size=1, max_size=4)


@given(charged=months)
def test_however_days_are_charged_and_given_back_the_invoices_add_up_to_what_stands(charged: list[dict[int, int]]) -> None:
    """Each month what stands of every day is set anew: asked in all is what stands at the end."""
    asked, days = Counter[date](), dict[date, int]()
    for changes in charged:
        days |= {date(2026, 1, 1) + timedelta(days=place): cents for place, cents in changes.items()}
        try:
            lines = lines_to_invoice({1: days}, {1: asked}, last_on=END)
        except Conflict:
            lines = []
        for line in lines:
            asked.update(line.by_day)
        assert sum(asked.values()) == sum(days.values())


STATES = [
    (Progress(cents=900), "issued", 900),
    (Progress(cents=900, is_disputed=True), "disputed", 900),
    (Progress(cents=900, paid_cents=400), "part", 500),
    (Progress(cents=900, paid_cents=900, is_disputed=True), "paid", 0),
    (Progress(cents=900, paid_cents=400, credited_cents=500), "credited", 0),
    (Progress(cents=-900), "credit", 0),
]


@pytest.mark.parametrize(("progress", "state", "left"), STATES, ids=[case[1] for case in STATES])
def test_the_state_follows_its_steps(progress: Progress, state: str, left: int) -> None:
    assert (progress.state, progress.left_cents) == (state, left)


@pytest.mark.parametrize(
    ("cents", "received_on", "refused"),
    [(900, DAY, False), (901, DAY, True), (1, DAY - timedelta(days=1), True), (1, DAY + timedelta(days=2), True)],
)
def test_no_more_is_received_than_is_left_nor_before_the_invoice_nor_to_come(cents: int, received_on: date, refused: bool) -> None:
    given = {"received_on": received_on, "issued_on": DAY, "today": DAY + timedelta(days=1)}
    if not refused:
        return check_paid(Progress(cents=900), cents, **given)
    with pytest.raises(DomainError):
        check_paid(Progress(cents=900), cents, **given)


notes = st.lists(
    st.tuples(st.lists(st.integers(0, 4), max_size=3), st.none() | st.integers(1, 900), st.integers(0, 600)), min_size=1, max_size=6
)
lines_asked = st.lists(
    st.dictionaries(st.integers(0, 30).map(lambda place: date(2026, 3, 1) + timedelta(days=place)), st.integers(1, 400), min_size=1),
    max_size=3,
)


@given(asked=lines_asked, notes=notes)
def test_notes_never_give_up_more_than_a_line_asks_nor_what_was_paid(
    asked: list[dict[date, int]], notes: list[tuple[list[int], int | None, int]]
) -> None:
    total, before, paid = sum(sum(line.values()) for line in asked), dict[int, Counter[date]](), 0
    for places, cents, paid_now in notes:
        given_up = sum(sum(line.values()) for line in before.values())
        paid += min(paid_now, total - paid - given_up)
        left = total - paid - given_up
        try:
            given = give_up(asked, before, places=places, cents=cents, left_cents=left)
        except DomainError:
            continue
        note = sum(sum(by_day.values()) for by_day in given.values())
        assert note <= left and (cents is None or note == cents)
        for place, by_day in given.items():
            before.setdefault(place, Counter()).update(by_day)
            assert all(0 < before[place][day] <= asked[place - 1][day] for day in by_day)


def test_an_amount_takes_the_latest_days_of_its_line_and_a_line_goes_whole() -> None:
    asked = [{DAY: 300, NEXT: 300}, {LATE: -200}, {DAY: 500}]
    assert give_up(asked, {}, places=[1], cents=400, left_cents=900) == {1: {NEXT: 300, DAY: 100}}
    assert give_up(asked, {1: {NEXT: 300, DAY: 100}}, places=[3, 1], cents=None, left_cents=700) == {1: {DAY: 200}, 3: {DAY: 500}}
    for places, cents, left in [([2], None, 900), ([0], None, 900), ([4], None, 900), ([1, 3], 100, 900), ([], 100, 900), ([1], None, 599)]:
        with pytest.raises(DomainError):
            give_up(asked, {}, places=places, cents=cents, left_cents=left)
