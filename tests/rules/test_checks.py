"""Condition reports and short lists: whole at check-out and check-in, short at a point-étape, and what is new is seen."""

from datetime import UTC, datetime

import pytest

from fleet.checks import check_fuel, check_zones, compare, level_asked, merge, say_level
from fleet.follow_up import check_code, check_note, next_at
from fleet.kinds import get_kind
from mobility.errors import RuleBroken

CAR = dict.fromkeys(dict(get_kind("car").zones), "fine")


def test_a_whole_report_names_every_zone_in_the_order_of_the_kind() -> None:
    assert list(check_zones("car", dict(reversed(CAR.items())), whole=True)) == list(CAR)


@pytest.mark.parametrize(
    ("zones", "field", "reason"),
    [
        ({**CAR, "battery": "fine"}, "zone_battery", "a zone that a car has not"),
        ({**CAR, "left": "splendid"}, "zone_left", "a state that is no code"),
        ({k: v for k, v in CAR.items() if k != "inside"}, "zone_inside", "a zone left out"),
    ],
)
def test_a_report_that_is_not_whole_is_refused_beside_its_zone(zones: dict[str, str], field: str, reason: str) -> None:
    with pytest.raises(RuleBroken) as refused:
        check_zones("car", zones, whole=True)
    assert refused.value.field == field, reason


def test_a_point_etape_says_only_what_changed() -> None:
    assert check_zones("car", {"left": "marked"}, whole=False) == {"left": "marked"}


@pytest.mark.parametrize(
    ("before", "after", "is_new", "reason"),
    [
        ("fine", "marked", True, "a scratch that was not there"),
        ("marked", "marked", False, "known at check-out"),
        ("worn", "broken", True, "worse than it was"),
        ("marked", "fine", False, "mended in between"),
    ],
)
def test_what_is_new_since_the_report_before_is_marked(before: str, after: str, is_new: bool, reason: str) -> None:
    (zone,) = compare("car", {"left": before}, {"left": after})
    assert zone.is_new is is_new, reason


def test_what_is_known_is_the_last_word_on_each_zone() -> None:
    assert merge([{"left": "fine", "right": "fine"}, {"left": "marked"}]) == {"left": "marked", "right": "fine"}


@pytest.mark.parametrize(
    ("energy", "asked", "paper"),
    [
        ("none", None, "sans objet"),
        ("petrol", "Carburant", "réservoir plein"),
        ("hybrid", "Carburant", "réservoir plein"),
        ("electric", "Charge de la batterie", "batterie pleine"),
    ],
)
def test_the_level_is_asked_of_what_has_one_in_its_own_words(energy: str, asked: str | None, paper: str) -> None:
    assert (level_asked(energy), say_level(energy, "full")) == (asked, paper)
    assert check_fuel(energy, "half") == ("half" if asked else None)
    if asked:
        with pytest.raises(RuleBroken) as refused:
            check_fuel(energy, None)
        assert refused.value.field == "fuel"
        assert say_level(energy, None).endswith("niveau non relevé"), "a report of before it was asked"


def test_the_next_point_etape_keeps_its_hour_across_summer_time() -> None:
    before = datetime(2026, 3, 24, 9, 0, tzinfo=UTC)  # 10:00 in Paris, the clocks change on 29 March
    assert next_at(before, 7) == datetime(2026, 3, 31, 8, 0, tzinfo=UTC)


def test_codes_and_notes_have_their_bounds() -> None:
    with pytest.raises(RuleBroken):
        check_code("sometimes", {"yes": "oui"}, field="answer")
    assert check_note("x" * 300) == "x" * 300
    with pytest.raises(RuleBroken):
        check_note("x" * 301)
