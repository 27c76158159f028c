"""Holding an assessment: begun, answered bit by bit, finished once for all; and the evaluation that opens a vehicle.

A finished one never changes: a mistake is mended by a new one, which then counts (domain.md §2.2, §10.7).
"""

from collections.abc import Mapping
from datetime import date, datetime

from sqlalchemy import select

from assessments.clearing import Decision, after_assessment, after_evaluation
from assessments.grid import Grid
from assessments.grids import find_grid, get_grid, grid_on
from assessments.models import Assessment, Clearance
from assessments.moments import ENTRY, check_start
from assessments.orientation import VEHICLES, orient
from assessments.queries import check_draft, clearances_of, entry_of, find_draft
from assessments.scoring import check_answers, score
from mobility import audit, numbers
from mobility.actions.people import lock_beneficiary
from mobility.db import db
from mobility.errors import Conflict, NotFound, RuleBroken
from mobility.models import Beneficiary
from mobility.periods import paris_day
from mobility.rights import Viewer


class AlreadyBegun(Conflict):
    """The same assessment is under way; `assessment_id` says which to take up."""

    def __init__(self, draft: Assessment) -> None:
        super().__init__("Ce bilan est déjà commencé : reprenez-le là où il en est.", field="kind")
        self.assessment_id = draft.id


def start_assessment(beneficiary_id: int, *, kind: str, held_on: date | None = None, by: Viewer, now: datetime) -> Assessment:
    """Begin an entry, a review or an exit, held today unless said. Raises NotFound, AlreadyBegun, RuleBroken."""
    person = lock_beneficiary(beneficiary_id)
    today = paris_day(now)
    held_on = held_on or today
    entry = entry_of(person.id)
    check_start(kind, held_on=held_on, entry_on=entry.held_on if entry else None, today=today)
    draft = find_draft(person.id, kind)
    if draft is not None:
        raise AlreadyBegun(draft)
    assessment = Assessment(
        beneficiary_id=person.id,
        kind=kind,
        grid_version=_grid_for(kind, entry, held_on).version,
        held_on=held_on,
        held_by=by.account_id,
        answers={},
    )
    db.session.add(assessment)
    audit.record("start_assessment", assessment, by=by, now=now, subject=person)
    return assessment


def answer(assessment_id: int, answers: Mapping[str, int], *, by: Viewer, now: datetime) -> Assessment:
    """Keep some answers of a draft, beside those already given. Raises NotFound, Finished, RuleBroken on a bad answer."""
    person, assessment = _lock_draft(assessment_id)
    check_answers(get_grid(assessment.grid_version), answers)
    assessment.answers = {**assessment.answers, **answers}
    audit.record("answer_assessment", assessment, by=by, now=now, subject=person)
    return assessment


def finish_assessment(assessment_id: int, *, by: Viewer, now: datetime) -> Assessment:
    """Score the assessment and write what it opens. Raises NotFound, Finished, Unanswered naming what is left."""
    person, assessment = _lock_draft(assessment_id)
    grid = get_grid(assessment.grid_version)
    assessment.potential = score(grid, assessment.answers).potential
    assessment.finished_at = now
    year = assessment.held_on.year
    assessment.number = f"B-{year}-{numbers.take('assessment', year):04d}"
    person.last_contact_at = max(person.last_contact_at, now)
    audit.record("finish_assessment", assessment, by=by, now=now, subject=person)
    known = clearances_of(person.id)
    openings = orient(grid, assessment.answers, on=assessment.held_on).openings
    for decision in after_assessment(openings, {kind: clearance.passed_on for kind, clearance in known.items()}):
        clearance = known.get(decision.kind) or Clearance(beneficiary_id=person.id, kind=decision.kind)
        clearance.assessment_id = assessment.id
        _write(clearance, decision, person, by=by, now=now)
    return assessment


def record_evaluation(beneficiary_id: int, *, kind: str, passed: bool, by: Viewer, now: datetime) -> Clearance:
    """Note an evaluation held today; one that is passed opens the kind. Raises NotFound, RuleBroken before an assessment or against it."""
    person = lock_beneficiary(beneficiary_id)
    clearance = clearances_of(person.id).get(kind)
    if clearance is None:
        raise RuleBroken("Faites d’abord le bilan d’entrée." if kind in VEHICLES else "Choisissez un véhicule de la liste.", field="kind")
    decision = after_evaluation(kind, clearance.state, passed=passed, held_on=paris_day(now))
    _write(clearance, decision, person, by=by, now=now)
    return clearance


def _write(clearance: Clearance, decision: Decision, person: Beneficiary, *, by: Viewer, now: datetime) -> None:
    clearance.state = decision.state
    clearance.reason = decision.reason
    clearance.next_step = decision.next_step
    clearance.passed_on = decision.passed_on
    clearance.decided_at = now
    clearance.decided_by = by.account_id
    db.session.add(clearance)
    audit.record("decide_clearance", clearance, by=by, now=now, subject=person)


def _lock_draft(assessment_id: int) -> tuple[Beneficiary, Assessment]:
    """The person, locked, and their draft as it is now. Raises NotFound, Finished."""
    assessment = db.session.scalar(select(Assessment).filter(Assessment.id == assessment_id))
    if assessment is None:
        raise NotFound
    person = lock_beneficiary(assessment.beneficiary_id)
    db.session.refresh(assessment)
    check_draft(assessment)
    return person, assessment


def _grid_for(kind: str, entry: Assessment | None, held_on: date) -> Grid:
    """The grid in force; for a review or an exit, its entry's while it is held, so that they compare."""
    same = find_grid(entry.grid_version) if kind != ENTRY and entry else None
    return same or grid_on(held_on)
