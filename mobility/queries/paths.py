"""Actions and meetings of people, in stated orders."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from sqlalchemy import and_, bindparam, or_, select

from mobility.db import Kept, db, look_once
from mobility.errors import NotFound
from mobility.meeting_reminders import AHEAD, BY_SOMEBODY, say_reminder
from mobility.models import Action, Beneficiary, Meeting, Site
from mobility.periods import instant_of
from mobility.queries.contacts import say_place

_ACTIONS = Kept(
    select(Action).filter(Action.beneficiary_id == bindparam("beneficiary_id")).order_by(Action.started_on.desc(), Action.id.desc())
)
MEETINGS_READ = 100  # the latest of a person: two years of weeks, those to come included
_MEETINGS = Kept(
    select(Meeting, Site)
    .join(Site, Site.id == Meeting.site_id, isouter=True)
    .filter(Meeting.beneficiary_id == bindparam("beneficiary_id"))
    .order_by(Meeting.starts_at.desc(), Meeting.id.desc())
    .limit(MEETINGS_READ)
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
    return [meeting for meeting, _ in _meetings_of(beneficiary_id)[:limit]]


def find_next_meeting(beneficiary_id: int, now: datetime) -> tuple[Meeting, Site | None] | None:
    """The next one that stands, with its pole where one is named."""
    ahead = [(meeting, site) for meeting, site in _meetings_of(beneficiary_id) if meeting.starts_at >= now]
    return next((found for found in reversed(ahead) if found[0].cancelled_at is None and found[0].held_at is None), None)


def _meetings_of(beneficiary_id: int) -> list[tuple[Meeting, Site | None]]:
    """Read once a page: its head and its list ask both."""
    return look_once(Meeting, ("theirs", beneficiary_id), lambda: [(row[0], row[1]) for row in _MEETINGS(beneficiary_id=beneficiary_id)])


def get_meeting(meeting_id: int) -> Meeting:
    """An appointment of this platform. Raises NotFound."""
    found = db.session.scalar(select(Meeting).filter(Meeting.id == meeting_id))
    if found is None:
        raise NotFound
    return found


_TO_SAY = and_(Meeting.reminder_channel.in_(BY_SOMEBODY), Meeting.told_at.is_(None), Meeting.held_at.is_(None), Meeting.missed_at.is_(None))
_OF_THE_DESK = Kept(
    select(Meeting, Beneficiary)
    .join(Beneficiary, and_(Beneficiary.platform_id == Meeting.platform_id, Beneficiary.id == Meeting.beneficiary_id))
    .filter(Meeting.starts_at >= bindparam("begins"), Meeting.starts_at < bindparam("until"))
    .filter(or_(Meeting.starts_at < bindparam("ends"), _TO_SAY), Meeting.cancelled_at.is_(None))
    .order_by(Meeting.starts_at, Meeting.id)
)


def list_meetings_of_desk(day: date) -> tuple[list[tuple[Meeting, Beneficiary]], list[tuple[Meeting, Beneficiary]]]:
    """The appointments of a day in Paris that stand, by hour; and those to come of which somebody has still to remind, by day."""
    begins, ends = instant_of(day), instant_of(day + timedelta(days=1))
    rows = [(meeting, person) for meeting, person in _OF_THE_DESK(begins=begins, ends=ends, until=begins + AHEAD)]
    to_say = [(meeting, person) for meeting, person in rows if meeting.reminder_channel in BY_SOMEBODY and meeting.told_at is None]
    return [(meeting, person) for meeting, person in rows if meeting.starts_at < ends], [one for one in to_say if one[0].starts_at >= ends]


def reminder_of(meeting: Meeting) -> str:
    """The reminder of an appointment in words, with its place."""
    site = db.session.scalar(select(Site).filter(Site.id == meeting.site_id)) if meeting.site_id is not None else None
    return say_reminder(meeting.kind, meeting.starts_at, say_place(site))
