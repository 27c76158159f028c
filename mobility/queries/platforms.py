"""What a platform shows of itself."""

from collections.abc import Sequence

from sqlalchemy import select

from mobility.db import db
from mobility.models import Platform


def get_platform(id_: int) -> Platform:
    """The platform's own row."""
    return db.session.get_one(Platform, id_)


def list_platforms() -> Sequence[Platform]:
    """The platforms of this installation, by name."""
    return db.session.scalars(select(Platform).order_by(Platform.name)).all()
