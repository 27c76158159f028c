"""The person chooses their way to work; what it was between is kept with it."""

from datetime import datetime
from typing import Any

from fleet.models import ModeChoice
from fleet.queries.ways import Answer, ask_ways
from fleet.ways import Way
from mobility import audit
from mobility.actions.people import lock_beneficiary
from mobility.db import db
from mobility.rights import Viewer


def choose_mode(beneficiary_id: int, *, mode: str, reason: str, by: Viewer, now: datetime, **question: Any) -> ModeChoice:
    """Keep a choice, whatever is still missing: the person decides. `question` is what `ask_ways` takes. Raises NotFound, RuleBroken."""
    person = lock_beneficiary(beneficiary_id)
    answer = ask_ways(person, **question, now=now)
    row = ModeChoice(beneficiary_id=person.id, mode=mode, reason=reason, chosen_at=now, chosen_by=by.account_id)
    row.question, row.compared = _question(answer), [_compared(way) for way in answer.ways]
    db.session.add(row)
    audit.record("choose_mode", row, by=by, now=now, subject=person)
    return row


def _question(answer: Answer) -> dict[str, Any]:
    work = answer.work
    hours = {"work_from": f"{work.begins:%H:%M}", "work_to": f"{work.ends:%H:%M}"}
    told = {"one_way_tenths": work.one_way_tenths, "days_a_week": work.days_a_week, "carrying": work.carrying, "transit": work.transit}
    return hours | told


def _compared(way: Way) -> dict[str, Any]:
    missing = [one.sentence for one in way.missing]
    return {"mode": way.mode, "state": way.state, "missing": missing, "effort": way.effort.sentence if way.effort else None}
