"""Which vehicles a person may be lent today: what the last assessment opens, and what an evaluation passed since has opened."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from assessments.orientation import EVALUATION, NOT_YET, OPEN, VEHICLES, Opening
from mobility.errors import RuleBroken
from mobility.periods import say_day

READY = "Choisir un véhicule et une date."
AGAIN = "Reprendre l’entraînement, puis refaire l’évaluation."


@dataclass(frozen=True, kw_only=True)
class Decision:
    """One kind of vehicle: open, evaluation or not_yet, why, and what comes next. `passed_on` is the evaluation that opened it."""

    kind: str
    state: str
    reason: str
    next_step: str
    passed_on: date | None = None


def after_assessment(openings: Iterable[Opening], passed_on: dict[str, date | None]) -> list[Decision]:
    """A decision for each kind of vehicle; an evaluation already passed stands, unless the assessment now says not yet."""
    return [_after_assessment(opening, passed_on.get(opening.way)) for opening in openings if opening.way in VEHICLES]


def _after_assessment(opening: Opening, passed_on: date | None) -> Decision:
    if opening.state == EVALUATION and passed_on is not None:
        return _passed(opening.way, passed_on)
    return Decision(
        kind=opening.way,
        state=opening.state,
        reason=opening.reason,
        next_step=opening.next_step,
        passed_on=passed_on if opening.state == OPEN else None,
    )


def after_evaluation(kind: str, state: str, *, passed: bool, held_on: date) -> Decision:
    """What an evaluation changes. Raises RuleBroken when the assessment says not yet: what is missing comes first."""
    if state == NOT_YET:
        raise RuleBroken("Le bilan dit « pas encore » : l’étape qu’il indique vient avant l’évaluation.", field="kind")
    if passed:
        return _passed(kind, held_on)
    reason = f"L’évaluation du {say_day(held_on)} demande d’être refaite."
    return Decision(kind=kind, state=EVALUATION, reason=reason, next_step=AGAIN)


def _passed(kind: str, passed_on: date) -> Decision:
    return Decision(kind=kind, state=OPEN, reason=f"Évaluation réussie le {say_day(passed_on)}.", next_step=READY, passed_on=passed_on)
