"""What a file of before says of its conditions and of its months (domain.md §3.1, §10.3)."""

from dataclasses import replace
from datetime import date

import pytest

from billing.schedule import AMIE_2008
from fleet.conditions import MET, MISSING, WAIVED, WorkContract
from fleet.eligibility import Waiver
from fleet.licences import Licence
from fleet.past_rentals import TO_COMPLETE, PastFacts, past_conditions, past_months, waivers_due, worst_state
from fleet.requirements import requirements_on

HANDED = date(2008, 2, 29)
RULES = requirements_on("amie", HANDED)


def licence(year: int, month: int, day: int) -> tuple[Licence, ...]:
    return (Licence(category="B", obtained_on=date(year, month, day)),)


GOOD = PastFacts(
    born_on=date(1980, 1, 1),
    licences=licence(2007, 2, 28),
    contract=WorkContract(first_on=date(2008, 2, 1), last_on=date(2008, 3, 1)),
    followed_by="GEIQ",
    first_on=HANDED,
    last_on=date(2008, 7, 28),
)


@pytest.mark.parametrize(
    ("facts", "state", "waived", "why"),
    [
        (GOOD, MET, [], "a year and a day of licence, a month and a day of contract"),
        (
            replace(GOOD, licences=licence(2007, 3, 1)),
            WAIVED,
            ["licence_years"],
            "a day short of a year",
        ),
        (replace(GOOD, contract=WorkContract(first_on=HANDED, last_on=date(2008, 3, 28))), WAIVED, ["job"], "a month is not more than one"),
        (replace(GOOD, born_on=date(1990, 3, 1)), WAIVED, ["age"], "18 the day after"),
        (
            replace(GOOD, licences=licence(2008, 3, 1)),
            MISSING,
            ["licence_years"],
            "the law is not waived",
        ),
        (replace(GOOD, licences=()), MISSING, [], "what is not said is completed, not waived"),
        (replace(GOOD, contract=None), MISSING, [], "nor a contract"),
        (replace(GOOD, born_on=None), MISSING, [], "nor an age"),
    ],
    ids=lambda case: case if isinstance(case, str) else "",
)
def test_conditions(facts: PastFacts, state: str, waived: list[str], why: str) -> None:
    due = waivers_due(past_conditions(facts, RULES), "2008, dossier 1")
    assert [(w.code, w.reference) for w in due] == [(code, "2008, dossier 1") for code in waived], why
    asked = past_conditions(facts, RULES, due)
    assert worst_state(asked) == state, why
    assert {c.code for c in asked if c.state == WAIVED} == set(waived), why


def test_a_waiver_of_what_nobody_said_waits() -> None:
    asked = past_conditions(replace(GOOD, contract=None), RULES, [Waiver(code="job", reason="helped", reference="x")])
    assert [c.sentence for c in asked if c.state == MISSING] == [TO_COMPLETE]


def test_months_end_with_the_vehicle_or_with_the_fifth() -> None:
    five = past_months(AMIE_2008, HANDED, None)
    assert [month.rent_cents for month in five] == [0, 4600, 10400, 16200, 22000]
    assert past_months(AMIE_2008, HANDED, date(2008, 12, 31)) == five, "nothing after month 5"
    assert five[-1].last_on == date(2008, 7, 28)
