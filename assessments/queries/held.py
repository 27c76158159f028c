"""Assessments as others read them: the entry, the exit, what is open today, what the way between has changed."""

from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy import bindparam, select

from assessments.grids import get_grid
from assessments.models import Assessment, Clearance
from assessments.moments import ENTRY, EXIT
from assessments.orientation import EVALUATION, OPEN, orient, suggest
from assessments.scoring import Comparison, OtherGrid, Score, compare, score
from assessments.sheets import Sheet, list_lines, say_suggestion
from mobility.db import Kept, db, look_once
from mobility.errors import Conflict, NotFound
from mobility.queries.people import current_job
from mobility.rights import Role, Viewer

# One mended on the same day comes after the one that it replaces.
_THEIRS = (
    select(Assessment)
    .filter(Assessment.beneficiary_id == bindparam("beneficiary_id"))
    .order_by(Assessment.held_on.desc(), Assessment.finished_at.desc().nulls_first(), Assessment.id.desc())
)
_ALL = Kept(_THEIRS)
_DRAFT = Kept(_THEIRS.filter(Assessment.kind == bindparam("kind"), Assessment.finished_at.is_(None)).limit(1))
_CLEARANCES = Kept(select(Clearance).filter(Clearance.beneficiary_id == bindparam("beneficiary_id")).order_by(Clearance.id))


class Finished(Conflict):
    """The assessment was finished meanwhile (409)."""


def get_assessment(assessment_id: int, viewer: Viewer) -> Assessment:
    """One assessment: for those who hold them, and, once finished, for the person (domain.md §9 "Data"). Raises NotFound."""
    found = db.session.scalar(select(Assessment).filter(Assessment.id == assessment_id))
    if found is None or not _may_read(found, viewer):
        raise NotFound
    return found


def get_draft(assessment_id: int, viewer: Viewer) -> Assessment:
    """One that is not finished yet. Raises NotFound, Finished."""
    found = get_assessment(assessment_id, viewer)
    check_draft(found)
    return found


def check_draft(assessment: Assessment) -> None:
    """Raises Finished: a finished assessment never changes."""
    if assessment.finished_at is not None:
        raise Finished("Ce bilan est terminé et ne change plus. Pour corriger une erreur, faites-en un nouveau.")


def _may_read(assessment: Assessment, viewer: Viewer) -> bool:
    if viewer.may(Role.ADVISER, Role.MANAGER):
        return True
    return assessment.finished_at is not None and viewer.beneficiary_id == assessment.beneficiary_id


def list_assessments(beneficiary_id: int) -> Sequence[Assessment]:
    """Everything held with the person, drafts included, the latest first; few, and a page asks for several of them."""
    return look_once(Assessment, beneficiary_id, lambda: _ALL(beneficiary_id=beneficiary_id).scalars().all())


def list_finished(beneficiary_id: int) -> Sequence[Assessment]:
    """The finished ones, the latest first."""
    return [one for one in list_assessments(beneficiary_id) if one.finished_at is not None]


def find_draft(beneficiary_id: int, kind: str) -> Assessment | None:
    """The one begun and not finished, of this moment."""
    return _DRAFT(beneficiary_id=beneficiary_id, kind=kind).scalar()


def entry_of(beneficiary_id: int) -> Assessment | None:
    """The last finished entry assessment; without it, no vehicle (domain.md §2.2)."""
    return next((one for one in list_finished(beneficiary_id) if one.kind == ENTRY), None)


def exit_of(beneficiary_id: int) -> Assessment | None:
    """The last finished exit assessment of the path that the last entry began."""
    entry = entry_of(beneficiary_id)
    return find_exit_after(entry) if entry else None


def find_exit_after(entry: Assessment) -> Assessment | None:
    """The last finished exit assessment held on the entry's day or later."""
    return next((one for one in list_finished(entry.beneficiary_id) if one.kind == EXIT and one.held_on >= entry.held_on), None)


def find_entry_before(assessment: Assessment) -> Assessment | None:
    """The entry that an exit or a review is read beside."""
    theirs = list_finished(assessment.beneficiary_id)
    return next((one for one in theirs if one.kind == ENTRY and one.held_on <= assessment.held_on), None)


def clearances_of(beneficiary_id: int) -> dict[str, Clearance]:
    """What may be lent now, by kind of vehicle; empty before the first finished assessment."""
    return {row.kind: row for row in _CLEARANCES(beneficiary_id=beneficiary_id).scalars()}


def comparison_of(beneficiary_id: int) -> Comparison | None:
    """Entry against exit, None until both are finished. Raises OtherGrid when their versions differ."""
    entry = entry_of(beneficiary_id)
    exit = find_exit_after(entry) if entry else None
    return compare(score_of(entry), score_of(exit)) if entry and exit else None


def score_of(assessment: Assessment) -> Score:
    """The score of a finished assessment, on its own version of the grid."""
    return score(get_grid(assessment.grid_version), assessment.answers)


def sheet_of(assessment: Assessment) -> Sheet:
    """A finished assessment as it reads; a review or an exit beside its entry, or with the sentence that says why not."""
    grid = get_grid(assessment.grid_version)
    scored = score_of(assessment)
    entry = find_entry_before(assessment) if assessment.kind != ENTRY else None
    before = score_of(entry) if entry else None
    try:
        comparison, no_comparison = (compare(before, scored) if before else None), ""
    except OtherGrid as other:
        comparison, no_comparison = None, other.sentence
    return Sheet(
        lines=list_lines(grid, assessment.answers, scored, before if comparison else None),
        potential=scored.potential,
        orientation=orient(grid, assessment.answers, on=assessment.held_on),
        comparison=comparison,
        no_comparison=no_comparison,
    )


def suggestion_of(assessment: Assessment) -> str:
    """The greenest vehicle that reaches the job of that day, now and after an evaluation; empty without a job whose distance is known."""
    job = current_job(assessment.beneficiary_id, assessment.held_on)
    if job is None or job.one_way_tenths is None:
        return ""
    openings = orient(get_grid(assessment.grid_version), assessment.answers, on=assessment.held_on).openings
    evaluated = [replace(one, state=OPEN) if one.state == EVALUATION else one for one in openings]
    now, after = (
        suggest(ways, one_way_km=job.one_way_tenths / 10, has_transit=False, on=assessment.held_on) for ways in (openings, evaluated)
    )
    return say_suggestion(now, after, job.one_way_tenths)


def effectiveness_of(beneficiary_id: int) -> int | None:
    """Exit potential − entry potential (domain.md §2.7); None until both are finished, and when they do not compare."""
    try:
        compared = comparison_of(beneficiary_id)
    except OtherGrid:
        return None
    return compared.effectiveness if compared else None
