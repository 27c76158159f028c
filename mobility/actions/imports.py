"""Taking a platform's past in: by chunks, each in a transaction of its own, told as it goes; a second run changes nothing.

Imports send no mail, and for the people they bring the clock of retention starts at the import (domain.md §9 "Retention").
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import partial
from itertools import islice
from typing import Any

from sqlalchemy import select

from mobility import audit, numbers
from mobility.actions.people import AlreadyKnown, register_beneficiary
from mobility.db import db, platform_id, transaction
from mobility.errors import Conflict
from mobility.imports.liaison_folder import ActionLine, FormLine, StructureLine, read_folder
from mobility.imports.sheets import Doubt
from mobility.liaison import CLOSED, MET, RECEIVED
from mobility.models import Action, ImportDoubt, ImportRun, LiaisonForm, Platform, Structure
from mobility.periods import paris_day
from mobility.rights import Viewer

CHUNK = 50  # lines a transaction: short enough for others to write meanwhile
FOLDER = "liaison_folder"
JUST_BEGUN = timedelta(minutes=1)  # after which one that never ended no longer stands in the way
STILL_LIVE_DAYS = 90  # an older form is history: it is taken as closed, and nobody's desk shows it as waiting
Progress = Callable[[int, int], None]
Take = Callable[..., bool]  # with `by` and `now`: whether its line was new


@dataclass(frozen=True, kw_only=True)
class OpenImport:
    """An import whose files were read and whose doubts are kept: what is left is to take its lines, by what they are."""

    run_id: int
    steps: Sequence[tuple[str, Sequence[Take]]]

    @property
    def total(self) -> int:
        """How many lines there are to take."""
        return sum(len(takes) for _, takes in self.steps)


def open_folder(files: Mapping[str, bytes], *, source: str, by: Viewer, now: datetime) -> OpenImport:
    """Read a year of liaison forms, `files` by name, and keep what is in doubt. Raises SheetRefused or Conflict with nothing written.

    Called outside any transaction, as `take_lines` is.
    """
    folder = read_folder(files, today=paris_day(now))
    steps: Sequence[tuple[str, Sequence[Take]]] = [
        ("structures", [partial(_take_structure, line) for line in folder.structures]),
        ("forms", [partial(_take_form, line) for line in folder.forms]),
        ("actions", [partial(_take_action, line) for line in folder.actions]),
    ]
    return open_run(FOLDER, steps, folder.doubts, source=source, by=by, now=now)


def open_run(
    kind: str, steps: Sequence[tuple[str, Sequence[Take]]], doubts: Iterable[Doubt], *, source: str, by: Viewer, now: datetime
) -> OpenImport:
    """Begin an import of a kind, its lines and its doubts read. Raises Conflict while another of its kind has just begun."""
    opened = OpenImport(run_id=0, steps=steps)
    with transaction():
        _check_not_begun(kind, now)
        counts = {name: 0 for name, _ in steps}
        run = ImportRun(kind=kind, source=source[:200], started_at=now, by=by.account_id, counts=counts, lines_total=opened.total)
        db.session.add(run)
        audit.record("start_import", run, by=by, now=now)
        _keep_doubts(run.id, doubts, paris_day(now))
        return replace(opened, run_id=run.id)


def take_lines(opened: OpenImport, *, by: Viewer, now: datetime, tell: Progress = lambda done, total: None) -> None:
    """Take an opened import's lines, chunk by chunk, `tell(done, total)` after each; lines already there stay as they are."""
    done = 0
    for name, takes in opened.steps:
        for chunk in _chunks(takes):
            with transaction():
                new = sum(take(by=by, now=now) for take in chunk)
                done += len(chunk)
                _note_progress(opened.run_id, done, name, new)
            tell(done, opened.total)
    _close_run(opened.run_id, by=by, now=now)


def give_up(run_id: int, sentence: str, *, by: Viewer, now: datetime) -> None:
    """Note why an import stopped half-way; what it had taken stays, and a new run goes on from there."""
    with transaction():
        run = db.session.get_one(ImportRun, run_id)
        run.failed, run.finished_at = sentence[:300], now
        audit.record("stop_import", run, by=by, now=now)


def _check_not_begun(kind: str, now: datetime) -> None:
    """One at a time. Raises Conflict while another has just begun: a second click, or a colleague's."""
    db.session.get_one(Platform, platform_id(), with_for_update=True)  # two clicks at once: the second waits, and sees the first
    begun = select(ImportRun.id).filter(ImportRun.kind == kind, ImportRun.finished_at.is_(None), ImportRun.started_at > now - JUST_BEGUN)
    if db.session.scalar(begun.limit(1)) is not None:
        raise Conflict("Un import vient de commencer : suivez-le dans la liste des imports. Rien n’a été pris deux fois.")


def _chunks(takes: Sequence[Take]) -> Iterator[list[Take]]:
    rest = iter(takes)
    while chunk := list(islice(rest, CHUNK)):
        yield chunk


def _keep_doubts(run_id: int, doubts: Iterable[Doubt], on: date) -> None:
    db.session.add_all(
        ImportDoubt(import_run_id=run_id, file=d.file, line=d.line, reason=d.reason[:300], taken=d.taken, on=on) for d in doubts
    )


def _note_progress(run_id: int, done: int, name: str, new: int) -> None:
    run = db.session.get_one(ImportRun, run_id)
    run.lines_done = done
    run.counts = run.counts | {name: run.counts.get(name, 0) + new}


def _close_run(run_id: int, *, by: Viewer, now: datetime) -> None:
    with transaction():
        run = db.session.get_one(ImportRun, run_id)
        run.finished_at = now
        audit.record("finish_import", run, by=by, now=now)


def _take_structure(line: StructureLine, *, by: Viewer, now: datetime) -> bool:
    """Add a structure unless its code is known; True when it is new."""
    if db.session.scalar(select(Structure.id).filter(Structure.code == line.code)) is not None:
        return False
    structure = Structure(code=line.code, name=line.name, kind=line.kind, commune=line.commune, email=line.email)
    db.session.add(structure)
    audit.record("import_structure", structure, by=by, now=now)
    return True


def _take_form(line: FormLine, *, by: Viewer, now: datetime) -> bool:
    """Add a form, and its person unless they have a file; True when it is new."""
    if db.session.scalar(select(LiaisonForm.id).filter(LiaisonForm.import_key == line.key)) is not None:
        return False
    keep_form(
        beneficiary_id=recognise(
            first_name=line.first_name,
            last_name=line.last_name,
            birth_on=line.birth_on,
            sex=line.sex,
            phone=line.phone,
            address=line.address,
            postcode=line.postcode,
            commune=line.commune,
            contact_by=line.contact_by or "phone",
            by=by,
            now=now,
        ),
        structure_id=db.session.scalars(select(Structure.id).filter(Structure.code == line.structure_code)).one(),
        received_on=line.received_on,
        motive=line.motive,
        licence_declared=line.licence,
        rsa_declared=line.rsa,
        qpv_declared=line.qpv,
        met_on=line.met_on,
        contact_given=line.contact_by,
        referent_name=line.referent_name,
        referent_email=line.referent_email,
        referent_phone=line.referent_phone,
        imported_on=None if _is_history(line.received_on, paris_day(now)) else paris_day(now),
        import_key=line.key,
        by=by,
        now=now,
    )
    return True


def keep_form(*, received_on: date, met_on: date | None, by: Viewer, now: datetime, **given: Any) -> LiaisonForm:
    """A form of the past under a number of its year, closed when it is history; `given` are its other fields."""
    form = LiaisonForm(
        number=f"FL-{received_on.year}-{numbers.take('liaison_form', received_on.year):04d}",
        received_on=received_on,
        met_on=met_on,
        status=_status(received_on, met_on, paris_day(now)),
        **given,
    )
    db.session.add(form)
    audit.record("import_liaison_form", form, by=by, now=now)
    return form


def _status(received_on: date, met_on: date | None, today: date) -> str:
    if _is_history(received_on, today):
        return CLOSED
    return MET if met_on else RECEIVED


def _is_history(received_on: date, today: date) -> bool:
    return (today - received_on).days > STILL_LIVE_DAYS


def recognise(*, by: Viewer, now: datetime, **fields: Any) -> int:
    """The person of a line: somebody sent twice is recognised by name, first name and date of birth, and keeps their file as it is."""
    try:
        return register_beneficiary(**fields, by=by, now=now).id
    except AlreadyKnown as known:
        return known.beneficiary_id


def _take_action(line: ActionLine, *, by: Viewer, now: datetime) -> bool:
    """Add an action of a form's person; a rental here is an action without a vehicle. True when it is new."""
    if db.session.scalar(select(Action.id).filter(Action.import_key == line.key)) is not None:
        return False
    form = db.session.scalars(select(LiaisonForm).filter(LiaisonForm.import_key == line.form_key)).one()
    action = Action(
        beneficiary_id=form.beneficiary_id,
        liaison_form_id=form.id,
        kind=line.kind,
        started_on=line.started_on,
        ended_on=line.ended_on,
        import_key=line.key,
    )
    db.session.add(action)
    audit.record("import_action", action, by=by, now=now)
    return True
