"""A platform asks its neighbour for a vehicle: the request waits on both pages for an answer."""

from datetime import datetime

from demo.stage import Stage
from fleet.actions.loans import ask_loan
from fleet.queries.loans import list_partners
from mobility.rights import Role


def ask_neighbour(stage: Stage, now: datetime) -> None:
    """An e-bike for three weeks, from a platform that was there before."""
    by = stage.staff[Role.MANAGER]
    for lender_id in list(list_partners())[:1]:
        ask_loan(lender_id=lender_id, kind="ebike", starts_at=stage.at(9), ends_at=stage.at(30, 17), by=by, now=now)
