"""What somebody's month comes to, as they told it."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from mobility.db import Base, PlatformRow, keys, points_to


class Budget(PlatformRow, Base):
    """The one budget of a person, in cents by code (billing/budgets.py): the next one takes its place, nothing older is kept."""

    __tablename__ = "budget"
    __table_args__ = keys(points_to("beneficiary_id", "beneficiary"), UniqueConstraint("platform_id", "beneficiary_id"))

    beneficiary_id: Mapped[int]
    lines: Mapped[dict[str, Any]]
    told_at: Mapped[datetime]
    told_to: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
