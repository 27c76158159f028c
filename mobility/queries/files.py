"""What stands at the head of a person's file and own space, and what a platform shows of itself."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Row, bindparam, select

from mobility.db import Kept, db
from mobility.models import Meeting, Platform, Site

_NEXT_MEETING = Kept(
    select(Meeting, Site)
    .join(Site, Site.id == Meeting.site_id, isouter=True)
    .filter(Meeting.beneficiary_id == bindparam("beneficiary_id"), Meeting.starts_at >= bindparam("now"))
    .filter(Meeting.cancelled_at.is_(None), Meeting.held_at.is_(None))
    .order_by(Meeting.starts_at, Meeting.id)
    .limit(1)
)


def find_next_meeting(beneficiary_id: int, now: datetime) -> Row[Meeting, Site] | None:
    """The next meeting that stands, with its pole where one is named."""
    return _NEXT_MEETING(beneficiary_id=beneficiary_id, now=now).first()


def get_platform(id_: int) -> Platform:
    """The platform's own row."""
    return db.session.get_one(Platform, id_)


def list_platforms() -> Sequence[Platform]:
    """The platforms of this installation, by name."""
    return db.session.scalars(select(Platform).order_by(Platform.name)).all()
