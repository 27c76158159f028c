"""Assessments held, finished once for all, and what they open, on both engines."""

from datetime import date

import pytest
from sqlalchemy import select

from assessments import actions, grids, queries
from assessments.grids.v2026_1 import GRID_2026_1 as GRID
from assessments.models import Assessment, Clearance
from assessments.orientation import VEHICLES
from assessments.scoring import OtherGrid, Unanswered
from mobility.db import db
from mobility.errors import Conflict, NotFound, RuleBroken
from mobility.models import AuditEntry
from mobility.rights import Role
from tests.house import House, make_house

MONDAY = date(2026, 3, 2)


def make_answers(level: int = 4, **changes: int) -> dict[str, int]:
    return {item.code: level for item in GRID.items()} | changes


def make_assessment(
    house: House,
    kind: str = "entry",
    *,
    person_id: int | None = None,
    held_on: date | None = None,
    answers: dict[str, int] | None = None,
    finished: bool = True,
) -> int:
    """An assessment of the house's person unless said, every answer at the top unless said; opens its own transaction."""
    with house.writing():
        by, now = house.viewer(Role.ADVISER), house.clock()
        made = actions.start_assessment(person_id or house.beneficiary_id, kind=kind, held_on=held_on, by=by, now=now)
        actions.answer(made.id, make_answers() if answers is None else answers, by=by, now=now)
        if finished:
            actions.finish_assessment(made.id, by=by, now=now)
        return made.id


def evaluate(house: House, kind: str, *, passed: bool) -> None:
    with house.writing():
        actions.record_evaluation(house.beneficiary_id, kind=kind, passed=passed, by=house.viewer(Role.ADVISER), now=house.clock())


def states(house: House) -> dict[str, str]:
    with house.reading():
        return {kind: row.state for kind, row in queries.clearances_of(house.beneficiary_id).items()}


def test_answers_come_bit_by_bit_and_the_end_gives_a_number_a_potential_and_what_it_opens(house: House) -> None:
    with house.writing():
        by, now = house.viewer(Role.ADVISER), house.clock()
        made = actions.start_assessment(house.beneficiary_id, kind="entry", by=by, now=now).id
        actions.answer(made, {"bus_map": 1, "cycling": 2}, by=by, now=now)
        actions.answer(made, {"bus_map": 3}, by=by, now=now)
    with house.reading():
        draft = db.session.get_one(Assessment, made)
        assert (draft.answers, draft.grid_version, draft.held_on) == ({"bus_map": 3, "cycling": 2}, "2026.1", MONDAY)
        assert queries.entry_of(house.beneficiary_id) is None
    with house.writing():
        actions.answer(made, make_answers(cycling=2), by=by, now=now)
        actions.finish_assessment(made, by=by, now=now)
    with house.reading():
        entry = queries.entry_of(house.beneficiary_id)
        assert entry and (entry.id, entry.number, entry.potential) == (made, "B-2026-0001", 98)
        noted = db.session.scalars(select(AuditEntry.verb).filter(AuditEntry.subject_number == "P-00001")).all()
        assert {"start_assessment", "answer_assessment", "finish_assessment", "decide_clearance"} == set(noted)
    two_wheels = {kind: "evaluation" for kind in VEHICLES if kind not in ("quadricycle", "car")}
    assert states(house) == two_wheels | {"quadricycle": "open", "car": "open"}


@pytest.mark.parametrize(
    ("answers", "field", "why"),
    [
        ({"flying": 2}, "flying", "an item of no grid"),
        ({"bus_map": 5}, "bus_map", "a level above the grid"),
        ({"bus_map": -1}, "bus_map", "a level below it"),
        ({"bus_map": "3.0"}, "bus_map", "a text"),
        ({"bus_map": True}, "bus_map", "true is not one"),
    ],
)
def test_an_impossible_answer_keeps_nothing(house: House, answers: dict[str, int], field: str, why: str) -> None:
    made = make_assessment(house, answers={}, finished=False)
    with pytest.raises(RuleBroken) as refused, house.writing():
        actions.answer(made, {"new_address": 3} | answers, by=house.viewer(Role.ADVISER), now=house.clock())
    assert refused.value.field == field, why
    with house.reading():
        assert db.session.get_one(Assessment, made).answers == {}


def test_the_end_names_what_is_left(house: House) -> None:
    answers = make_answers()
    del answers["bus_map"]
    with pytest.raises(Unanswered, match="« Je lis un plan de bus »"):
        make_assessment(house, answers=answers)
    assert states(house) == {}


def test_what_is_finished_never_changes(house: House) -> None:
    made = make_assessment(house)
    with house.writing():
        by, now = house.viewer(Role.ADVISER), house.clock()
        with pytest.raises(Conflict, match="terminé"):
            actions.answer(made, {"bus_map": 0}, by=by, now=now)
        with pytest.raises(Conflict, match="terminé"):
            actions.finish_assessment(made, by=by, now=now)


def test_a_mistake_is_mended_by_a_new_one(house: House) -> None:
    make_assessment(house)
    mended = make_assessment(house, answers=make_answers(licence_held=2))
    with house.reading():
        entry = queries.entry_of(house.beneficiary_id)
        assert entry and entry.id == mended
        assert db.session.scalars(select(Clearance.assessment_id)).all() == [mended] * len(VEHICLES)
    assert states(house)["car"] == "not_yet"


def test_the_same_one_is_not_begun_twice(house: House) -> None:
    made = make_assessment(house, answers={}, finished=False)
    with pytest.raises(actions.AlreadyBegun) as refused:
        make_assessment(house, answers={}, finished=False)
    assert refused.value.assessment_id == made


@pytest.mark.parametrize(
    ("kind", "held_on", "field", "why"),
    [
        ("midway", MONDAY, "kind", "no such moment"),
        ("exit", MONDAY, "kind", "an exit without an entry"),
        ("review", MONDAY, "kind", "a review without an entry"),
        ("entry", date(2026, 3, 3), "held_on", "tomorrow"),
    ],
)
def test_a_start_that_cannot_be(house: House, kind: str, held_on: date, field: str, why: str) -> None:
    with pytest.raises(RuleBroken) as refused:
        make_assessment(house, kind, held_on=held_on)
    assert refused.value.field == field, why


def test_an_exit_does_not_precede_its_entry(house: House) -> None:
    make_assessment(house)
    with pytest.raises(RuleBroken, match="précéder"):
        make_assessment(house, "exit", held_on=date(2026, 3, 1))


def test_effectiveness_is_the_exit_less_the_entry(house: House) -> None:
    make_assessment(house, answers=make_answers(2))
    with house.reading():
        assert queries.effectiveness_of(house.beneficiary_id) is None
    house.clock.forward(days=90)
    out = make_assessment(house, "exit", answers=make_answers(3))
    with house.reading():
        found = queries.exit_of(house.beneficiary_id)
        assert found and found.id == out
        assert queries.effectiveness_of(house.beneficiary_id) == 75 - 50


def test_what_follows_an_entry_keeps_its_grid_and_two_grids_do_not_compare(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    make_assessment(house)
    newer = GRID.__class__(version="2026.2", label="Autre", from_on=date(2026, 6, 1), dimensions=GRID.dimensions)
    monkeypatch.setattr(grids, "GRIDS", (GRID, newer))
    house.clock.forward(days=120)
    make_assessment(house, "review")
    make_assessment(house, "exit")
    with house.reading():
        kinds = {a.kind: a.grid_version for a in queries.list_finished(house.beneficiary_id)}
        assert kinds == {"entry": "2026.1", "review": "2026.1", "exit": "2026.1"}
    make_assessment(house, "entry", held_on=date(2026, 6, 1))  # somebody comes back
    with house.reading():
        with pytest.raises(OtherGrid, match="ne se comparent pas"):
            queries.comparison_of(house.beneficiary_id)
        assert queries.effectiveness_of(house.beneficiary_id) is None


def test_an_evaluation_passed_opens_and_stands(house: House) -> None:
    make_assessment(house, answers=make_answers(recent_driving=1))
    evaluate(house, "car", passed=False)
    assert states(house)["car"] == "evaluation"
    evaluate(house, "car", passed=True)
    assert states(house)["car"] == "open"
    make_assessment(house, "review", answers=make_answers(recent_driving=1))
    with house.reading():
        car = queries.clearances_of(house.beneficiary_id)["car"]
        assert (car.state, car.reason) == ("open", "Évaluation réussie le 2 mars 2026.")
    make_assessment(house, "review", answers=make_answers(licence_held=2))
    assert states(house)["car"] == "not_yet", "a licence lost closes what an evaluation opened"


@pytest.mark.parametrize(
    ("assessed", "kind", "said"),
    [(False, "car", "bilan d’entrée"), (True, "car", "pas encore"), (True, "plane", "liste"), (True, "public_transport", "liste")],
)
def test_an_evaluation_that_cannot_be(house: House, assessed: bool, kind: str, said: str) -> None:
    if assessed:
        make_assessment(house, answers=make_answers(licence_held=0))
    with pytest.raises(RuleBroken, match=said):
        evaluate(house, kind, passed=True)


def test_another_platform_finds_nothing(house: House) -> None:
    made = make_assessment(house, answers={}, finished=False)
    other = make_house(house.app, house.clock, "autre")
    with other.writing():
        by, now = other.viewer(Role.ADVISER), house.clock()
        for act in (
            lambda: actions.answer(made, {"bus_map": 1}, by=by, now=now),
            lambda: actions.finish_assessment(made, by=by, now=now),
            lambda: actions.start_assessment(house.beneficiary_id, kind="entry", by=by, now=now),
            lambda: actions.record_evaluation(house.beneficiary_id, kind="car", passed=True, by=by, now=now),
            lambda: queries.get_assessment(made, by),
        ):
            with pytest.raises(NotFound):
                act()


def test_who_reads_an_assessment(house: House) -> None:
    draft = make_assessment(house, answers={}, finished=False)
    with house.writing():
        by, now = house.viewer(Role.ADVISER), house.clock()
        for role, seen in [(Role.ADVISER, True), (Role.BENEFICIARY, False), (Role.PRESCRIBER, False), (Role.MECHANIC, False)]:
            _sees(house, draft, role, seen)
        actions.answer(draft, make_answers(), by=by, now=now)
        actions.finish_assessment(draft, by=by, now=now)
        for role, seen in [(Role.ADVISER, True), (Role.BENEFICIARY, True), (Role.PRESCRIBER, False), (Role.MECHANIC, False)]:
            _sees(house, draft, role, seen)


def _sees(house: House, assessment_id: int, role: Role, seen: bool) -> None:
    if seen:
        assert queries.get_assessment(assessment_id, house.viewer(role)).id == assessment_id
    else:
        with pytest.raises(NotFound):
            queries.get_assessment(assessment_id, house.viewer(role))
