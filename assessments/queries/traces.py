"""What ties people to the platform by their assessments."""

from collections.abc import Collection, Iterator

from sqlalchemy import and_, func, select, true

from assessments.booklet.models import BookletShare, Competence, Confirmation, Experience
from assessments.models import Assessment, Clearance
from mobility.db import among, db
from mobility.periods import paris_day
from mobility.queries.traces import Lasting, last_instants, last_of
from mobility.retention import Trace
from mobility.tongues import say

_OF = and_(Confirmation.platform_id == Competence.platform_id, Confirmation.competence_id == Competence.id)

_LASTING: tuple[Lasting, ...] = (
    (say("véhicule ouvert"), Clearance, Clearance.decided_at, true()),
    (say("expérience du livret"), Experience, Experience.noted_at, true()),
    (say("compétence du livret"), Competence, Competence.noted_at, true()),
    (say("livret montré"), BookletShare, BookletShare.shared_at, true()),
)


def traces(ids: Collection[int]) -> Iterator[Trace]:
    """Of these people: their last assessment, begun or finished, the last vehicle opened to them, the last of their booklet."""
    for id_, on in db.session.execute(last_of(Assessment, func.max(Assessment.held_on), ids)):
        yield Trace(beneficiary_id=id_, what=say("bilan de mobilité"), on=on)
    yield from last_instants(ids, _LASTING)
    given = select(Competence.beneficiary_id, func.max(Confirmation.confirmed_at)).join(Confirmation, _OF)
    for id_, at in db.session.execute(given.filter(among(Competence.beneficiary_id, ids)).group_by(Competence.beneficiary_id)):
        yield Trace(beneficiary_id=id_, what=say("compétence confirmée"), on=paris_day(at))
