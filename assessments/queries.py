"""Assessments as others read them: the entry, the exit, what is open today, what the way between has changed."""

from collections.abc import Sequence

from sqlalchemy import Select, select

from assessments.grids import get_grid
from assessments.models import Assessment, Clearance
from assessments.moments import ENTRY, EXIT
from assessments.scoring import Comparison, OtherGrid, compare, score
from mobility.db import db
from mobility.errors import NotFound
from mobility.rights import Role, Viewer


def get_assessment(assessment_id: int, viewer: Viewer) -> Assessment:
    """One assessment: for those who hold them, and, once finished, for the person (domain.md §9 "Data"). Raises NotFound."""
    found = db.session.scalar(select(Assessment).filter(Assessment.id == assessment_id))
    if found is None or not _may_read(found, viewer):
        raise NotFound
    return found


def _may_read(assessment: Assessment, viewer: Viewer) -> bool:
    if viewer.may(Role.ADVISER, Role.MANAGER):
        return True
    return assessment.finished_at is not None and viewer.beneficiary_id == assessment.beneficiary_id


def list_assessments(beneficiary_id: int) -> Sequence[Assessment]:
    """Everything held with the person, drafts included, the latest first."""
    return db.session.scalars(_of(beneficiary_id)).all()


def list_finished(beneficiary_id: int) -> Sequence[Assessment]:
    """The finished ones, the latest first."""
    return db.session.scalars(_finished(beneficiary_id)).all()


def find_draft(beneficiary_id: int, kind: str) -> Assessment | None:
    """The one begun and not finished, of this moment."""
    return db.session.scalar(_of(beneficiary_id).filter(Assessment.kind == kind, Assessment.finished_at.is_(None)).limit(1))


def entry_of(beneficiary_id: int) -> Assessment | None:
    """The last finished entry assessment; without it, no vehicle (domain.md §2.2)."""
    return db.session.scalar(_finished(beneficiary_id).filter(Assessment.kind == ENTRY).limit(1))


def exit_of(beneficiary_id: int) -> Assessment | None:
    """The last finished exit assessment of the path that the last entry began."""
    entry = entry_of(beneficiary_id)
    return find_exit_after(entry) if entry else None


def find_exit_after(entry: Assessment) -> Assessment | None:
    """The last finished exit assessment held on the entry's day or later."""
    later = _finished(entry.beneficiary_id).filter(Assessment.kind == EXIT, Assessment.held_on >= entry.held_on)
    return db.session.scalar(later.limit(1))


def find_entry_before(assessment: Assessment) -> Assessment | None:
    """The entry that an exit or a review is read beside."""
    earlier = _finished(assessment.beneficiary_id).filter(Assessment.kind == ENTRY, Assessment.held_on <= assessment.held_on)
    return db.session.scalar(earlier.limit(1))


def clearances_of(beneficiary_id: int) -> dict[str, Clearance]:
    """What may be lent now, by kind of vehicle; empty before the first finished assessment."""
    rows = db.session.scalars(select(Clearance).filter(Clearance.beneficiary_id == beneficiary_id).order_by(Clearance.id))
    return {row.kind: row for row in rows}


def comparison_of(beneficiary_id: int) -> Comparison | None:
    """Entry against exit, None until both are finished. Raises OtherGrid when their versions differ."""
    entry = entry_of(beneficiary_id)
    exit = find_exit_after(entry) if entry else None
    return compare_with(entry, exit) if entry and exit else None


def compare_with(entry: Assessment, exit: Assessment) -> Comparison:
    """Two finished assessments side by side. Raises OtherGrid when their versions differ."""
    return compare(score(get_grid(entry.grid_version), entry.answers), score(get_grid(exit.grid_version), exit.answers))


def effectiveness_of(beneficiary_id: int) -> int | None:
    """Exit potential − entry potential (domain.md §2.7); None until both are finished, and when they do not compare."""
    try:
        compared = comparison_of(beneficiary_id)
    except OtherGrid:
        return None
    return compared.effectiveness if compared else None


def _of(beneficiary_id: int) -> Select[Assessment]:
    # One mended on the same day comes after the one that it replaces.
    return (
        select(Assessment)
        .filter(Assessment.beneficiary_id == beneficiary_id)
        .order_by(Assessment.held_on.desc(), Assessment.finished_at.desc().nulls_first(), Assessment.id.desc())
    )


def _finished(beneficiary_id: int) -> Select[Assessment]:
    return _of(beneficiary_id).filter(Assessment.finished_at.is_not(None))
