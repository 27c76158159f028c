"""Where a form stands, step by step, in the words its prescriber and the person may both read."""

from dataclasses import dataclass, replace
from datetime import date

from mobility import news
from mobility.codes import RENTALS, capital
from mobility.models import LiaisonForm
from mobility.periods import paris_day
from mobility.queries.paths import list_actions
from mobility.slots import Slot, gather
from mobility.steps import TITLES, Step, sentence


@dataclass(frozen=True, kw_only=True)
class Moment:
    """One step taken: which, the day, its title, its sentence; an ended one may say its outcome apart."""

    step: Step
    on: date
    title: str
    text: str = ""
    outcome: str | None = None


def timeline_of(form: LiaisonForm) -> list[Moment]:
    """The steps taken so far, the first first: received, met, answered, vehicle, its return. Steps and outcomes only."""
    moments = [_moment(Step.RECEIVED, form.received_on, form)]
    if form.met_on is not None:
        moments.append(_moment(Step.MET, form.met_on, form))
    answer = answer_of(form)
    if answer is not None and form.decided_at is not None:
        moments.append(_moment(answer, paris_day(form.decided_at), form))
    return moments + (_rentals(form) if answer is Step.ACCEPTED else [])


def answer_of(form: LiaisonForm) -> Step | None:
    """What was answered, also once the form is closed; None while it waits."""
    if form.decided_at is None:
        return None
    if form.reason is not None:
        return Step.REFUSED
    return Step.REDIRECTED if form.other_offer is not None else Step.ACCEPTED


def _rentals(form: LiaisonForm) -> list[Moment]:
    rentals = [a for a in reversed(list_actions(form.beneficiary_id)) if a.kind in RENTALS and a.started_on >= form.received_on]
    begun = [_moment(Step.VEHICLE, action.started_on, form) for action in rentals]
    outcomes = {ending.action_id: ending.outcome for ending in gather(Slot.OUTCOME, form.beneficiary_id)}
    ended = [_moment(Step.ENDED, a.ended_on, form, outcomes.get(a.id)) for a in rentals if a.ended_on is not None]
    return sorted([*begun, *ended], key=lambda moment: moment.on)


def _moment(step: Step, on: date, form: LiaisonForm, outcome: str | None = None) -> Moment:
    title, facts = TITLES[step], replace(news.facts_of(form), outcome=outcome)
    return Moment(step=step, on=on, title=capital(title), text=sentence(step, facts), outcome=outcome)
