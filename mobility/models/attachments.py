"""Files that are kept: pictures and PDF, with the rest of the platform's data so that one backup, one scope and one erasure hold them."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from mobility.db import Base, PlatformRow, keys, points_to


class Attachment(PlatformRow, Base):
    """A picture or a PDF. One that no act has claimed yet was sent ahead of its form, and goes after two days."""

    __tablename__ = "attachment"
    __table_args__ = keys(
        points_to("beneficiary_id", "beneficiary"),
        CheckConstraint("media_type IN ('image/jpeg', 'application/pdf')", name="media_type"),
        Index("ix_attachment_beneficiary", "platform_id", "beneficiary_id"),
        Index("ix_attachment_claimed", "platform_id", "claimed_at", "added_at"),
    )

    kind: Mapped[str] = mapped_column(String(20))
    beneficiary_id: Mapped[int | None]
    media_type: Mapped[str] = mapped_column(String(20))
    size: Mapped[int]
    width: Mapped[int | None]
    height: Mapped[int | None]
    content: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)
    small: Mapped[bytes | None] = mapped_column(LargeBinary, deferred=True)
    added_at: Mapped[datetime]
    added_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    claimed_at: Mapped[datetime | None]
