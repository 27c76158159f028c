"""A rental of the programme of before this software: what domain.md §3.1 asked, met, missing or waived, told from its file."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from billing.schedule import Month, Programme, end_early, plan
from fleet.conditions import (
    AGE,
    CLASS_NAMES,
    FOLLOWED,
    JOB,
    LICENCE,
    LICENCE_YEARS,
    MISSING,
    STATE_NAMES,
    WAIVED,
    Applicant,
    Condition,
    Wish,
    WorkContract,
    list_personal,
)
from fleet.eligibility import Waiver
from fleet.licences import Driver, Licence
from fleet.requirements import Requirements

ASKED = (FOLLOWED, AGE, LICENCE, LICENCE_YEARS, JOB)  # in the order of domain.md §3.1
KIND = "car"  # the programme lends nothing else
HELPED = "helped"  # a waiver's reason: the person was helped all the same, as the platform's own table says
TO_COMPLETE = "Le tableau ne le dit pas : à compléter."


@dataclass(frozen=True, kw_only=True)
class PastFacts:
    """What a file says of a person and of the vehicle's days; `last_on` is the last day of the programme while it was not handed back."""

    born_on: date | None
    licences: tuple[Licence, ...]
    contract: WorkContract | None
    followed_by: str
    first_on: date
    last_on: date


def past_conditions(facts: PastFacts, rules: Requirements, waivers: Iterable[Waiver] = ()) -> tuple[Condition, ...]:
    """Every condition; what the file does not say is missing and to be completed, never waived."""
    driver = Driver(born_on=facts.born_on or facts.first_on, licences=facts.licences)
    applicant = Applicant(driver=driver, contract=facts.contract, followed_by=facts.followed_by)
    found = {c.code: c for c in list_personal(applicant, Wish(kind=KIND, first_on=facts.first_on, last_on=facts.last_on), rules)}
    given, blank = {waiver.code: waiver for waiver in waivers}, _unsaid(facts)
    return tuple(_state(found[code], given.get(code), unsaid=code in blank) for code in ASKED if code in found)


def waivers_due(conditions: Iterable[Condition], reference: str) -> tuple[Waiver, ...]:
    """The waivers to record: people who were helped although a condition that can be waived was not met (domain.md §3.1)."""
    due = (c for c in conditions if c.state == MISSING and c.waivable and c.sentence != TO_COMPLETE)
    return tuple(Waiver(code=condition.code, reason=HELPED, reference=reference) for condition in due)


def lasting_code(end_reason: str, *, is_lasting: bool) -> str:
    """A yes or no about a lasting solution, as the outcome's code: which one it was is only known of who bought a vehicle."""
    if not is_lasting:
        return "none"
    return "own_car" if end_reason == "own_vehicle" else "other"


def past_months(programme: Programme, first_on: date, returned_on: date | None) -> list[Month]:
    """The months of the schedule as they were held; all of them while nobody knows of a return (domain.md §10.3)."""
    months = plan(programme, first_on)
    return months if returned_on is None else end_early(months, returned_on)


def say_conditions(conditions: Iterable[Condition]) -> str:
    """What is not simply met, each with its class: "l’ancienneté du permis : dispense (loueur ou assureur), …"; nothing otherwise."""
    return " ; ".join(_say(condition) for condition in conditions if condition.state in (MISSING, WAIVED))


def worst_state(conditions: Iterable[Condition]) -> str:
    """Missing before waived before met."""
    states = {condition.state for condition in conditions}
    return next(state for state in (MISSING, WAIVED, *STATE_NAMES) if state in states)


def _say(condition: Condition) -> str:
    if condition.state == WAIVED:
        return f"{condition.label} : dispense ({CLASS_NAMES[condition.class_]}), {condition.waiver_reference}"
    return f"{condition.label} : {'à compléter' if condition.sentence == TO_COMPLETE else 'manque'} ({CLASS_NAMES[condition.class_]})"


def _unsaid(facts: PastFacts) -> frozenset[str]:
    blank: Mapping[str, bool] = {
        AGE: facts.born_on is None,
        LICENCE: not facts.licences,
        LICENCE_YEARS: not facts.licences,
        JOB: facts.contract is None,
    }
    return frozenset(code for code, is_blank in blank.items() if is_blank)


def _state(condition: Condition, waiver: Waiver | None, *, unsaid: bool) -> Condition:
    if unsaid:
        return replace(condition, state=MISSING, sentence=TO_COMPLETE)
    if waiver is None or condition.state != MISSING:
        return condition
    sentence = f"Dispense notée à la reprise : {waiver.reference}."
    return replace(condition, state=WAIVED, sentence=sentence, waiver_reason=waiver.reason, waiver_reference=waiver.reference)
