"""Where a form stands, step by step, in the words its prescriber and the person may both read."""

from dataclasses import dataclass
from datetime import date

from mobility import news
from mobility.codes import RENTALS
from mobility.models import LiaisonForm
from mobility.periods import paris_day
from mobility.queries.paths import list_actions
from mobility.steps import TITLES, Step, sentence


@dataclass(frozen=True, kw_only=True)
class Moment:
    """One step taken: the day, its title, its sentence."""

    on: date
    title: str
    text: str = ""


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
    ended = [_moment(Step.ENDED, action.ended_on, form) for action in rentals if action.ended_on is not None]
    return sorted([*begun, *ended], key=lambda moment: moment.on)


def _moment(step: Step, on: date, form: LiaisonForm) -> Moment:
    title = TITLES[step]
    return Moment(on=on, title=title[0].upper() + title[1:], text=sentence(step, news.facts_of(form)))
