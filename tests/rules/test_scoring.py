from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.grids.v2026_1 import GRID_2026_1 as GRID
from assessments.scoring import OtherGrid, Unanswered, check_answers, compare, list_unanswered, score
from mobility.errors import RuleBroken

ITEMS = {dimension.code: [item.code for item in dimension.items] for dimension in GRID.dimensions}


def make_answers(level: int = 2, **by_dimension: int) -> dict[str, int]:
    return {item: by_dimension.get(code, level) for code, items in ITEMS.items() for item in items}


@pytest.mark.parametrize(
    ("answers", "potential", "reason"),
    [
        (make_answers(0), 0, "nothing yet"),
        (make_answers(4), 100, "everything"),
        (make_answers(2), 50, "the middle"),
        (make_answers(2, psychomotor=0, confidence=0), 50, "declared needs do not lower it"),
        (make_answers(2, psychomotor=4, confidence=4), 50, "nor raise it"),
        (make_answers(0, practice=4), 10, "a dimension of weight 10"),
        (make_answers(0, licences=4), 15, "a dimension of weight 15"),
        (make_answers(0) | {"current_trips": 3}, 3, "3/3 of a level × 10 / 4 = 2.5 rounds up"),
        (make_answers(0) | {"current_trips": 2}, 2, "2/3 of a level × 10 / 4 = 1.67 rounds up"),
        (make_answers(0) | {"current_trips": 1}, 1, "1/3 of a level × 10 / 4 = 0.83 rounds up"),
        (make_answers(0) | {"licence_held": 1}, 1, "1/3 of a level × 15 / 4 = 1.25 rounds down"),
    ],
)
def test_the_potential(answers: dict[str, int], potential: int, reason: str) -> None:
    assert score(GRID, answers).potential == potential, reason


def test_a_dimension_is_the_exact_mean_of_its_items() -> None:
    scored = score(GRID, make_answers(0) | {"bus_map": 4, "connections": 3, "new_address": 1})
    assert {dimension.code: dimension.value for dimension in scored.dimensions}["orientation"] == Fraction(8, 3)


def test_a_final_assessment_names_what_is_missing() -> None:
    answers = make_answers()
    del answers["bus_map"], answers["senses"]
    with pytest.raises(Unanswered) as refused:
        score(GRID, answers)
    assert [item.code for item in refused.value.items] == ["bus_map", "senses"], "a declared need is asked too"
    assert refused.value.sentence == "Il reste 2 réponses à donner : « Je lis un plan de bus », « Je vois et j’entends bien sur la route »."
    assert refused.value.field == "bus_map"


def test_one_missing_answer_is_singular() -> None:
    answers = make_answers()
    del answers["bus_map"]
    with pytest.raises(Unanswered, match="Il reste 1 réponse à donner"):
        score(GRID, answers)


def test_a_draft_may_have_holes_but_no_nonsense() -> None:
    check_answers(GRID, {"bus_map": 3})
    assert len(list_unanswered(GRID, {"bus_map": 3})) == 29


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        ({"bus_map": 5}, "above 4"),
        ({"bus_map": -1}, "below 0"),
        ({"bus_map": True}, "a truth value is no level"),
        ({"bus_map": 2.0}, "levels are whole"),
        ({"plane_map": 2}, "not in the grid"),
    ],
)
def test_a_bad_answer_is_refused_beside_its_item(answer: dict[str, Any], reason: str) -> None:
    with pytest.raises(RuleBroken) as refused:
        check_answers(GRID, answer)
    assert refused.value.field in answer, reason


def test_effectiveness_is_exit_minus_entry() -> None:
    compared = compare(score(GRID, make_answers(1)), score(GRID, make_answers(3)))
    assert (compared.entry, compared.exit, compared.effectiveness) == (25, 75, 50)
    assert [change.code for change in compared.dimensions] == [code for code in ITEMS if code not in {"psychomotor", "confidence"}]


def test_two_versions_do_not_compare() -> None:
    later = score(replace(GRID, version="2027.1"), make_answers())
    with pytest.raises(OtherGrid, match=r"grille 2026\.1 .* grille 2027\.1"):
        compare(score(GRID, make_answers()), later)


levels = st.integers(0, 4)


@given(st.fixed_dictionaries({item.code: levels for item in GRID.items()}), st.sampled_from([item.code for item in GRID.items()]))
def test_one_step_up_never_lowers_the_potential(answers: dict[str, int], code: str) -> None:
    before = score(GRID, answers).potential
    after = score(GRID, answers | {code: min(4, answers[code] + 1)}).potential
    assert 0 <= before <= after <= 100
