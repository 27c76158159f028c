from dataclasses import dataclass
from datetime import date

import pytest

from mobility.dated import find_in_force, in_force
from mobility.errors import RuleBroken
from mobility.periods import months_after


@dataclass(frozen=True, kw_only=True)
class Rate:
    from_on: date
    cents: int


NEWER = Rate(from_on=date(2026, 3, 1), cents=350)
OLDER = Rate(from_on=date(2020, 1, 1), cents=300)


@pytest.mark.parametrize(
    ("day", "found", "reason"),
    [
        (date(2026, 2, 28), OLDER, "the day before a new version"),
        (date(2026, 3, 1), NEWER, "a version holds from its own day"),
        (date(2019, 12, 31), None, "nothing holds before the first"),
    ],
)
def test_the_version_of_a_day(day: date, found: Rate | None, reason: str) -> None:
    assert find_in_force([NEWER, OLDER], day) == found, reason


def test_a_day_without_any_version_is_told() -> None:
    with pytest.raises(RuleBroken, match="31 décembre 2019"):
        in_force([OLDER], date(2019, 12, 31))


@pytest.mark.parametrize(
    ("day", "months", "then", "reason"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28), "a shorter month ends earlier"),
        (date(2028, 1, 31), 1, date(2028, 2, 29), "a leap year"),
        (date(2026, 11, 15), 3, date(2027, 2, 15), "over the new year"),
        (date(2026, 3, 31), -1, date(2026, 2, 28), "backwards"),
        (date(2026, 3, 10), 0, date(2026, 3, 10), "no month at all"),
    ],
)
def test_months_after(day: date, months: int, then: date, reason: str) -> None:
    assert months_after(day, months) == then, reason
