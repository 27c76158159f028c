"""What ties people to the platform by their assessments."""

from collections.abc import Collection, Iterator

from sqlalchemy import and_, func, select

from assessments.booklet.models import BookletShare, Competence, Confirmation, Experience
from assessments.models import Assessment, Clearance
from mobility.db import among, db
from mobility.periods import paris_day
from mobility.queries.traces import last_of
from mobility.retention import Trace

_OF = and_(Confirmation.platform_id == Competence.platform_id, Confirmation.competence_id == Competence.id)


def traces(ids: Collection[int]) -> Iterator[Trace]:
    """Of these people: their last assessment, begun or finished, the last vehicle opened to them, the last of their booklet."""
    for id_, on in db.session.execute(last_of(Assessment, func.max(Assessment.held_on), ids)):
        yield Trace(beneficiary_id=id_, what="bilan de mobilité", on=on)
    for id_, at in db.session.execute(last_of(Clearance, func.max(Clearance.decided_at), ids)):
        yield Trace(beneficiary_id=id_, what="véhicule ouvert", on=paris_day(at))
    for id_, at in db.session.execute(last_of(Experience, func.max(Experience.noted_at), ids)):
        yield Trace(beneficiary_id=id_, what="expérience du livret", on=paris_day(at))
    for id_, at in db.session.execute(last_of(Competence, func.max(Competence.noted_at), ids)):
        yield Trace(beneficiary_id=id_, what="compétence du livret", on=paris_day(at))
    for id_, at in db.session.execute(last_of(BookletShare, func.max(BookletShare.shared_at), ids)):
        yield Trace(beneficiary_id=id_, what="livret montré", on=paris_day(at))
    given = select(Competence.beneficiary_id, func.max(Confirmation.confirmed_at)).join(Confirmation, _OF)
    for id_, at in db.session.execute(given.filter(among(Competence.beneficiary_id, ids)).group_by(Competence.beneficiary_id)):
        yield Trace(beneficiary_id=id_, what="compétence confirmée", on=paris_day(at))
