"""Taking a year of the AMIE programme in: people, forms, jobs, rentals without a vehicle, their schedule and how they ended.

As every import it sends no mail, and starts the clock of retention of the people it brings (domain.md §9 "Retention").
"""

from collections.abc import Mapping
from datetime import datetime
from functools import partial
from typing import Any

from sqlalchemy import select

from billing.queries.programmes import dated_programme_on
from billing.terms import freeze_programme
from fleet.amie_folder import FileLine, read_amie
from fleet.models import Outcome, PastRental
from fleet.past_rentals import KIND, lasting_code, waivers_due
from fleet.queries.past_rentals import conditions_of
from mobility import audit
from mobility.actions.imports import OpenImport, keep_form, open_run, recognise
from mobility.actions.people import record_job
from mobility.actions.structures import add_structure
from mobility.db import db
from mobility.models import Action, Beneficiary, Job, LiaisonForm, Structure
from mobility.names import fold
from mobility.periods import paris_day
from mobility.rights import Viewer

AMIE_FOLDER = "amie_folder"
STRUCTURE_KIND = "structure d’insertion"


def open_amie(files: Mapping[str, bytes], *, source: str, by: Viewer, now: datetime) -> OpenImport:
    """Read a year of files, and keep what is in doubt. Raises SheetRefused or Conflict with nothing written.

    Called outside any transaction, as `mobility.actions.imports.take_lines` is, which takes the lines.
    """
    folder = read_amie(files, today=paris_day(now))
    names = {fold(line.structure): line.structure for line in folder.files}
    steps = [
        ("structures", [partial(_take_structure, name) for name in names.values()]),
        ("files", [partial(take_in, line, source) for line in folder.files]),
    ]
    return open_run(AMIE_FOLDER, steps, folder.doubts, source=source, by=by, now=now)


def _take_structure(name: str, *, by: Viewer, now: datetime) -> bool:
    """Add a prescriber's structure unless one has its name; True when it is new."""
    if _structure_id(name) is not None:
        return False
    add_structure(name=name, kind=STRUCTURE_KIND, by=by, now=now)
    return True


def _structure_id(name: str) -> int | None:
    named = db.session.execute(select(Structure.id, Structure.name).order_by(Structure.id))
    return next((id_ for id_, known in named if fold(known) == fold(name)), None)


def take_in(line: FileLine, source: str, *, by: Viewer, now: datetime) -> bool:
    """Add a file with all that it says; True when it is new."""
    if db.session.scalar(select(PastRental.id).filter(PastRental.import_key == line.key)) is not None:
        return False
    form = _take_form(line, by=by, now=now)
    job = _take_job(line, form, by=by, now=now)
    person = db.session.get_one(Beneficiary, form.beneficiary_id)
    past = PastRental(
        import_key=line.key,
        number=line.number,
        beneficiary_id=person.id,
        action_id=_take_action(line, form, by=by, now=now).id,
        job_id=job.id if job else None,
        outcome_id=_take_outcome(line, person, by=by, now=now),
        licence_on=line.licence_on,
        programme=freeze_programme(dated_programme_on(line.handed_on).programme),
        waivers=[],
        taken_at=now,
    )
    db.session.add(past)
    db.session.flush()
    past.waivers = _waivers(past, reference=f"{source}, dossier {line.number}"[:120], by=by, now=now)
    audit.record("import_past_rental", past, by=by, now=now, subject=person)
    return True


def _waivers(past: PastRental, *, reference: str, by: Viewer, now: datetime) -> list[dict[str, Any]]:
    conditions = conditions_of(past)
    classes = {condition.code: condition.class_ for condition in conditions}
    signed = {"at": now.isoformat(), "by": by.account_id}
    return [
        {"code": waiver.code, "class": classes[waiver.code], "reason": waiver.reason, "reference": waiver.reference} | signed
        for waiver in waivers_due(conditions, reference)
    ]


def _take_form(line: FileLine, *, by: Viewer, now: datetime) -> LiaisonForm:
    """The form, met on the day of the keys at the latest: the table says no earlier one."""
    known = {"last_name": line.last_name, "first_name": line.first_name, "birth_on": line.birth_on, "sex": line.sex}
    return keep_form(
        beneficiary_id=recognise(**known, postcode=line.postcode, commune=line.home, by=by, now=now),
        structure_id=_structure_id(line.structure),
        received_on=line.received_on,
        motive="job",
        licence_declared="B" if line.licence_on else None,
        met_on=max(line.handed_on, line.received_on),
        import_key=line.key,
        by=by,
        now=now,
    )


def _take_job(line: FileLine, form: LiaisonForm, *, by: Viewer, now: datetime) -> Job | None:
    if line.job_kind is None:
        return None
    return record_job(
        form.beneficiary_id,
        kind=line.job_kind,
        place=line.work_place,
        starts_on=line.job_from_on,
        ends_on=line.job_to_on,
        one_way_tenths=line.one_way_tenths,
        liaison_form_id=form.id,
        by=by,
        now=now,
    )


def _take_action(line: FileLine, form: LiaisonForm, *, by: Viewer, now: datetime) -> Action:
    action = Action(
        beneficiary_id=form.beneficiary_id,
        liaison_form_id=form.id,
        kind=f"rental_{KIND}",
        started_on=line.handed_on,
        ended_on=line.returned_on,
        import_key=line.key,
    )
    db.session.add(action)
    audit.record("import_action", action, by=by, now=now)
    return action


def _take_outcome(line: FileLine, person: Beneficiary, *, by: Viewer, now: datetime) -> int | None:
    """How it ended, on the day the vehicle came back; nothing while the table does not say."""
    if line.returned_on is None or line.end_reason is None or line.is_lasting is None:
        return None
    outcome = Outcome(
        beneficiary_id=person.id,
        recorded_on=line.returned_on,
        end_reason=line.end_reason,
        job_kind=line.job_kind or "none",
        lasting_solution=lasting_code(line.end_reason, is_lasting=line.is_lasting),
        recorded_by=by.account_id,
    )
    db.session.add(outcome)
    audit.record("import_outcome", outcome, by=by, now=now, subject=person)
    return outcome.id
