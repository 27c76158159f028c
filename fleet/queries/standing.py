"""All that a lending asks about a person and about the platform's own rules, read in one statement."""

from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import select

from assessments.queries.standing import ENTRIES, OPENED
from billing.queries.tariffs import PROOFS, TIERS, VERSIONS
from fleet.queries.chain import RENTALS
from mobility.db import Known, columns_of, read_together, this_one, this_platform
from mobility.models import Document, Job
from mobility.practice import SETTINGS
from mobility.queries.letterhead import SIGNED
from mobility.queries.liaison import FORMS


class Shown(NamedTuple):
    """A paper that was seen."""

    seen_at: datetime
    id: int
    kind: str
    category: str | None
    restriction: str | None
    issued_on: date | None
    valid_until: date | None
    outside_eu: bool
    resident_since_on: date | None


class KnownJob(NamedTuple):
    """A job or a training, as a vehicle serves it."""

    id: int
    starts_on: date | None
    ends_on: date | None
    one_way_tenths: int | None
    weekdays: int
    hours: str | None


SHOWN = Known(
    Document,
    Shown,
    select(*columns_of(Document, Shown)).filter(Document.beneficiary_id == this_one(), Document.platform_id == this_platform()),
    latest_first=lambda shown: (shown.seen_at, shown.id),
)
JOBS = Known(
    Job,
    KnownJob,
    select(*columns_of(Job, KnownJob)).filter(Job.beneficiary_id == this_one(), Job.platform_id == this_platform()),
    latest_first=lambda job: (job.starts_on or date.min, job.id),
)


def know(beneficiary_id: int) -> None:
    """Read it all: each rule that asks for a part of it, in this transaction, finds it there."""
    read_together(beneficiary_id, SETTINGS, VERSIONS, TIERS, PROOFS, SHOWN, JOBS, ENTRIES, OPENED, FORMS, SIGNED, RENTALS)
