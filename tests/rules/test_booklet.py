"""What a booklet lets be seen, and what an experience must be."""

from dataclasses import fields
from datetime import UTC, date, datetime
from itertools import chain, combinations

import pytest

from assessments.booklet.competences import LABELS, LISTS, label_of, list_on
from assessments.booklet.contents import (
    COMPETENCES,
    EXPERIENCES,
    PAGES,
    Booklet,
    Competence,
    Experience,
    Held,
    Licence,
    Reference,
    Training,
    check_experience,
    only,
)
from assessments.grids import GRIDS
from mobility.errors import RuleBroken

WORK = Experience(id=1, kind="internship", employer="EMPLOYEUR", starts_on=date(2026, 1, 5), ends_on=None)
BOOKLET = Booklet(
    full_name="Camille Essai",
    platform="Essai",
    made_at=datetime(2026, 3, 2, tzinfo=UTC),
    pages=tuple(PAGES),
    competences=(
        Competence(
            id=1,
            code="team",
            label="COMPETENCE",
            noted_on=date(2026, 1, 5),
            references=(Reference(by="Noa", on=date(2026, 2, 1), experience=WORK),),
        ),
    ),
    experiences=(WORK,),
    trainings=(Training(label="FORMATION", starts_on=date(2025, 1, 6), ends_on=None),),
    licences=(Licence(category="PERMIS", issued_on=None, valid_until=None),),
    assessments=(Held(moment="BILAN", held_on=date(2026, 1, 6)),),
)
SAID = {"competences": {"COMPETENCE"}, "experiences": {"EMPLOYEUR"}, "training": {"FORMATION", "PERMIS"}, "assessments": {"BILAN"}}


@pytest.mark.parametrize("pages", list(chain.from_iterable(combinations(PAGES, size) for size in range(5))))
def test_only_the_pages_chosen_say_anything(pages: tuple[str, ...]) -> None:
    shown = repr(only(BOOKLET, pages))
    said = {word for words in SAID.values() for word in words if word in shown}
    assert said == {word for page in pages for word in SAID[page]}


def test_a_reference_keeps_who_and_when_without_the_experience() -> None:
    (one,) = only(BOOKLET, (COMPETENCES,)).competences
    assert (one.references[0].by, one.references[0].experience, one.state) == ("Noa", None, "confirmed")
    assert only(BOOKLET, (COMPETENCES, EXPERIENCES)).competences == BOOKLET.competences


def test_every_field_of_a_booklet_belongs_to_a_page_or_says_whose_it_is() -> None:
    assert {field.name for field in fields(Booklet)} == {
        "full_name",
        "platform",
        "made_at",
        "pages",
        "competences",
        "experiences",
        "trainings",
        "licences",
        "assessments",
    }, "say in `only` which page shows it"


@pytest.mark.parametrize(("starts_on", "ends_on"), [(date(2026, 3, 3), None), (date(2026, 2, 2), date(2026, 2, 1))])
def test_an_experience_that_cannot_be(starts_on: date, ends_on: date | None) -> None:
    with pytest.raises(RuleBroken):
        check_experience(starts_on=starts_on, ends_on=ends_on, today=date(2026, 3, 2))


def test_the_lists_hold_each_code_once_and_no_declared_need() -> None:
    for each in LISTS:
        codes = [code for group in each.groups for code in group.competences]
        assert len(codes) == len({*codes})
        known = {dimension.code: dimension for dimension in GRIDS[-1].dimensions}
        assert all(known[group.dimension].counts for group in each.groups if group.dimension)
    assert list_on(date(2026, 3, 2)).version == "2026.1" and label_of("team") == LABELS["team"] and label_of("gone") == "gone"
