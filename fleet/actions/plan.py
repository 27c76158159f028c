"""The plan of two weeks is worked out outside any writing transaction, then kept in place of the former one; it moves nothing."""

from datetime import datetime
from typing import Any

from sqlalchemy import delete

from fleet.models import PlanRun
from fleet.queries.plan import Plan
from mobility import audit
from mobility.db import db
from mobility.rights import Viewer


def keep_plan(plan: Plan, *, by: Viewer, now: datetime) -> PlanRun:
    """Its lines, by the ids of their rows and the version each was drawn from; the former plan goes."""
    run = PlanRun(drawn_at=now, drawn_by=by.account_id, lines=_lines(plan))
    db.session.add(run)
    audit.record("plan", run, by=by, now=now)
    db.session.execute(delete(PlanRun).filter(PlanRun.id < run.id))
    return run


def _lines(plan: Plan) -> dict[str, list[dict[str, Any]]]:
    swaps, gives = [], []
    for line in plan.swaps:
        assert line.booking and line.leaves
        drawn_from = {"booking_id": line.booking.id, "version": line.booking.version}
        swaps.append(drawn_from | {"vehicle_id": line.vehicle.id, "leaves_id": line.leaves.id})
    for line in plan.gives:
        assert line.waiting
        asked = line.waiting.request
        gives.append({"request_id": asked.id, "version": asked.version, "vehicle_id": line.vehicle.id, "why": line.why})
    without = [{"request_id": line.waiting.request.id, "why": line.why} for line in plan.without]
    return {"swaps": swaps, "gives": gives, "without": without}
