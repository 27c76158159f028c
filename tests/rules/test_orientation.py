from datetime import date

import pytest

from assessments.grids import GRIDS
from assessments.grids.v2026_1 import GRID_2026_1 as GRID
from assessments.orientation import DEFAULT_RULES, GREENEST_FIRST, orient, suggest
from assessments.scoring import Unanswered
from fleet.kinds import KIND_CODES

TODAY = date(2026, 3, 2)


def make_answers(level: int = 4, **changes: int) -> dict[str, int]:
    return {item.code: level for item in GRID.items()} | changes


TWO_WHEELS = ("bike", "ebike", "cargo_bike", "moped", "scooter", "scooter125")


@pytest.mark.parametrize(
    ("changes", "state", "ways", "reason"),
    [
        ({}, "", (), "everything is at its best"),
        ({"licence_held": 3}, "not_yet", ("car",), "no licence B, no car"),
        ({"recent_driving": 2}, "evaluation", ("car",), "has not driven for a year"),
        ({"licence_held": 0, "recent_driving": 0}, "not_yet", ("car",), "the graver reason wins"),
        ({"cycling": 2}, "evaluation", TWO_WHEELS, "only on paths: a trial first"),
        ({"cycling": 0}, "not_yet", TWO_WHEELS, "balance has to be learnt"),
        ({"road_rules": 1}, "evaluation", (*TWO_WHEELS, "quadricycle"), "priorities to be learnt again"),
        ({"bus_map": 0, "connections": 1}, "evaluation", ("public_transport",), "a mean of 5/3: the first trip together"),
        ({"bus_map": 0, "connections": 2}, "", (), "a mean of exactly 2 is enough"),
        ({"senses": 0, "gestures": 0, "attention": 0}, "", (), "a declared need closes nothing by itself"),
        ({"confidence_outside": 0}, "", (), "nor does a lack of confidence"),
    ],
)
def test_what_an_assessment_opens(changes: dict[str, int], state: str, ways: tuple[str, ...], reason: str) -> None:
    openings = orient(GRID, make_answers(**changes), on=TODAY).openings
    expected = {way: state if way in ways else "open" for way in GREENEST_FIRST}
    assert [opening.way for opening in openings] == list(GREENEST_FIRST)
    assert {opening.way: opening.state for opening in openings} == expected, reason


def test_every_opening_says_why_and_what_next() -> None:
    for level in range(5):
        for opening in orient(GRID, make_answers(level), on=TODAY).openings:
            assert opening.reason.endswith(".") and opening.next_step.endswith("."), opening


def test_the_reason_told_is_the_gravest() -> None:
    car = orient(GRID, make_answers(licence_held=2, recent_driving=1), on=TODAY).openings[-1]
    assert car.reason == "Il faut le permis B."
    assert car.next_step.startswith("Préparer le permis ensemble")


def test_strengths_and_next_steps_are_plain_words_and_spare_declared_needs() -> None:
    best = orient(GRID, make_answers(4), on=TODAY)
    assert (len(best.strengths), best.next_steps) == (8, ())
    worst = orient(GRID, make_answers(0, phone=3), on=TODAY)
    assert (worst.strengths, len(worst.next_steps)) == ((), 8)
    assert worst.next_steps[-1] == "Apprendre à chercher un trajet sur un téléphone, en atelier.", "the weakest come first"


def test_an_unfinished_assessment_opens_nothing() -> None:
    with pytest.raises(Unanswered):
        orient(GRID, {"bus_map": 4}, on=TODAY)


@pytest.mark.parametrize(
    ("one_way_km", "has_transit", "changes", "way", "reason"),
    [
        (30, True, {}, "public_transport", "the bus first, where it runs"),
        (5, False, {}, "bike", "near, no bus"),
        (7, False, {}, "bike", "the last kilometre by bike"),
        (7.1, False, {}, "ebike", "just beyond a bike"),
        (25, False, {}, "moped", "beyond an e-bike"),
        (80, False, {}, "car", "far"),
        (5, False, {"cycling": 0}, "car", "near, but two wheels are not open yet"),
        (80, False, {"licence_held": 0}, None, "nothing open reaches: work on the way out"),
    ],
)
def test_the_greenest_way_that_reaches_the_job(
    one_way_km: float, has_transit: bool, changes: dict[str, int], way: str | None, reason: str
) -> None:
    openings = orient(GRID, make_answers(**changes), on=TODAY).openings
    found = suggest(openings, one_way_km=one_way_km, has_transit=has_transit, on=TODAY)
    assert (found and found.way) == way, reason


def test_thresholds_name_what_the_grids_have() -> None:
    for grid in GRIDS:
        known = grid.item_codes | {dimension.code for dimension in grid.dimensions}
        assert {threshold.of for rules in DEFAULT_RULES for threshold in rules.thresholds} <= known, grid.version


def test_the_ways_are_the_kinds_of_the_fleet_and_transit() -> None:
    assert set(GREENEST_FIRST) == {*KIND_CODES, "public_transport"}
