"""What a platform's year says of its assessments."""

from datetime import date

from assessments.figures import FEWEST
from mobility.slots import Slot, gather
from tests.actions.test_assessments import make_answers, make_assessment
from tests.garage import make_person
from tests.house import House


def test_the_year_counts_people_and_their_way(house: House) -> None:
    with house.reading():
        assert {line.key: line.value for line in gather(Slot.REPORT, 2026)}["effectiveness"] is None
    make_assessment(house, answers=make_answers(1), held_on=date(2025, 12, 1))
    make_assessment(house, answers=make_answers(2), held_on=date(2025, 12, 1))  # mends the first
    make_assessment(house, "exit", answers=make_answers(3))
    with house.reading():
        figures = {line.key: line.value for line in gather(Slot.REPORT, 2026)}
        keys = ("entry_assessments", "exit_assessments", "potential_at_entry", "potential_at_exit", "effectiveness", "effectiveness_margin")
        assert [figures[key] for key in keys] == [0, 1, 50, 75, 25, None], "one person’s way has no margin"
        assert list(figures["effectiveness_by_public"].values()) == [None] * len(figures["effectiveness_by_public"])
        assert {line.key: line.value for line in gather(Slot.REPORT, 2025)}["entry_assessments"] == 1


def test_the_year_says_what_each_public_gained(house: House) -> None:
    with house.writing():
        people = [make_person(house, 100 + number, sex="F", birth_on=date(1980 + number, 5, 1)).id for number in range(FEWEST)]
    for number, person in enumerate(people):
        make_assessment(house, answers=make_answers(2), person_id=person, held_on=date(2026, 1, 5))
        make_assessment(house, "exit", answers=make_answers(3 if number else 2), person_id=person)
    with house.reading():
        figures = {line.key: line.value for line in gather(Slot.REPORT, 2026)}
    assert (figures["potential_at_entry"], figures["effectiveness"]) == (50, 20)
    assert figures["effectiveness_by_public"] == {"Femmes (5 personnes)": 20, "26 à 49 ans (5 personnes)": 20}
