"""What people ask to have put right."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from mobility.db import Base, PlatformRow, keys, points_to


class CorrectionRequest(PlatformRow, Base):
    """A person's own words on what is wrong about them, and the answer, which they were told."""

    __tablename__ = "correction_request"
    __table_args__ = keys(
        points_to("beneficiary_id", "beneficiary"),
        CheckConstraint("(answered_at IS NULL) = (outcome IS NULL)", name="answer"),
        CheckConstraint("outcome <> 'refused' OR reason IS NOT NULL", name="reason"),
        Index("ix_correction_request_beneficiary", "platform_id", "beneficiary_id"),
    )

    beneficiary_id: Mapped[int]
    subject: Mapped[str] = mapped_column(String(20))
    words: Mapped[str] = mapped_column(String(300))
    asked_at: Mapped[datetime]
    answered_at: Mapped[datetime | None]
    answered_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    outcome: Mapped[str | None] = mapped_column(String(10))
    reason: Mapped[str | None] = mapped_column(String(300))
