"""The yearly report's own arithmetic."""

import pytest

from mobility.report import percents


@pytest.mark.parametrize(
    ("counts", "said", "why"),
    [
        ({"F": 402, "M": 401}, {"F": 50, "M": 50}, "La Ciotat, 2008"),
        ({"F": 10, "M": 6}, {"F": 63, "M": 37}, "62.5 and 37.5 are not 63 and 38: 101 people of a hundred"),
        ({"F": 1, "M": 1, None: 1}, {"F": 34, "M": 33, None: 33}, "nobody is left out, those whose sex is not known either"),
        ({"M": 3}, {"M": 100}, "one kind alone"),
        ({}, {}, "nobody yet"),
    ],
)
def test_percents_come_to_a_hundred(counts: dict[str | None, int], said: dict[str | None, int], why: str) -> None:
    assert percents(counts) == said, why
