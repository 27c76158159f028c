"""Who waits for an entry assessment, and what a year of assessments says."""

from datetime import date

from sqlalchemy import and_, select

from assessments.figures import Figures, Held, count_year
from assessments.models import Assessment
from assessments.moments import ENTRY
from mobility.db import Kept, db
from mobility.liaison import ACCEPTED
from mobility.models import Beneficiary, LiaisonForm

_FINISHED = select(Assessment.beneficiary_id).filter(Assessment.kind == ENTRY, Assessment.finished_at.is_not(None))
_DRAFT = and_(Assessment.beneficiary_id == Beneficiary.id, Assessment.kind == ENTRY, Assessment.finished_at.is_(None))
_WAITING = Kept(
    select(Beneficiary, LiaisonForm, Assessment)
    .join(LiaisonForm, LiaisonForm.beneficiary_id == Beneficiary.id)
    .join(Assessment, _DRAFT, isouter=True)
    .filter(LiaisonForm.status == ACCEPTED, Beneficiary.id.not_in(_FINISHED))
    .order_by(LiaisonForm.received_on, LiaisonForm.id)
)


def list_waiting() -> list[tuple[Beneficiary, LiaisonForm, Assessment | None]]:
    """People accepted and without a finished entry assessment, the longest known first; their form, and the draft where one is begun."""
    return [(person, form, draft) for person, form, draft in _WAITING()]


def figures_of(year: int) -> Figures:
    """The year's figures over every finished assessment held by its end."""
    rows = db.session.execute(
        select(Assessment.beneficiary_id, Assessment.kind, Assessment.grid_version, Assessment.held_on, Assessment.potential)
        .filter(Assessment.finished_at.is_not(None), Assessment.held_on <= date(year, 12, 31))
        .order_by(Assessment.held_on, Assessment.finished_at, Assessment.id)
    )
    return count_year((_held(*row) for row in rows), year)


def _held(person: int, kind: str, version: str, held_on: date, potential: int | None) -> Held:
    assert potential is not None  # written in the same act as the end
    return Held(person=person, kind=kind, version=version, held_on=held_on, potential=potential)
