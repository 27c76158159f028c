"""The budget that a person tells, kept to see what a loan would leave of it (domain.md §3.3)."""

from datetime import datetime

from billing.budgets import check_budget
from billing.models import Budget
from billing.queries.readiness import find_budget
from mobility import audit
from mobility.actions.people import lock_beneficiary
from mobility.db import db
from mobility.errors import NotFound
from mobility.rights import Viewer


def keep_budget(beneficiary_id: int, *, by: Viewer, now: datetime, **lines: int) -> Budget:
    """Keep what a month comes to, in cents by code, in place of what was told before. Raises NotFound, RuleBroken beside the field."""
    person = lock_beneficiary(beneficiary_id)
    check_budget(lines)
    budget = find_budget(person.id)
    if budget is None:
        budget = Budget(beneficiary_id=person.id)
        db.session.add(budget)
    budget.lines, budget.told_at, budget.told_to = {code: cents for code, cents in lines.items() if cents}, now, by.account_id
    audit.record("keep_budget", budget, by=by, now=now, subject=person)
    return budget


def erase_budget(beneficiary_id: int, *, by: Viewer, now: datetime) -> None:
    """Keep it no longer. Raises NotFound when there is none."""
    person = lock_beneficiary(beneficiary_id)
    budget = find_budget(person.id)
    if budget is None:
        raise NotFound("Aucun budget n’est noté.")
    audit.record("erase_budget", budget, by=by, now=now, subject=person)
    db.session.delete(budget)
