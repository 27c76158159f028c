"""The ground's figures of a year: prescriptions, people met, actions (domain.md §2.8)."""

from collections.abc import Iterable
from datetime import date

from sqlalchemy import ColumnElement, and_, distinct, func, select

from mobility.codes import ACTION_KINDS
from mobility.db import db
from mobility.db.sums import total_of
from mobility.group_trips import TRIP
from mobility.models import Action, Beneficiary, GroupWorkshop, LiaisonForm, Meeting, WorkshopSeat
from mobility.periods import ONE_DAY, instant_of
from mobility.report import percents
from mobility.slots import ReportLine
from mobility.workshops import ABSENT, PRESENT


def report_lines(year: int) -> Iterable[ReportLine]:
    """What the year counts: forms received, structures that sent them, people met by sex, actions by kind, people of at least one."""
    first, last = date(year, 1, 1), date(year, 12, 31)
    received = LiaisonForm.received_on.between(first, last)
    by_sex = _met_by_sex(first, last)
    met = sum(by_sex.values())
    actions = _actions_by_kind(first, last)
    yield _line(10, "prescriptions", "Fiches de liaison reçues", _count(func.count(LiaisonForm.id), received))
    yield _line(11, "structures", "Structures prescriptrices", _count(func.count(distinct(LiaisonForm.structure_id)), received))
    yield _line(12, "people_met", "Personnes rencontrées", met)
    parts = percents(by_sex)
    for order, code, key, label in ((13, "F", "women", "Femmes"), (15, "M", "men", "Hommes")):
        yield _line(order, key, label, by_sex.get(code, 0))
        yield _line(order + 1, f"{key}_percent", f"{label}, en part", parts.get(code, 0) if met else None, "percent")
    in_year = Meeting.starts_at.between(instant_of(first), instant_of(last + ONE_DAY))
    for order, key, label, held in (
        (17, "meetings_held", "Rendez-vous tenus", Meeting.held_at.is_not(None)),
        (18, "meetings_late", "Rendez-vous tenus, en retard", and_(Meeting.held_at.is_not(None), Meeting.came_late)),
        (19, "meetings_missed", "Absences à un rendez-vous", Meeting.missed_at.is_not(None)),
    ):
        yield _line(order, key, label, _count(func.count(Meeting.id), and_(in_year, held)))
    yield _line(20, "actions", "Actions", sum(actions.values()))
    yield _line(21, "actions_by_kind", "Actions par type", {ACTION_KINDS[kind]: n for kind, n in actions.items()})
    yield from _workshops(first, last)
    started = Action.started_on.between(first, last)
    yield _line(22, "beneficiaries", "Bénéficiaires d’une action au moins", _count(func.count(distinct(Action.beneficiary_id)), started))


def _workshops(first: date, last: date) -> Iterable[ReportLine]:
    """Collective workshops held: how many, places, who came and who did not, hours (each person's own); accompanied trips and who rode."""
    held = and_(
        GroupWorkshop.starts_at >= instant_of(first),
        GroupWorkshop.starts_at < instant_of(last + ONE_DAY),
        GroupWorkshop.held_at.is_not(None),
    )
    rode = select(func.count()).select_from(WorkshopSeat).join(GroupWorkshop, GroupWorkshop.id == WorkshopSeat.group_workshop_id)
    trips = _count(func.count(GroupWorkshop.id), and_(held, GroupWorkshop.subject == TRIP))
    passengers = db.session.scalar(rode.where(held, GroupWorkshop.subject == TRIP, WorkshopSeat.mark.in_(PRESENT))) or 0
    held = and_(held, GroupWorkshop.subject != TRIP)
    count, places = db.session.execute(select(func.count(), total_of(GroupWorkshop.places)).where(held)).one()
    marks = {
        mark: (people, minutes)
        for mark, people, minutes in db.session.execute(
            select(WorkshopSeat.mark, func.count(), total_of(GroupWorkshop.minutes))
            .join(GroupWorkshop, GroupWorkshop.id == WorkshopSeat.group_workshop_id)
            .where(held, WorkshopSeat.mark.is_not(None))
            .group_by(WorkshopSeat.mark)
        )
    }
    came = [marks[mark] for mark in PRESENT if mark in marks]
    yield _line(23, "workshops", "Ateliers collectifs tenus", count)
    yield _line(24, "workshop_places", "Places à ces ateliers", places)
    yield _line(27, "workshop_presences", "Présences à un atelier", sum(people for people, _ in came))
    yield _line(28, "workshop_absences", "Absences à un atelier", marks.get(ABSENT, (0, 0))[0])
    yield _line(29, "workshop_hours", "Heures d’atelier, par personne présente", round(sum(minutes for _, minutes in came) / 60), "hours")
    yield _line(33, "trips", "Trajets accompagnés faits", trips)
    yield _line(34, "trip_passengers", "Places occupées à ces trajets", passengers)


def _line(order: int, key: str, label: str, value: object, unit: str = "") -> ReportLine:
    return ReportLine(order=order, key=key, label=label, value=value, unit=unit)


def _count(what: ColumnElement[int], held: ColumnElement[bool]) -> int:
    return db.session.scalar(select(what).filter(held)) or 0


def _met_by_sex(first: date, last: date) -> dict[str | None, int]:
    """Distinct people met in the year, by sex; None where it is not known."""
    rows = db.session.execute(
        select(Beneficiary.sex, func.count(distinct(Beneficiary.id)))
        .join(LiaisonForm, LiaisonForm.beneficiary_id == Beneficiary.id)
        .filter(LiaisonForm.met_on.between(first, last))
        .group_by(Beneficiary.sex)
    )
    return {sex: count for sex, count in rows}


def _actions_by_kind(first: date, last: date) -> dict[str, int]:
    """Actions begun in the year, in the list's own order."""
    rows = db.session.execute(
        select(Action.kind, func.count(Action.id)).filter(Action.started_on.between(first, last)).group_by(Action.kind)
    )
    counts = {kind: count for kind, count in rows}
    return {kind: counts[kind] for kind in ACTION_KINDS if kind in counts}
