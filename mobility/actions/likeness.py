"""Files that look alike: the adviser says that they are two people, and is not asked again."""

from datetime import datetime

from mobility import audit
from mobility.actions.people import lock_beneficiary
from mobility.db import db
from mobility.errors import NotFound
from mobility.models import Distinction
from mobility.queries.likeness import find_distinction
from mobility.rights import Viewer


def tell_apart(beneficiary_id: int, other_id: int, *, by: Viewer, now: datetime) -> Distinction:
    """Remember that two files are two people; said twice, it stands once. Raises NotFound."""
    if beneficiary_id == other_id:
        raise NotFound
    lower, higher = (lock_beneficiary(id_) for id_ in sorted((beneficiary_id, other_id)))
    if (known := find_distinction(lower.id, higher.id)) is not None:
        return known
    told = Distinction(lower_id=lower.id, higher_id=higher.id, told_at=now, told_by=by.account_id)
    db.session.add(told)
    for person in (lower, higher):
        audit.record("tell_apart", told, by=by, now=now, subject=person)
    return told
