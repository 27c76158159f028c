"""What was said with people."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from mobility.db import Base, PlatformRow, keys, points_to


class ContactNote(PlatformRow, Base):
    """One exchange with a person: about what, how, who began it, and at most 300 characters of fact, emptied once they are old."""

    __tablename__ = "contact_note"
    __table_args__ = keys(
        points_to("beneficiary_id", "beneficiary"),
        Index("ix_contact_note_beneficiary", "platform_id", "beneficiary_id", "at"),
        Index("ix_contact_note_at", "platform_id", "at"),
    )

    beneficiary_id: Mapped[int]
    at: Mapped[datetime]
    subject: Mapped[str] = mapped_column(String(12))
    way: Mapped[str] = mapped_column(String(12))
    side: Mapped[str] = mapped_column(String(4))
    note: Mapped[str | None] = mapped_column(String(300))
    noted_at: Mapped[datetime]
    noted_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    withdrawn_at: Mapped[datetime | None]
    withdrawn_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
