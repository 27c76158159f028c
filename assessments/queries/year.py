"""Who waits for an entry assessment, and what a year of assessments says."""

from datetime import date

from sqlalchemy import and_, select

from assessments.figures import Figures, Held, count_year, gained_by_public, pairs_of, publics_of
from assessments.models import Assessment
from assessments.moments import ENTRY
from mobility.db import Kept, among, db
from mobility.liaison import ACCEPTED
from mobility.models import Beneficiary, LiaisonForm
from mobility.periods import age_on

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


def figures_of(year: int) -> tuple[Figures, dict[str, int | None]]:
    """The year's figures over every finished assessment held by its end, and the points gained by each public."""
    held = _held_by(date(year, 12, 31))
    pairs = pairs_of(held, year)
    return count_year(held, year), gained_by_public(pairs, _publics_of(pairs))


def _held_by(last: date) -> list[Held]:
    rows = db.session.execute(
        select(Assessment.beneficiary_id, Assessment.kind, Assessment.grid_version, Assessment.held_on, Assessment.potential)
        .filter(Assessment.finished_at.is_not(None), Assessment.held_on <= last)
        .order_by(Assessment.held_on, Assessment.finished_at, Assessment.id)
    )
    return [_held(*row) for row in rows]


def _publics_of(pairs: list[tuple[Held, Held]]) -> dict[int, list[str]]:
    """The publics of each person compared: sex and age on the day of the exit from their file, the rest from their last form till then."""
    exits = {exit.person: exit.held_on for _, exit in pairs}
    forms = select(LiaisonForm.beneficiary_id, LiaisonForm.received_on, LiaisonForm.rsa_declared, LiaisonForm.qpv_declared)
    rows = db.session.execute(forms.filter(among(LiaisonForm.beneficiary_id, exits)).order_by(LiaisonForm.received_on, LiaisonForm.id))
    declared = {who: (bool(rsa), bool(qpv)) for who, on, rsa, qpv in rows if on <= exits[who]}
    people = select(Beneficiary.id, Beneficiary.sex, Beneficiary.birth_on).filter(among(Beneficiary.id, exits))
    found: dict[int, list[str]] = {}
    for who, sex, birth_on in db.session.execute(people):
        has_rsa, lives_in_qpv = declared.get(who, (False, False))
        age = age_on(birth_on, exits[who]) if birth_on else None
        found[who] = publics_of(sex=sex, age=age, has_rsa=has_rsa, lives_in_qpv=lives_in_qpv)
    return found


def _held(person: int, kind: str, version: str, held_on: date, potential: int | None) -> Held:
    assert potential is not None  # written in the same act as the end
    return Held(person=person, kind=kind, version=version, held_on=held_on, potential=potential)
