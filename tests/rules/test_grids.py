from datetime import date

import pytest

from assessments.grid import Grid
from assessments.grids import GRIDS, get_grid, grid_on
from assessments.grids.v2026_1 import GRID_2026_1
from mobility.errors import NotFound, RuleBroken


def list_words(grid: Grid) -> list[str]:
    return [words for item in grid.items() for words in item.levels]


def test_the_first_grid_has_ten_dimensions_in_the_order_of_the_sheet() -> None:
    assert [dimension.code for dimension in GRID_2026_1.dimensions] == [
        "practice",
        "licences",
        "orientation",
        "road",
        "psychomotor",
        "language",
        "digital",
        "budget",
        "confidence",
        "constraints",
    ]


def test_gestures_and_confidence_are_declared_needs() -> None:
    assert {dimension.code for dimension in GRID_2026_1.dimensions if not dimension.counts} == {"psychomotor", "confidence"}


@pytest.mark.parametrize("grid", GRIDS, ids=lambda grid: grid.version)
class TestEveryGrid:
    def test_three_items_each_with_a_code_of_its_own(self, grid: Grid) -> None:
        codes = [dimension.code for dimension in grid.dimensions] + [item.code for item in grid.items()]
        assert len(codes) == len(set(codes)), "items and dimensions share one space: thresholds name either"
        assert {len(dimension.items) for dimension in grid.dimensions} == {3}

    def test_every_level_is_a_sentence_of_its_own(self, grid: Grid) -> None:
        for item in grid.items():
            assert len(set(item.levels)) == 5, item.code
        for words in list_words(grid):
            assert words[0].isupper() and words.endswith("."), words
            assert len(words) <= 70, f"too long to read side by side: {words}"

    def test_the_typography_is_french(self, grid: Grid) -> None:
        labels = [item.label for item in grid.items()] + [dimension.label for dimension in grid.dimensions]
        for words in [*list_words(grid), *labels]:
            assert "'" not in words and "\u00a0" not in words, words

    def test_what_counts_has_a_strength_and_a_next_step(self, grid: Grid) -> None:
        for dimension in grid.dimensions:
            assert bool(dimension.strength and dimension.next_step) == dimension.counts, dimension.code

    def test_weights_sum_to_a_hundred(self, grid: Grid) -> None:
        assert sum(dimension.weight for dimension in grid.dimensions) == 100


def test_a_version_is_found_by_its_name_and_by_its_day() -> None:
    assert get_grid("2026.1") is GRID_2026_1 is grid_on(date(2026, 3, 2))
    with pytest.raises(NotFound):
        get_grid("1999.1")
    with pytest.raises(RuleBroken):
        grid_on(date(1999, 12, 31))
