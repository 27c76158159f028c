"""Two files of one person made one."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from mobility.db import Base, PlatformRow, keys, points_to


class FileMerge(PlatformRow, Base):
    """One file kept, another whose rows went into it: `moved` names them by table, `last_ids` the last row of each table at that time.

    `before` and `made` are what the kept file said and says of its person where that changed, dates in ISO. Undone, it is as if never.
    """

    __tablename__ = "file_merge"
    __table_args__ = keys(
        points_to("beneficiary_id", "beneficiary"),
        points_to("merged_id", "beneficiary"),
        CheckConstraint("beneficiary_id <> merged_id", name="two"),
        Index("ix_file_merge_beneficiary", "platform_id", "beneficiary_id"),
        Index(
            "uq_file_merge_merged",
            "platform_id",
            "merged_id",
            unique=True,
            sqlite_where=text("undone_at IS NULL"),
            postgresql_where=text("undone_at IS NULL"),
        ),
    )

    beneficiary_id: Mapped[int]  # whose file is kept
    merged_id: Mapped[int]
    merged_at: Mapped[datetime]
    merged_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    moved: Mapped[dict[str, Any]]
    last_ids: Mapped[dict[str, Any]]
    before: Mapped[dict[str, Any]]
    made: Mapped[dict[str, Any]]
    undone_at: Mapped[datetime | None]
    undone_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
