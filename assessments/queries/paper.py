"""A finished assessment on its way to paper."""

from assessments.documents.assessment import AssessmentPaper, Dimension
from assessments.grids import get_grid
from assessments.models import Assessment
from assessments.moments import MOMENT_NAMES
from assessments.queries.held import sheet_of
from assessments.sheets import say_line, say_opening
from mobility import practice
from mobility.db import db
from mobility.documents.papers import Signature
from mobility.models import Account, Beneficiary
from mobility.queries.letterhead import letterhead, person_of


def paper_of(assessment: Assessment) -> AssessmentPaper:
    """The paper of a finished assessment; the platform's authority is printed where it has one (domain.md §9 "Mobility diagnosis")."""
    assert assessment.number and assessment.finished_at
    sheet = sheet_of(assessment)
    person = person_of(db.session.get_one(Beneficiary, assessment.beneficiary_id))
    held_by = db.session.get(Account, assessment.held_by) if assessment.held_by else None
    adviser = held_by.name if held_by else "Conseiller mobilité"
    return AssessmentPaper(
        platform=letterhead(),
        number=assessment.number,
        dated_at=assessment.finished_at,
        held_on=assessment.held_on,
        moment=MOMENT_NAMES[assessment.kind].removeprefix("Bilan "),
        person=person,
        adviser=adviser,
        grid=get_grid(assessment.grid_version).label,
        dimensions=tuple(
            Dimension(label=line.label, words=say_line(line), percent=line.percent, entry_percent=line.entry_percent)
            for line in sheet.lines
        ),
        potential=sheet.potential,
        entry_potential=sheet.comparison.entry if sheet.comparison else None,
        opens=tuple(say_opening(opening) for opening in sheet.orientation.openings),
        authority=practice.value_on("assessments.authority", assessment.held_on) or None,
        signatures=(
            Signature(capacity="La personne accompagnée", full_name=person.full_name),
            Signature(capacity="Pour la plateforme", full_name=adviser),
        ),
    )
