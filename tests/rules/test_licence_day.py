"""The day since when a declared licence is held: one on which it could be obtained."""

from contextlib import nullcontext
from datetime import date

import pytest

from mobility.errors import RuleBroken
from mobility.liaison import check_licence_day


@pytest.mark.parametrize(
    ("licence", "on", "refused"),
    [
        (None, None, False),  # nothing told
        ("B", date(2020, 3, 3), False),
        ("AM", date(2012, 7, 14), False),  # the very day of the fourteenth birthday
        ("AM", date(2012, 7, 13), True),  # the day before
        ("B", date(2026, 1, 13), True),  # tomorrow
        ("none", date(2020, 3, 3), True),  # the day of no licence
    ],
)
def test_a_licences_day_is_one_on_which_it_could_be_obtained(licence: str | None, on: date | None, refused: bool) -> None:
    with pytest.raises(RuleBroken) if refused else nullcontext():
        check_licence_day(licence, on, born_on=date(1998, 7, 14), today=date(2026, 1, 12))
