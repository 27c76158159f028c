"""Actions of a path: begun, ended (domain.md §2.3); a rental's are begun and ended by its booking."""

from datetime import date, datetime

from sqlalchemy import select

from mobility import audit
from mobility.actions.people import lock_beneficiary
from mobility.codes import ACTION_KINDS
from mobility.db import db
from mobility.errors import Conflict, NotFound, RuleBroken
from mobility.models import Action, Beneficiary, LiaisonForm
from mobility.periods import check_order, paris_day
from mobility.rights import Viewer


def start_action(
    beneficiary_id: int,
    *,
    kind: str,
    started_on: date,
    by: Viewer,
    now: datetime,
    liaison_form_id: int | None = None,
    charter_on: date | None = None,
    import_key: str | None = None,
) -> Action:
    """Begin an action of the path; `liaison_form_id` must be the person's. Raises NotFound, RuleBroken."""
    person = lock_beneficiary(beneficiary_id)
    if kind not in ACTION_KINDS:
        raise RuleBroken("Choisissez une action de la liste.", field="kind")
    if liaison_form_id is not None:
        _check_form(liaison_form_id, person.id)
    action = Action(
        beneficiary_id=person.id,
        liaison_form_id=liaison_form_id,
        kind=kind,
        started_on=started_on,
        charter_on=charter_on,
        import_key=import_key,
    )
    db.session.add(action)
    person.last_contact_at = max(person.last_contact_at, now)
    audit.record("start_action", action, by=by, now=now, subject=person)
    return action


def move_start(action_id: int, *, started_on: date, by: Viewer, now: datetime) -> Action:
    """A rental's action begins on another day than planned; one that somebody ended before that day had not begun, and is open again."""
    action = db.session.get_one(Action, action_id)
    if action.started_on == started_on:
        return action
    if action.ended_on is not None and action.ended_on < started_on:
        action.ended_on = None
    action.started_on = started_on
    audit.record("move_start", action, by=by, now=now, subject=db.session.get_one(Beneficiary, action.beneficiary_id))
    return action


def end_action(action_id: int, *, ended_on: date, by: Viewer, now: datetime) -> Action:
    """End an action. Raises NotFound, Conflict when it has ended, RuleBroken when it would end before it began or in the future."""
    action = db.session.scalar(select(Action).filter(Action.id == action_id))
    if action is None:
        raise NotFound
    person = lock_beneficiary(action.beneficiary_id)
    db.session.refresh(action)
    if action.ended_on is not None:
        raise Conflict("Cette action est déjà terminée.")
    check_order(action.started_on, ended_on, sentence="La fin ne peut pas précéder le début de l’action.", field="ended_on")
    if ended_on > paris_day(now):
        raise RuleBroken("Cette fin est dans le futur : notez-la le jour venu.", field="ended_on")
    action.ended_on = ended_on
    audit.record("end_action", action, by=by, now=now, subject=person)
    return action


def _check_form(liaison_form_id: int, beneficiary_id: int) -> None:
    found = select(LiaisonForm.id).filter(LiaisonForm.id == liaison_form_id, LiaisonForm.beneficiary_id == beneficiary_id)
    if db.session.scalar(found) is None:
        raise NotFound
