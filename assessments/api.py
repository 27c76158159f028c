"""Assessments as JSON: the same actions and the same shapes as the pages."""

from collections.abc import Iterable
from typing import Any

from assessments import actions
from assessments.grid import Grid
from assessments.grids import get_grid, grid_on
from assessments.models import Assessment, Clearance
from assessments.queries import clearances_of, get_assessment, list_assessments, sheet_of
from assessments.queries.paper import find_genuine, proof_of
from assessments.schemas import (
    AnswersSchema,
    AssessmentOut,
    AssessmentResultOut,
    CheckOut,
    CheckSchema,
    ClearanceOut,
    EvaluationSchema,
    GenuineOut,
    GridOut,
    NewAssessmentSchema,
)
from assessments.short_check import Check, check
from mobility.clock import now, today
from mobility.queries.people import get_beneficiary
from mobility.rights import Role
from mobility.web.access import allow, public
from mobility.web.api import Blueprint
from mobility.web.looks import look
from mobility.web.viewer import viewer

blp = Blueprint("assessments_api", __name__, url_prefix="/api/v1/p/<slug>", description="Bilan de compétences mobilité")
HOLDERS = (Role.ADVISER, Role.MANAGER)


@blp.get("/grids/<version>")
@blp.response(200, GridOut)
@allow(*HOLDERS)
def grid(version: str) -> Grid:
    """A version of the grid, or the `current` one."""
    return grid_on(today()) if version == "current" else get_grid(version)


@blp.get("/people/<int:beneficiary_id>/assessments")
@blp.response(200, AssessmentOut(many=True))
@allow(*HOLDERS)
def held(beneficiary_id: int) -> Iterable[Assessment]:
    """Everything held with somebody, the latest first."""
    person = get_beneficiary(beneficiary_id, viewer())
    look(person.id, page="assessments")
    return list_assessments(person.id)


@blp.post("/people/<int:beneficiary_id>/assessments")
@blp.arguments(NewAssessmentSchema)
@blp.response(201, AssessmentOut)
@allow(*HOLDERS)
def start(asked: dict[str, Any], beneficiary_id: int) -> Assessment:
    """Begin an entry, a review or an exit."""
    return actions.start_assessment(beneficiary_id, **asked, by=viewer(), now=now())


@blp.patch("/assessments/<int:assessment_id>/answers")
@blp.arguments(AnswersSchema)
@blp.response(200, AssessmentOut)
@allow(*HOLDERS)
def answer(answers: dict[str, int], assessment_id: int) -> Assessment:
    """Keep some answers of a draft; those left out stay as they are."""
    return actions.answer(assessment_id, answers, by=viewer(), now=now())


@blp.post("/assessments/<int:assessment_id>/finish")
@blp.response(200, AssessmentResultOut)
@allow(*HOLDERS)
def finish(assessment_id: int) -> dict[str, Any]:
    """Finish a draft once for all: its potential, and what it opens."""
    return _result(actions.finish_assessment(assessment_id, by=viewer(), now=now()))


@blp.get("/assessments/<int:assessment_id>")
@blp.response(200, AssessmentResultOut)
@allow(*HOLDERS, Role.BENEFICIARY)
def result(assessment_id: int) -> dict[str, Any]:
    """An assessment, and what it says once it is finished."""
    assessment = get_assessment(assessment_id, viewer())
    look(assessment.beneficiary_id, page="assessment")
    return _result(assessment)


@blp.get("/people/<int:beneficiary_id>/clearances")
@blp.response(200, ClearanceOut(many=True))
@allow(*HOLDERS)
def clearances(beneficiary_id: int) -> Iterable[Clearance]:
    """What may be lent now, by kind of vehicle."""
    person = get_beneficiary(beneficiary_id, viewer())
    look(person.id, page="assessments")
    return clearances_of(person.id).values()


@blp.post("/people/<int:beneficiary_id>/evaluations")
@blp.arguments(EvaluationSchema)
@blp.response(200, ClearanceOut)
@allow(*HOLDERS)
def evaluate(asked: dict[str, Any], beneficiary_id: int) -> Clearance:
    """Note an evaluation held today; one that is passed opens the kind."""
    return actions.record_evaluation(beneficiary_id, **asked, by=viewer(), now=now())


def _result(assessment: Assessment) -> dict[str, Any]:
    plain = {name: getattr(assessment, name) for name in AssessmentOut().fields}
    if assessment.finished_at is None:
        return plain
    sheet = sheet_of(assessment)
    return plain | {
        "sentence": sheet.sentence,
        "dimensions": sheet.lines,
        "openings": sheet.orientation.openings,
        "strengths": sheet.orientation.strengths,
        "next_steps": sheet.orientation.next_steps,
        "entry_potential": sheet.comparison.entry if sheet.comparison else None,
        "effectiveness": sheet.comparison.effectiveness if sheet.comparison else None,
    }


genuine = Blueprint("genuine_api", __name__, url_prefix="/api/v1/p/<slug>", description="Bilan imprimé : est-il authentique ?")


@genuine.get("/genuine/<number>/<code>")
@genuine.response(200, GenuineOut)
@genuine.doc(security=[])
@public
def show_genuine(number: str, code: str) -> dict[str, Any]:
    """Issued when, valid until when; nothing else is said."""
    return proof_of(find_genuine(number, code), today())


short_check = Blueprint("short_check_api", __name__, url_prefix="/api/v1/simulations", description="Repérage de mobilité, en huit réponses")


@short_check.post("/short-check")
@short_check.arguments(CheckSchema)
@short_check.response(200, CheckOut)
@short_check.doc(security=[])
@public
def answer_short_check(answers: dict[str, Any]) -> Check:
    """Whether a platform fits somebody, which vehicles to think of, and what else could help."""
    return check(answers)
