from datetime import UTC, datetime, timedelta

import pytest

from fleet.blocks import check_block
from mobility.errors import RuleBroken

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("reason", "starts_at", "ends_at", "field", "why"),
    [
        ("fun", NOW, NOW + DAY, "reason", "no reason that is known"),
        ("workshop", NOW, NOW, "ends_at", "no time at all"),
        ("workshop", NOW + DAY, NOW + DAY - timedelta(seconds=1), "ends_at", "less than none"),
        ("workshop", NOW - 2 * DAY, NOW, "ends_at", "over already"),
        ("workshop", NOW, NOW + 367 * DAY, "ends_at", "a day more than a year"),
        ("workshop", NOW, NOW.replace(year=2116), "ends_at", "ninety years"),
        ("workshop", NOW.replace(year=1936), NOW + DAY, "ends_at", "ninety years gone by"),
    ],
)
def test_a_block_that_cannot_be_is_refused_beside_its_field(
    reason: str, starts_at: datetime, ends_at: datetime, field: str, why: str
) -> None:
    with pytest.raises(RuleBroken) as refused:
        check_block(reason, starts_at, ends_at, now=NOW)
    assert refused.value.field == field, why


def test_a_year_is_the_most() -> None:
    check_block("workshop", NOW, NOW + 366 * DAY, now=NOW)
