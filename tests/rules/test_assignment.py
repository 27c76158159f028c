"""Who gets which vehicle: whatever the needs, nothing twice, nothing unfit, nobody robbed, and never fewer job starts than by hand."""

from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from fleet.assignment import Need, assign
from mobility.periods import ONE_DAY, Period, instant_of
from tests.garage import MONDAY


def make_need(number: int, first: int = 0, days: int = 5, fits: tuple[int, ...] = (1, 2), **more: int | bool | None) -> Need:
    starts_at = instant_of(MONDAY + first * ONE_DAY)
    period = Period(starts_at=starts_at, ends_at=starts_at + timedelta(days=days))
    return Need(id=number, period=period, fits=frozenset(fits), **more)  # type: ignore[arg-type]


def test_a_job_start_outweighs_every_point_and_points_decide_among_alike() -> None:
    assert assign([make_need(1, fits=(1,), points=900), make_need(2, fits=(1,), starts_job=True)]) == {2: 1}
    assert assign([make_need(1, fits=(1,), points=5), make_need(2, fits=(1,), points=6)]) == {2: 1}


def test_who_could_have_either_leaves_the_only_one_to_the_other() -> None:
    assert assign([make_need(1, fits=(1, 2)), make_need(2, fits=(1,))]) == {1: 2, 2: 1}


def test_one_after_the_other_both_have_it() -> None:
    assert assign([make_need(1, first=0, fits=(1,)), make_need(2, first=5, fits=(1,))]) == {1: 1, 2: 1}


def test_a_booking_moves_for_somebody_else_only() -> None:
    assert assign([make_need(-7, fits=(1, 2), has=1), make_need(1, fits=(1,))]) == {-7: 2, 1: 1}
    assert assign([make_need(-7, fits=(1, 2), has=1)]) == {-7: 1}


def test_nobody_loses_what_they_have() -> None:
    assert assign([make_need(-7, fits=(1,), has=1), make_need(1, fits=(1,), points=900, starts_job=True)]) == {-7: 1}


def test_nothing_asked_nothing_given() -> None:
    assert assign([]) == {} and assign([make_need(1, fits=())]) == {}


needs = st.lists(
    st.tuples(st.integers(0, 13), st.integers(1, 20), st.sets(st.integers(1, 6)), st.integers(0, 100), st.booleans()), max_size=14
)


@settings(max_examples=60, deadline=None)
@given(needs)
def test_any_plan_holds(asked: list[tuple[int, int, set[int], int, bool]]) -> None:
    wanted = [make_need(i, a, d, tuple(fits), points=p, starts_job=j) for i, (a, d, fits, p, j) in enumerate(asked, start=1)]
    given_, by_id = assign(wanted), {need.id: need for need in wanted}
    assert all(vehicle in by_id[id_].fits for id_, vehicle in given_.items())
    for id_, vehicle in given_.items():
        rivals = [other for other, same in given_.items() if other < id_ and same == vehicle]
        assert not any(by_id[other].period.overlaps(by_id[id_].period) for other in rivals)
    assert starts(given_, by_id) >= starts(greedy(wanted), by_id)
    assert given_ == assign(reversed(wanted))


def starts(plan: dict[int, int], by_id: dict[int, Need]) -> int:
    """How many job starts a plan keeps."""
    return sum(by_id[id_].starts_job for id_ in plan)


def greedy(wanted: list[Need]) -> dict[int, int]:
    """By hand: the most pressing first, each the first vehicle still free."""
    found: dict[int, int] = {}
    by_id = {need.id: need for need in wanted}
    for need in sorted(wanted, key=lambda need: (not need.starts_job, -need.points, need.id)):
        taken = {vehicle for id_, vehicle in found.items() if by_id[id_].period.overlaps(need.period)}
        if free := sorted(need.fits - taken):
            found[need.id] = free[0]
    return found
