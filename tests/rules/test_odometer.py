from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fleet.odometer import Reading, bounds_after, driven_km, judge, judge_among, legs, list_standing
from mobility.errors import RuleBroken

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
DAY, HOUR = timedelta(days=1), timedelta(hours=1)


def make_reading(id: int, km: int, day: int = 0, **changes: Any) -> Reading:
    return Reading(id=id, km=km, at=NOON + day * DAY, **changes)


LAST = make_reading(1, 50_000)


@pytest.mark.parametrize(
    ("last", "new_km", "at", "code", "reason"),
    [
        (None, 12, NOON, "", "a first reading has nothing to contradict it"),
        (None, 0, NOON, "", "a new bike's meter"),
        (None, 1_000_000, NOON, "", "the most a meter shows"),
        (LAST, 50_000, NOON, "", "the same number at the same instant: a double click"),
        (LAST, 50_187, NOON + 7 * DAY, "", "an ordinary week"),
        (LAST, 50_000, NOON + 7 * DAY, "", "the vehicle did not move"),
        (LAST, 49_999, NOON + 7 * DAY, "below_last", "a meter does not go back"),
        (LAST, 51_000, NOON + HOUR, "", "a thousand kilometres within one day may be"),
        (LAST, 51_001, NOON + HOUR, "too_fast", "one more within an hour may not"),
        (LAST, 57_000, NOON + 7 * DAY, "", "a thousand a day for a week"),
        (LAST, 57_001, NOON + 7 * DAY, "too_fast", "one more"),
        (LAST, 51_500, NOON + 36 * HOUR, "", "a day and a half: fifteen hundred"),
        (LAST, 51_501, NOON + 36 * HOUR, "too_fast", "and one"),
    ],
)
def test_a_reading_is_judged(last: Reading | None, new_km: int, at: datetime, code: str, reason: str) -> None:
    verdict = judge(last, new_km, at)
    assert (verdict.code, verdict.accepted) == (code, code == ""), reason


def test_a_doubt_is_explained() -> None:
    below = judge(LAST, 49_000, NOON + DAY)
    assert below.sentence == "Le compteur affichait 50 000 km le lundi 2 mars 2026 à 13 h 00 : 49 000 km est en dessous. Relisez-le."


@pytest.mark.parametrize("later", [HOUR, 36 * HOUR, 7 * DAY])
def test_a_page_is_told_the_same_bounds_in_the_same_words(later: timedelta) -> None:
    at = NOON + later
    bounds = bounds_after(LAST, at)
    assert judge(LAST, bounds.last_km, at).accepted and judge(LAST, bounds.most_km, at).accepted
    assert judge(LAST, bounds.last_km - 1, at).sentence == bounds.below.format(km="49 999")
    too_many = f"{bounds.most_km + 1 - LAST.km:,}".replace(",", " ")
    assert judge(LAST, bounds.most_km + 1, at).sentence == bounds.too_fast.format(km=too_many)


@pytest.mark.parametrize(
    ("new_km", "at", "field", "reason"),
    [
        (-1, NOON + DAY, "odometer_km", "negative"),
        (50_000.5, NOON + DAY, "odometer_km", "no half kilometre on a meter"),
        (1_000_001, NOON + DAY, "odometer_km", "no meter shows that"),
        (50_010, NOON - HOUR, "at", "older than the last"),
    ],
)
def test_what_is_no_reading_is_refused(new_km: Any, at: datetime, field: str, reason: str) -> None:
    with pytest.raises(RuleBroken) as refused:
        judge(LAST, new_km, at)
    assert refused.value.field == field, reason


@pytest.mark.parametrize(
    ("km", "day", "code", "reason"),
    [
        (50_200, 3, "", "between its neighbours"),
        (50_400, 3, "above_next", "above the one after it"),
        (49_900, 3, "below_last", "below the one before it"),
        (50_300, 3, "", "as much as the one after it: it did not move since"),
        (50_299, 7, "below_last", "at the instant of another, that one came first"),
        (50_600, 8, "", "after them all"),
        (40_000, -5, "", "before them all"),
    ],
)
def test_a_late_reading_finds_its_neighbours(km: int, day: int, code: str, reason: str) -> None:
    known = [make_reading(1, 50_000), make_reading(2, 50_300, day=7)]
    assert judge_among(known, km, NOON + day * DAY).code == code, reason


def test_a_correction_supersedes_and_kilometres_follow() -> None:
    readings = [make_reading(1, 50_000), make_reading(2, 50_870, day=7), make_reading(3, 50_300, day=14)]
    corrected = [*readings, make_reading(4, 50_187, day=7, corrects=2)]
    assert [reading.id for reading in list_standing(corrected)] == [1, 4, 3]
    assert [leg.km for leg in legs(corrected)] == [187, 113]


def test_a_correction_of_a_correction_leaves_one() -> None:
    readings = [make_reading(1, 100), make_reading(2, 900, corrects=1), make_reading(3, 190, corrects=2)]
    assert [reading.id for reading in list_standing(readings)] == [3]


def test_a_doubtful_reading_stands_aside_and_corrects_nothing_yet() -> None:
    readings = [make_reading(1, 100), make_reading(2, 90_000, day=1, doubtful=True, corrects=1)]
    assert [reading.id for reading in list_standing(readings)] == [1]


def test_a_replaced_meter_starts_again_without_negative_kilometres() -> None:
    assert driven_km([make_reading(1, 90_000), make_reading(2, 10, day=7), make_reading(3, 60, day=14)]) == 50


@given(st.lists(st.integers(0, 900), min_size=1, max_size=20), st.randoms())
def test_kilometres_do_not_depend_on_the_order_of_entry(steps: list[int], random: Any) -> None:
    readings = [make_reading(day, sum(steps[: day + 1]), day=day) for day in range(len(steps))]
    shuffled = random.sample(readings, len(readings))
    assert driven_km(shuffled) == sum(steps[1:])
