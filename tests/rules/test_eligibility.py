from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fleet.conditions import Applicant, Condition, Wish, WorkContract
from fleet.eligibility import NotCleared, Waiver, check, check_waiver, list_conditions
from fleet.kinds import KIND_CODES
from fleet.licences import Driver, Licence
from fleet.papers import Paper
from fleet.requirements import DEFAULTS, requirements_on
from mobility.errors import RuleBroken

FIRST, LAST = date(2026, 3, 2), date(2026, 5, 29)
DAILY, AMIE = (requirements_on(programme, FIRST) for programme in ("daily", "amie"))
LICENCE = Licence(category="B", obtained_on=date(2018, 6, 1))
PAPERS = tuple(
    Paper(code=code, seen_on=date(2026, 2, 25), dated_on=date(2026, 2, 1)) for code in ("identity", "licence", "home", "job", "rsa")
)


def make_applicant(**changes: Any) -> Applicant:
    whole = {
        "driver": Driver(born_on=date(1992, 7, 14), licences=(LICENCE,)),
        "assessed_on": date(2026, 2, 20),
        "clearances": dict.fromkeys(KIND_CODES, "open"),
        "contract": WorkContract(first_on=FIRST, last_on=date(2026, 8, 31)),
        "followed_by": "Mission locale du Canal",
        "member_until_on": date(2026, 12, 31),
        "papers": PAPERS,
    }
    return Applicant(**(whole | changes))


def make_wish(kind: str = "car", **changes: Any) -> Wish:
    return Wish(**{"kind": kind, "first_on": FIRST, "last_on": LAST, **changes})


def states(conditions: tuple[Condition, ...]) -> dict[str, str]:
    return {condition.code: condition.state for condition in conditions}


def missing(applicant: Applicant, wish: Wish, rules: Any = AMIE) -> list[str]:
    return [condition.code for condition in list_conditions(applicant, wish, rules) if condition.state == "missing"]


@pytest.mark.parametrize(
    ("programme", "kind", "codes"),
    [
        ("daily", "bike", "assessment clearance licence membership paper_identity paper_home"),
        ("daily", "scooter", "assessment clearance licence age membership paper_identity paper_licence paper_home"),
        ("daily", "car", "assessment clearance licence age membership paper_identity paper_licence paper_home paper_job"),
        (
            "amie",
            "car",
            "assessment clearance licence age licence_years job followed paper_identity paper_licence paper_home paper_job",
        ),
    ],
)
def test_the_full_list_of_a_programme(programme: str, kind: str, codes: str) -> None:
    conditions = list_conditions(make_applicant(), make_wish(kind), requirements_on(programme, FIRST))
    assert states(conditions) == dict.fromkeys(codes.split(), "met")


def young(years: int) -> Driver:
    return Driver(born_on=date(2026 - years, 3, 2), licences=(LICENCE,))


@pytest.mark.parametrize(
    ("changes", "codes", "reason"),
    [
        ({"assessed_on": None}, ["assessment"], "no vehicle without it"),
        ({"clearances": {"car": "evaluation"}}, ["clearance"], "a trial first"),
        ({"clearances": {"bike": "open"}}, ["clearance"], "another kind's clearance opens nothing"),
        ({"driver": Driver(born_on=date(2008, 3, 3), licences=(LICENCE,))}, ["age"], "18 tomorrow"),
        ({"driver": young(18)}, [], "18 today"),
        ({"driver": replace(young(30), licences=(replace(LICENCE, obtained_on=date(2025, 3, 3)),))}, ["licence_years"], "a year tomorrow"),
        ({"driver": replace(young(30), licences=(replace(LICENCE, obtained_on=date(2025, 3, 2)),))}, [], "a year today"),
        ({"driver": replace(young(30), licences=())}, ["licence", "licence_years"], "no licence: both are told"),
        ({"contract": None}, ["job"], "no job noted"),
        ({"contract": WorkContract(first_on=FIRST)}, [], "open-ended"),
        ({"contract": WorkContract(first_on=FIRST, last_on=date(2026, 4, 1))}, ["job"], "exactly one month is not more than one"),
        ({"contract": WorkContract(first_on=FIRST, last_on=date(2026, 4, 2))}, [], "a month and a day"),
        ({"contract": WorkContract(first_on=date(2025, 1, 1), last_on=date(2026, 3, 1))}, ["job"], "already over"),
        ({"followed_by": ""}, ["followed"], "nobody follows"),
        ({"papers": ()}, ["paper_identity", "paper_licence", "paper_home", "paper_job"], "every paper, not the first alone"),
        ({"member_until_on": None}, [], "AMIE asks for no membership"),
        ({"tier": "rsa", "papers": PAPERS[:4]}, ["paper_rsa"], "the tier brings its own proof"),
        ({"tier": "rsa"}, [], "shown"),
    ],
)
def test_what_is_missing_for_an_amie_car(changes: dict[str, Any], codes: list[str], reason: str) -> None:
    assert missing(make_applicant(**changes), make_wish()) == codes, reason


@pytest.mark.parametrize(("until", "codes"), [(None, ["membership"]), (date(2026, 3, 1), ["membership"]), (FIRST, [])])
def test_membership_covers_the_first_day(until: date | None, codes: list[str]) -> None:
    assert missing(make_applicant(member_until_on=until), make_wish(), DAILY) == codes


def test_no_licence_and_no_card_is_asked_of_the_older_rider() -> None:
    older = make_applicant(driver=Driver(born_on=date(1970, 1, 1)), papers=(PAPERS[0], PAPERS[2]))
    conditions = states(list_conditions(older, make_wish("moped"), DAILY))
    assert conditions["licence"] == "met" and "paper_licence" not in conditions


def test_no_data_can_drop_the_law_or_the_assessment() -> None:
    bare = replace(DAILY, asked=frozenset(), papers={}, least_age={})
    assert missing(Applicant(driver=Driver(born_on=date(1992, 7, 14))), make_wish(), bare) == ["assessment", "clearance", "licence"]


NOBODY = Applicant(driver=Driver(born_on=date(2009, 1, 1)))
REFERENCED = Waiver(code="", reason="on_its_way", reference="Courriel de l’assureur du 27 février 2026")


@pytest.mark.parametrize(
    ("code", "changes", "state", "reason"),
    [
        ("licence", {}, "missing", "the law is never waived"),
        ("paper_licence", {}, "missing", "nor is seeing the licence"),
        ("assessment", {}, "missing", "nor the assessment"),
        ("clearance", {}, "missing", "nor what it opens"),
        ("age", {}, "waived", "the hirer, in writing"),
        ("age", {"reference": " "}, "missing", "the hirer, without a reference"),
        ("licence_years", {"reason": ""}, "waived", "a reference is enough for the hirer"),
        ("job", {"reference": ""}, "waived", "the adviser, by a coded reason"),
        ("job", {"reason": "because"}, "missing", "a reason that nobody coded"),
        ("followed", {}, "waived", "the association's own"),
        ("paper_home", {}, "waived", "a paper on its way"),
    ],
)
def test_who_may_waive_what(code: str, changes: dict[str, str], state: str, reason: str) -> None:
    waiver = replace(REFERENCED, code=code, **changes)
    conditions = list_conditions(NOBODY, make_wish(), AMIE, [waiver])
    assert states(conditions)[code] == state, reason
    assert [condition.code for condition in conditions if condition.state == "waived"] == ([code] if state == "waived" else [])


@pytest.mark.parametrize(
    ("code", "changes", "field"),
    [("licence", {}, "code"), ("age", {"reference": ""}, "reference"), ("job", {"reason": ""}, "reason"), ("job", {}, None)],
)
def test_a_bad_waiver_is_refused_beside_its_field(code: str, changes: dict[str, str], field: str | None) -> None:
    (condition,) = (c for c in list_conditions(NOBODY, make_wish(), AMIE) if c.code == code)
    waiver = replace(REFERENCED, code=code, **changes)
    if field is None:
        check_waiver(condition, waiver)
        return
    with pytest.raises(RuleBroken) as refused:
        check_waiver(condition, waiver)
    assert refused.value.field == field


def test_a_waived_condition_keeps_its_reason_and_reference() -> None:
    waived = next(c for c in list_conditions(NOBODY, make_wish(), AMIE, [replace(REFERENCED, code="age")]) if c.code == "age")
    assert waived.sentence == "Dispense : accord écrit, référence Courriel de l’assureur du 27 février 2026."
    assert (waived.waiver_reason, waived.waiver_reference, waived.class_) == (REFERENCED.reason, REFERENCED.reference, "hirer")


def test_a_met_condition_needs_no_waiver() -> None:
    assert states(list_conditions(make_applicant(), make_wish(), AMIE, [replace(REFERENCED, code="age")]))["age"] == "met"


def test_check_tells_all_that_is_missing_and_nothing_that_is_waived() -> None:
    applicant = make_applicant(assessed_on=None, followed_by="", contract=None)
    with pytest.raises(NotCleared) as refused:
        check(list_conditions(applicant, make_wish(), AMIE, [Waiver(code="job", reason="job_starts")]))
    assert [condition.code for condition in refused.value.missing] == ["assessment", "followed"]
    assert refused.value.sentence == "2 conditions manquent : le bilan d’entrée ; le suivi par une structure."


def test_check_lets_a_whole_file_pass() -> None:
    check(list_conditions(make_applicant(), make_wish(), AMIE))


def test_an_unknown_kind_or_programme_is_refused_beside_its_field() -> None:
    with pytest.raises(RuleBroken) as kind:
        list_conditions(make_applicant(), make_wish("van"), AMIE)
    with pytest.raises(RuleBroken) as programme:
        requirements_on("weekly", FIRST)
    assert (kind.value.field, programme.value.field) == ("kind", "programme")


@pytest.mark.parametrize("programme", DEFAULTS)
@given(
    st.sampled_from(KIND_CODES),
    st.dates(date(1940, 1, 1), date(2012, 1, 1)),
    st.sampled_from(["", "open", "evaluation", "not_yet"]),
    st.sets(st.sampled_from([paper.code for paper in PAPERS])),
    st.booleans(),
)
def test_every_condition_is_told_once_with_a_sentence(
    programme: str, kind: str, born_on: date, clearance: str, shown: set[str], licensed: bool
) -> None:
    applicant = Applicant(
        driver=Driver(born_on=born_on, licences=(LICENCE,) if licensed else ()),
        clearances={kind: clearance},
        papers=tuple(paper for paper in PAPERS if paper.code in shown),
    )
    conditions = list_conditions(applicant, make_wish(kind), requirements_on(programme, FIRST))
    assert len(states(conditions)) == len(conditions)
    assert all(condition.sentence.endswith(".") for condition in conditions)
    assert states(conditions)["assessment"] == "missing"
