"""Liaison forms as each viewer may see them: staff all of them, a prescriber their structure's own."""

from dataclasses import dataclass
from typing import Any, TypeVar

from sqlalchemy import Select, and_, false, func, select

from mobility.db import db
from mobility.errors import NotFound
from mobility.liaison import WAITING
from mobility.models import Beneficiary, Job, LiaisonForm, Structure
from mobility.rights import Role, Viewer

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
    return Line(
        form=form,
        person=db.session.get_one(Beneficiary, form.beneficiary_id),
        structure=db.session.get_one(Structure, form.structure_id),
        beneficiary_id=form.beneficiary_id if viewer.is_staff else None,
    )


def list_forms(viewer: Viewer, *, status: str | None = None, structure_id: int | None = None, first: int = 0) -> tuple[list[Line], int]:
    """One page of forms and how many there are; waiting ones from the oldest on, others from the latest back."""
    asked = _visible(_lines(), viewer)
    if status is not None:
        asked = asked.filter(LiaisonForm.status.in_(WAITING) if status == "waiting" else LiaisonForm.status == status)
    if structure_id is not None:
        asked = asked.filter(LiaisonForm.structure_id == structure_id)
    total = db.session.scalar(select(func.count()).select_from(asked.with_only_columns(LiaisonForm.id).subquery())) or 0
    oldest_first = status in ("waiting", *WAITING)
    order = (LiaisonForm.received_on, LiaisonForm.id) if oldest_first else (LiaisonForm.received_on.desc(), LiaisonForm.id.desc())
    return _read(asked.order_by(*order).offset(first).limit(PAGE), viewer), total


def list_waiting(viewer: Viewer, *, limit: int = PAGE) -> list[Line]:
    """Forms nobody has answered, the oldest first."""
    asked = _visible(_lines(), viewer).filter(LiaisonForm.status.in_(WAITING))
    return _read(asked.order_by(LiaisonForm.received_on, LiaisonForm.id).limit(limit), viewer)


def list_forms_of(beneficiary_id: int, viewer: Viewer) -> list[Line]:
    """The forms about one person that the viewer may see, the latest first."""
    asked = _visible(_lines(), viewer).filter(LiaisonForm.beneficiary_id == beneficiary_id)
    return _read(asked.order_by(LiaisonForm.received_on.desc(), LiaisonForm.id.desc()), viewer)


def count_by_status(viewer: Viewer) -> dict[str, int]:
    """How many forms of each status the viewer may see; `waiting` sums those unanswered."""
    rows = db.session.execute(_visible(select(LiaisonForm.status, func.count()), viewer).group_by(LiaisonForm.status)).all()
    counts = {status: count for status, count in rows}
    return counts | {"waiting": sum(counts.get(status, 0) for status in WAITING)}


def find_by_number(number: str, viewer: Viewer) -> list[Line]:
    """The form of a receipt number, whatever the case; an empty list for none."""
    return _read(_visible(_lines(), viewer).filter(LiaisonForm.number == number.strip().upper()), viewer)


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
    if viewer.is_staff:
        return asked
    return asked.filter(LiaisonForm.structure_id.in_(viewer.structure_ids) if viewer.may(Role.PRESCRIBER) else false())


def _read(asked: Select[LiaisonForm, Beneficiary, Structure], viewer: Viewer) -> list[Line]:
    return [
        Line(form=form, person=person, structure=structure, beneficiary_id=person.id if viewer.is_staff else None)
        for form, person, structure in db.session.execute(asked)
    ]
