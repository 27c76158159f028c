"""What a change does to a price, and which vehicle a day was lived with."""

from datetime import date

import pytest

from billing.names import renamed, say_names
from fleet.price_change import PriceChange, Total


@pytest.mark.parametrize(
    ("charged", "before", "after", "said", "why"),
    [
        (0, 3500, 4500, "Cela fait 10 € de plus.", "longer"),
        (0, 3500, 2500, "Cela fait 10 € de moins.", "shorter"),
        (1750, 1750, 1750, "Le prix ne change pas.", "swapped"),
    ],
)
def test_a_change_says_before_after_and_the_difference(charged: int, before: int, after: int, said: str, why: str) -> None:
    change = PriceChange(
        before=Total(charged_cents=charged, ahead_cents=before, ahead="Jusqu’au 9 mars 2026 : …"),
        after=Total(charged_cents=charged, ahead_cents=after, ahead="Jusqu’au 11 mars 2026 : …"),
    )
    assert change.sentences[2] == said, why
    assert change.difference_cents == after - before
    assert any("Déjà compté" in sentence for sentence in change.sentences) == bool(charged)


GREY, BLUE, RED = "Citadine grise", "Citadine bleue", "Citadine rouge"


def march(day: int) -> date:
    return date(2026, 3, day)


def test_days_keep_the_vehicle_they_were_driven_with() -> None:
    names = renamed([], before=GREY, after=BLUE, on=march(6))
    assert say_names(names, [march(2), march(5)]) == GREY
    assert say_names(names, [march(8), march(5)]) == "Citadine grise, puis Citadine bleue"
    assert say_names(names, [march(6)]) == BLUE, "the day of the swap is the second vehicle's"
    assert say_names([], [march(6)]) == "", "one vehicle needs no telling"


def test_of_two_swaps_on_one_day_the_last_counts() -> None:
    names = renamed(renamed([], before=GREY, after=BLUE, on=march(6)), before=BLUE, after=RED, on=march(6))
    assert say_names(names, [march(5), march(6)]) == "Citadine grise, puis Citadine rouge"
