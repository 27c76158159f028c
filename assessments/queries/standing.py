"""What of a person's assessments a lending asks: since when they are assessed, and what is open to them."""

from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import select

from assessments.models import Assessment, Clearance
from assessments.moments import ENTRY
from mobility.db import Known, columns_of, this_one, this_platform


class Held(NamedTuple):
    """A finished entry assessment."""

    held_on: date
    finished_at: datetime
    id: int


class Opened(NamedTuple):
    """What a person may be lent now of a kind of vehicle, why, and the next step."""

    id: int
    kind: str
    state: str
    reason: str
    next_step: str


ENTRIES = Known(
    Assessment,
    Held,
    select(*columns_of(Assessment, Held))
    .filter(Assessment.beneficiary_id == this_one(), Assessment.platform_id == this_platform())
    .filter(Assessment.kind == ENTRY, Assessment.finished_at.is_not(None)),
    latest_first=tuple,
)
OPENED = Known(
    Clearance,
    Opened,
    select(*columns_of(Clearance, Opened)).filter(Clearance.beneficiary_id == this_one(), Clearance.platform_id == this_platform()),
    latest_first=lambda opened: opened.id,
)


def entered_on(beneficiary_id: int) -> date | None:
    """When the last finished entry assessment was held; without it, no vehicle (domain.md §2.2)."""
    return next((held.held_on for held in ENTRIES(beneficiary_id)), None)


def opened_to(beneficiary_id: int) -> dict[str, Opened]:
    """What may be lent now, by kind of vehicle; empty before the first finished assessment."""
    return {opened.kind: opened for opened in OPENED(beneficiary_id)}
