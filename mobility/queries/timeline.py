"""Where a form stands, step by step, in the words its prescriber and the person may both read."""

from collections.abc import Container, Iterator
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import select

from mobility import news
from mobility.codes import RENTALS
from mobility.db import db
from mobility.models import LiaisonForm
from mobility.periods import paris_day
from mobility.queries.paths import list_actions
from mobility.slots import Journey, Slot, gather
from mobility.steps import TITLES, Step, sentence
from mobility.tongues import capital


@dataclass(frozen=True, kw_only=True)
class Moment:
    """One step taken: which, the day, its title, its sentence; an ended one may say its outcome apart."""

    step: Step
    on: date
    title: str
    text: str = ""
    outcome: str | None = None


def timeline_of(form: LiaisonForm) -> list[Moment]:
    """The steps taken so far, the first first: received, met, answered, then what became of each vehicle. Steps and outcomes only."""
    moments = [_moment(Step.RECEIVED, form.received_on, form)]
    if form.expired_on is not None:
        moments.append(_moment(Step.EXPIRED, form.expired_on, form))
    if form.met_on is not None:
        moments.append(_moment(Step.MET, form.met_on, form))
    answer = answer_of(form)
    if answer is not None and form.decided_at is not None:
        moments.append(_moment(answer, paris_day(form.decided_at), form))
    moments.sort(key=lambda moment: moment.on)
    return moments + (_rentals(form) if answer is Step.ACCEPTED else [])


def answer_of(form: LiaisonForm) -> Step | None:
    """What was answered, also once the form is closed; None while it waits."""
    if form.decided_at is None:
        return None
    if form.reason is not None:
        return Step.REFUSED
    return Step.REDIRECTED if form.other_offer is not None else Step.ACCEPTED


def _rentals(form: LiaisonForm) -> list[Moment]:
    journeys: list[Journey] = gather(Slot.JOURNEY, form.beneficiary_id)
    journeys += _told_of_old(form.beneficiary_id, {journey.action_id for journey in journeys})
    after_on = _answers_another_from(form)
    own = [journey for journey in journeys if form.received_on <= journey.steps[0][1] < after_on]
    moments = [_moment(step, on, form, journey.outcome) for journey in own for step, on in journey.steps]
    return sorted(moments, key=lambda moment: moment.on)


def _answers_another_from(form: LiaisonForm) -> date:
    """From when on what becomes of the person answers a later form, another structure's maybe: its mails go there too."""
    forms = db.session.scalars(select(LiaisonForm).filter(LiaisonForm.beneficiary_id == form.beneficiary_id))
    later = (other for other in forms if (other.received_on, other.id) > (form.received_on, form.id))
    accepted = (paris_day(other.decided_at) for other in later if other.decided_at and answer_of(other) is Step.ACCEPTED)
    return min(accepted, default=date.max)


def _told_of_old(beneficiary_id: int, known: Container[int | None]) -> Iterator[Journey]:
    """Rentals of which only the action is known: a year taken in from its files."""
    for action in reversed(list_actions(beneficiary_id)):
        if action.kind in RENTALS and action.id not in known:
            ended = ((Step.ENDED, action.ended_on),) if action.ended_on else ()
            yield Journey(steps=((Step.VEHICLE, action.started_on), *ended), action_id=action.id)


def _moment(step: Step, on: date, form: LiaisonForm, outcome: str | None = None) -> Moment:
    outcome = outcome if step is Step.ENDED else None
    title, facts = TITLES[step], replace(news.facts_of(form), outcome=outcome)
    return Moment(step=step, on=on, title=capital(title), text=sentence(step, facts), outcome=outcome)
