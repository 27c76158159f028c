"""A finished assessment on its way to paper."""

from datetime import date, datetime
from typing import Any

from flask import current_app
from sqlalchemy import select

from assessments.documents.assessment import AssessmentPaper, Dimension
from assessments.genuine import code_of, is_genuine, valid_until
from assessments.grids import get_grid
from assessments.models import Assessment
from assessments.moments import MOMENT_NAMES, REVIEW
from assessments.queries.held import sheet_of
from assessments.sheets import say_change, say_line, say_opening
from mobility import practice
from mobility.addresses import page_address
from mobility.codes import JOB_KINDS, MOTIVES, WISHES
from mobility.db import db, platform_id
from mobility.documents.papers import Signature
from mobility.errors import NotFound
from mobility.geo.places import say_km
from mobility.models import Account, Beneficiary
from mobility.queries.letterhead import letterhead, person_of, platform_here
from mobility.queries.liaison import latest_motive
from mobility.queries.people import current_job


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
        valid_until=valid_until(assessment.held_on),
        situation=_situation(assessment),
        objective=_objective(assessment),
        progress=say_change(sheet.comparison.effectiveness) if sheet.comparison else "",
        proof=page_address(platform_here().slug, f"genuine/{assessment.number}/{_code_of(assessment)}"),
        moment=MOMENT_NAMES[assessment.kind].removeprefix("Bilan "),
        column="En chemin" if assessment.kind == REVIEW else "Sortie",
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


def find_genuine(number: str, code: str) -> Assessment:
    """The finished assessment that a printed code proves. Raises NotFound, whatever is wrong with it."""
    found = db.session.scalar(select(Assessment).filter(Assessment.number == number, Assessment.finished_at.is_not(None)))
    keys, here = current_app.extensions["settings"].encryption_keys, platform_id()
    if found is None or here is None or not is_genuine(code, keys, here, number, _finished_at(found)):
        raise NotFound("Aucun bilan délivré ici ne porte ce code.")
    return found


def proof_of(assessment: Assessment, today: date) -> dict[str, Any]:
    """All that a stranger reads of a genuine assessment."""
    until = valid_until(assessment.held_on)
    return {"genuine": True, "issued_on": assessment.held_on, "valid_until": until, "is_valid": today <= until}


def _code_of(assessment: Assessment) -> str:
    assert assessment.number
    newest = current_app.extensions["settings"].encryption_keys[0]
    return code_of(newest, assessment.platform_id, assessment.number, _finished_at(assessment))


def _finished_at(assessment: Assessment) -> datetime:
    assert assessment.finished_at
    return assessment.finished_at


def _situation(assessment: Assessment) -> str:
    """The job of that day and its way, as the assessment was held for it."""
    job = current_job(assessment.beneficiary_id, assessment.held_on)
    if job is None:
        return ""
    way = f"à {say_km(job.one_way_tenths / 10)} du domicile" if job.one_way_tenths is not None else ""
    kind = JOB_KINDS[job.kind]
    return ", ".join(part for part in (kind[0].upper() + kind[1:], job.place, way) if part)


def _objective(assessment: Assessment) -> str:
    """What the platform was asked for."""
    asked = latest_motive(assessment.beneficiary_id, assessment.held_on)
    if asked is None:
        return ""
    motive, wish = asked
    said = MOTIVES[motive][0].upper() + MOTIVES[motive][1:]
    return f"{said} ; {WISHES[wish]}" if wish else said
