"""The warnings before a person's file is to be erased."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from mobility.db import Base, PlatformRow, keys, points_to

_OPEN = text("closed_at IS NULL")


class RetentionNotice(PlatformRow, Base):
    """One warning (domain.md §9 "Retention"): the last trace, the day the file is due, how the person was told, how it ended.

    `erase_on` is set once the person was told. One open warning a person.
    """

    __tablename__ = "retention_notice"
    __table_args__ = keys(
        points_to("beneficiary_id", "beneficiary"),
        CheckConstraint("(told_at IS NULL) = (erase_on IS NULL) AND (told_at IS NULL) = (told_how IS NULL)", name="told"),
        CheckConstraint("(closed_at IS NULL) = (closed_as IS NULL)", name="closed"),
        CheckConstraint("closed_as IN ('kept', 'alive')", name="closed_as"),
        CheckConstraint("closed_as <> 'kept' OR (reason IS NOT NULL AND kept_until IS NOT NULL)", name="reason"),
        CheckConstraint("erase_on >= due_on", name="days"),
        Index("uq_retention_notice_open", "platform_id", "beneficiary_id", unique=True, sqlite_where=_OPEN, postgresql_where=_OPEN),
        Index("ix_retention_notice_beneficiary", "platform_id", "beneficiary_id"),
    )

    beneficiary_id: Mapped[int]
    last_on: Mapped[date]
    last_what: Mapped[str] = mapped_column(String(60))
    due_on: Mapped[date]
    noticed_at: Mapped[datetime]
    told_at: Mapped[datetime | None]
    told_how: Mapped[str | None] = mapped_column(String(12))
    told_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    erase_on: Mapped[date | None]
    closed_at: Mapped[datetime | None]
    closed_as: Mapped[str | None] = mapped_column(String(8))
    closed_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    reason: Mapped[str | None] = mapped_column(String(12))
    kept_until: Mapped[date | None]
