"""The short check: every combination of its eight taps is answered, never a loan that is not needed (domain.md §2.1, §2.3)."""

from itertools import product

import pytest

from assessments.orientation import DEFAULT_RULES, VEHICLES
from assessments.short_check import FITS, NOT_NEEDED, PERHAPS, QUESTIONS, check

USUAL = {
    "purpose": "job",
    "distance": "long",
    "hours": "odd",
    "transit": "no",
    "licence": "B",
    "cycles": "no",
    "means": "none",
    "rights": "aided",
}


def test_every_combination_is_answered_and_no_unneeded_loan_names_a_vehicle() -> None:
    told = 0
    for answers in product(*(question.answers for question in QUESTIONS)):
        found = check(dict(zip((question.code for question in QUESTIONS), answers, strict=True)))
        assert set(found.kinds) <= set(VEHICLES)
        assert found.sentence and (found.fit != NOT_NEEDED or not found.kinds)
        assert found.kinds or found.others or found.fit != FITS
        told += 1
    print(f"short check: {told} combinations of eight taps, each answered")
    assert len(QUESTIONS) == 8


@pytest.mark.parametrize(
    ("more", "fit", "kinds"),
    [
        ({}, FITS, ("scooter", "car")),
        ({"distance": "bike", "cycles": "yes"}, FITS, ("bike", "ebike", "scooter", "car")),
        ({"licence": "none"}, PERHAPS, ()),
        ({"licence": "none", "distance": "mid", "cycles": "yes"}, FITS, ("ebike",)),
        ({"licence": "AM", "distance": "far"}, PERHAPS, ()),
        ({"purpose": "search"}, PERHAPS, ("scooter", "car")),
        ({"transit": "yes"}, FITS, ("scooter", "car")),
        ({"transit": "yes", "hours": "day"}, NOT_NEEDED, ()),
        ({"means": "own"}, NOT_NEEDED, ()),
        ({"means": "broken"}, FITS, ("scooter", "car")),
    ],
)
def test_what_is_answered_to_whom(more: dict[str, str], fit: str, kinds: tuple[str, ...]) -> None:
    found = check(USUAL | more)
    assert (found.fit, found.kinds) == (fit, kinds)


def test_its_bands_are_within_the_reach_that_the_assessment_counts_on() -> None:
    reach = DEFAULT_RULES[0].reach_km
    assert (reach["bike"], reach["ebike"], reach["scooter"]) == (7, 15, 30)


def test_what_else_could_help_is_said() -> None:
    def others(**more: str) -> str:
        return " ".join(check(USUAL | more).others)

    assert "auto-école sociale" in others(licence="learning") and "auto-école" not in others()
    assert "tarifs réduits" in others(transit="unknown") and "tarifs réduits" not in others()
    assert "vélo électrique" in others(distance="mid", cycles="yes") and "vélo-école" in others(distance="bike")
    assert "garage solidaire" in others(means="broken") and "covoiturage" in others()
