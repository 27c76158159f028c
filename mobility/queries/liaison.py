"""Liaison forms as each viewer may see them: staff all of them, a prescriber their structure's own."""

from dataclasses import dataclass, replace
from typing import Any, TypeVar

from sqlalchemy import Select, and_, false, func, select

from mobility.db import db
from mobility.errors import NotFound
from mobility.liaison import WAITING
from mobility.models import Beneficiary, Job, LiaisonForm, Structure
from mobility.rights import FILE_READERS, Role, Viewer

PAGE = 50

S = TypeVar("S", bound=Select[*tuple[Any, ...]])


@dataclass(frozen=True, kw_only=True)
class Line:
    """A form in a list, with the names it is read by; `beneficiary_id` for the staff only, who may open the file."""

    form: LiaisonForm
    person: Beneficiary
    structure: Structure
    beneficiary_id: int | None = None


def get_form(form_id: int, viewer: Viewer) -> LiaisonForm:
    """A form the viewer may see. Raises NotFound, the same for missing and not theirs."""
    found = db.session.scalar(_visible(select(LiaisonForm), viewer).filter(LiaisonForm.id == form_id))
    if found is None:
        raise NotFound
    return found


def get_line(form_id: int, viewer: Viewer) -> Line:
    """A form with its person and structure. Raises NotFound."""
    form = get_form(form_id, viewer)
    person, structure = db.session.get_one(Beneficiary, form.beneficiary_id), db.session.get_one(Structure, form.structure_id)
    return for_viewer(Line(form=form, person=person, structure=structure), viewer)


def forms_of(viewer: Viewer) -> Select[LiaisonForm, Beneficiary, Structure]:
    """The forms this viewer may see, each with its person and structure."""
    return _visible(_lines(), viewer)


def list_waiting(viewer: Viewer, *, limit: int = PAGE) -> list[Line]:
    """Forms nobody has answered, the oldest first."""
    asked = forms_of(viewer).filter(LiaisonForm.status.in_(WAITING))
    return _read(asked.order_by(LiaisonForm.received_on, LiaisonForm.id).limit(limit), viewer)


def list_forms_of(beneficiary_id: int, viewer: Viewer) -> list[Line]:
    """The forms about one person that the viewer may see, the latest first."""
    asked = forms_of(viewer).filter(LiaisonForm.beneficiary_id == beneficiary_id)
    return _read(asked.order_by(LiaisonForm.received_on.desc(), LiaisonForm.id.desc()), viewer)


def count_by_status(viewer: Viewer) -> dict[str, int]:
    """How many forms of each status the viewer may see; `waiting` sums those unanswered."""
    rows = db.session.execute(_visible(select(LiaisonForm.status, func.count()), viewer).group_by(LiaisonForm.status)).all()
    counts = {status: count for status, count in rows}
    return counts | {"waiting": sum(counts.get(status, 0) for status in WAITING)}


def find_by_number(number: str, viewer: Viewer) -> list[Line]:
    """The form of a receipt number, whatever the case; an empty list for none."""
    return _read(forms_of(viewer).filter(LiaisonForm.number == number.strip().upper()), viewer)


def find_job_of(form_id: int) -> Job | None:
    """The job told with a form, or None when it came before one."""
    return db.session.scalar(select(Job).filter(Job.liaison_form_id == form_id).order_by(Job.id).limit(1))


def _lines() -> Select[LiaisonForm, Beneficiary, Structure]:
    return (
        select(LiaisonForm, Beneficiary, Structure)
        .join(Beneficiary, and_(Beneficiary.platform_id == LiaisonForm.platform_id, Beneficiary.id == LiaisonForm.beneficiary_id))
        .join(Structure, and_(Structure.platform_id == LiaisonForm.platform_id, Structure.id == LiaisonForm.structure_id))
    )


def _visible(asked: S, viewer: Viewer) -> S:
    """Every form for whoever answers them; for any other role, only what the prescriber's role shows beside it."""
    if viewer.may(*FILE_READERS):
        return asked
    return asked.filter(LiaisonForm.structure_id.in_(viewer.structure_ids) if viewer.may(Role.PRESCRIBER) else false())


def _read(asked: Select[LiaisonForm, Beneficiary, Structure], viewer: Viewer) -> list[Line]:
    return [for_viewer(read_line(row), viewer) for row in db.session.execute(asked)]


def read_line(row: Any) -> Line:
    """A row of `forms_of` as a line."""
    return Line(form=row[0], person=row[1], structure=row[2])


def for_viewer(line: Line, viewer: Viewer) -> Line:
    """The line with the way into the file, for those who may open it."""
    return replace(line, beneficiary_id=line.person.id) if viewer.may(*FILE_READERS) else line
