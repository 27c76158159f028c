"""What a month's invoice asks of a payer, and how it fares (domain.md §9)."""

from collections import Counter
from collections.abc import Mapping
from contextlib import suppress
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from billing.claims import Claim, Note, given_up_by
from billing.invoices import InvoiceLine, Progress, check_paid, give_up, lines_to_invoice
from mobility.errors import Conflict, DomainError

END = date(2026, 3, 31)
DAY, NEXT, LATE = date(2026, 3, 10), date(2026, 3, 11), date(2026, 2, 27)


def claims(stands: Mapping[date, int], asked: Mapping[date, int], given_up: Mapping[date, int] | None = None) -> dict[date, Claim]:
    return {
        day: Claim(stands=stands.get(day, 0), asked=asked.get(day, 0), given_up=(given_up or {}).get(day, 0)) for day in {*stands, *asked}
    }


def test_a_month_asks_what_was_not_asked_of_its_days_and_those_before() -> None:
    by_day = {LATE: 300, DAY: 300, NEXT: 300, date(2026, 4, 1): 300}
    late, of_march = InvoiceLine(agreement_id=1, by_day={LATE: 300}), InvoiceLine(agreement_id=1, by_day={DAY: 300, NEXT: 300})
    found = lines_to_invoice({1: claims(by_day, {})}, last_on=END)
    assert found == [late, of_march], "one of February charged late is in it, one of April not"
    given_back = lines_to_invoice({1: claims({NEXT: 500}, {DAY: 300, NEXT: 400}), 2: claims({DAY: 500}, {})}, last_on=END)
    assert [(line.agreement_id, line.by_day) for line in given_back] == [(1, {DAY: -300}), (1, {NEXT: 100}), (2, {DAY: 500})]
    with pytest.raises(Conflict):
        lines_to_invoice({1: claims({DAY: 300}, {DAY: 300})}, last_on=END)


def test_a_day_given_up_by_a_note_is_not_taken_off_again_when_it_is_given_back() -> None:
    assert [Claim(stands=0, asked=300, given_up=up).to_ask for up in (0, 100, 300)] == [-300, -200, 0]
    assert Claim(stands=300, asked=300, given_up=300).to_ask == 0, "what was given up is not asked again"
    assert Claim(stands=500, asked=300, given_up=300).owed == 200, "what was charged since is"


Event = tuple[str, int, int]
events = st.lists(st.tuples(st.sampled_from(["charge", "invoice", "note"]), st.integers(0, 4), st.integers(0, 500)), max_size=25)


@given(events=events)
def test_however_days_are_charged_invoiced_given_up_and_given_back_no_cent_is_taken_off_twice(events: list[Event]) -> None:
    """What the books hold stays between nothing and what stands, and what is invoiced never changes it."""
    stands, asked, given_up = Counter[date](), Counter[date](), Counter[date]()
    for act, place, cents in events:
        day, before = date(2026, 3, 1 + place), claims(stands, asked, given_up)
        owed = sum(claim.owed for claim in before.values())
        if act == "charge":
            stands[day] = cents
        elif act == "invoice":
            with suppress(Conflict):
                for line in lines_to_invoice({1: before}, last_on=END):
                    asked.update(line.by_day)
                assert not any(claim.to_ask for claim in claims(stands, asked, given_up).values())
        else:
            given_up[day] += (noted := min(cents, asked[day] - given_up[day]))
        after = claims(stands, asked, given_up)
        assert all(0 <= claim.owed <= claim.stands for claim in after.values())
        now_owed = sum(claim.owed for claim in after.values())
        assert act != "invoice" or now_owed == owed
        assert act != "note" or owed - noted <= now_owed <= owed


@given(
    asked=st.lists(st.dictionaries(st.dates(DAY, END), st.integers(-300, 400), max_size=6), max_size=3), sums=st.lists(st.integers(1, 2000))
)
def test_a_note_on_all_that_is_left_gives_up_its_sum_the_latest_days_first(asked: list[dict[date, int]], sums: list[int]) -> None:
    left = [cents for by_day in asked for cents in by_day.values() if cents > 0]
    notes = [Note(cents=cents, parts={}) for cents in sums]
    given = given_up_by(asked, notes)
    assert sum(sum(by_day.values()) for by_day in given.values()) == min(sum(sums), sum(left))
    assert all(cents <= asked[place - 1][day] for place, by_day in given.items() for day, cents in by_day.items())
    assert given_up_by([{DAY: 300, NEXT: 300}, {DAY: 200}], [Note(cents=400, parts={})]) == {1: {NEXT: 300}, 2: {DAY: 100}}


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
