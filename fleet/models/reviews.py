"""Monthly reviews of the escalating programme."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from mobility.db import Base, PlatformRow, keys, points_to


class MonthlyReview(PlatformRow, Base):
    """A month's review, as held; a correction is a further version beside it. `said` is what the referent reads.

    Either `told_to`, the address it went to, or `untold`, the code of why it did not (fleet/reviews.py).
    """

    __tablename__ = "monthly_review"
    __table_args__ = keys(
        UniqueConstraint("platform_id", "booking_id", "month", "version"),
        points_to("booking_id", "booking"),
        CheckConstraint("month >= 1 AND version >= 1", name="numbers"),
        CheckConstraint("(told_to IS NULL) <> (untold IS NULL)", name="told_or_why"),
    )

    booking_id: Mapped[int]
    month: Mapped[int]
    version: Mapped[int]
    held_on: Mapped[date]
    held_how: Mapped[str] = mapped_column(String(12))
    job: Mapped[str] = mapped_column(String(12))
    steps: Mapped[list[Any]]
    budget: Mapped[str] = mapped_column(String(12))
    agreed: Mapped[list[Any]]
    note: Mapped[str | None] = mapped_column(String(300))
    opposed: Mapped[bool]
    said: Mapped[str] = mapped_column(String(1000))
    told_to: Mapped[str | None] = mapped_column(String(254))
    untold: Mapped[str | None] = mapped_column(String(12))
    recorded_at: Mapped[datetime]
    recorded_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
