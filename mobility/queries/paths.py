"""Actions and meetings of people, in stated orders."""

from collections.abc import Sequence
from datetime import date, timedelta

from sqlalchemy import and_, bindparam, select

from mobility.db import Kept, db
from mobility.errors import NotFound
from mobility.models import Action, Beneficiary, Meeting
from mobility.periods import instant_of

_ACTIONS = Kept(
    select(Action).filter(Action.beneficiary_id == bindparam("beneficiary_id")).order_by(Action.started_on.desc(), Action.id.desc())
)
_MEETINGS = Kept(
    select(Meeting)
    .filter(Meeting.beneficiary_id == bindparam("beneficiary_id"))
    .order_by(Meeting.starts_at.desc(), Meeting.id.desc())
    .limit(bindparam("limit"))
)


def list_actions(beneficiary_id: int) -> Sequence[Action]:
    """A person's actions, the latest begun first."""
    return _ACTIONS(beneficiary_id=beneficiary_id).scalars().all()


def get_action(action_id: int) -> Action:
    """An action of this platform. Raises NotFound."""
    found = db.session.scalar(select(Action).filter(Action.id == action_id))
    if found is None:
        raise NotFound
    return found


def list_meetings(beneficiary_id: int, *, limit: int = 20) -> Sequence[Meeting]:
    """A person's appointments, the latest first."""
    return _MEETINGS(beneficiary_id=beneficiary_id, limit=limit).scalars().all()


def get_meeting(meeting_id: int) -> Meeting:
    """An appointment of this platform. Raises NotFound."""
    found = db.session.scalar(select(Meeting).filter(Meeting.id == meeting_id))
    if found is None:
        raise NotFound
    return found


_STANDING = Kept(
    select(Meeting, Beneficiary)
    .join(Beneficiary, and_(Beneficiary.platform_id == Meeting.platform_id, Beneficiary.id == Meeting.beneficiary_id))
    .filter(Meeting.starts_at >= bindparam("begins"), Meeting.starts_at < bindparam("ends"), Meeting.cancelled_at.is_(None))
    .order_by(Meeting.starts_at, Meeting.id)
)


def list_meetings_on(day: date) -> list[tuple[Meeting, Beneficiary]]:
    """The appointments of a day in Paris that stand, by hour."""
    rows = _STANDING(begins=instant_of(day), ends=instant_of(day + timedelta(days=1)))
    return [(meeting, person) for meeting, person in rows]
