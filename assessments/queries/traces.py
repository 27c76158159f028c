"""What ties people to the platform by their assessments."""

from collections.abc import Collection, Iterator

from sqlalchemy import func

from assessments.models import Assessment, Clearance
from mobility.db import db
from mobility.periods import paris_day
from mobility.queries.traces import last_of
from mobility.retention import Trace


def traces(ids: Collection[int]) -> Iterator[Trace]:
    """Of these people: their last assessment, begun or finished, and the last vehicle opened to them."""
    for id_, on in db.session.execute(last_of(Assessment, func.max(Assessment.held_on), ids)):
        yield Trace(beneficiary_id=id_, what="bilan de mobilité", on=on)
    for id_, at in db.session.execute(last_of(Clearance, func.max(Clearance.decided_at), ids)):
        yield Trace(beneficiary_id=id_, what="véhicule ouvert", on=paris_day(at))
