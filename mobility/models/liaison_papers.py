"""The papers of liaison forms."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from mobility.db import Base, PlatformRow, keys, points_to


class LiaisonPaper(PlatformRow, Base):
    """A paper that goes with a form: the day its sender saw it, and its file for as long as it waits to be seen here (domain.md §9).

    `checked_at` is when the platform saw it, `dropped_at` when its file went unseen; either way nothing of it is kept.
    """

    __tablename__ = "liaison_paper"
    __table_args__ = keys(
        points_to("form_id", "liaison_form"),
        points_to("beneficiary_id", "beneficiary"),
        points_to("attachment_id", "attachment"),
        UniqueConstraint("platform_id", "attachment_id"),
        CheckConstraint("checked_by IS NULL OR checked_at IS NOT NULL", name="checked"),
        Index("ix_liaison_paper_form", "platform_id", "form_id"),
        Index("ix_liaison_paper_beneficiary", "platform_id", "beneficiary_id"),
    )

    form_id: Mapped[int]
    beneficiary_id: Mapped[int]
    kind: Mapped[str] = mapped_column(String(20))
    seen_on: Mapped[date]
    by_platform: Mapped[bool]
    attachment_id: Mapped[int | None]
    added_at: Mapped[datetime]
    added_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    checked_at: Mapped[datetime | None]
    checked_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    dropped_at: Mapped[datetime | None]
