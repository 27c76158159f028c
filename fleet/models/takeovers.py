"""A platform's own spreadsheet, taken over: what was sent, how its columns were matched, what it made."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from mobility.db import Base, PlatformRow, keys, points_to


class Takeover(PlatformRow, Base):
    """A spreadsheet somebody sent to start from. Its lines wait here until they are taken, and are dropped then; `made` says by table
    which rows it made, for it to be undone as a whole."""

    __tablename__ = "takeover"
    __table_args__ = keys(points_to("site_id", "site"))

    file_name: Mapped[str] = mapped_column(String(200))
    manner: Mapped[str] = mapped_column(String(120))
    sheets: Mapped[list[Any]]
    matching: Mapped[list[Any]]
    remembered: Mapped[dict[str, Any]]
    site_id: Mapped[int | None]
    kind: Mapped[str | None] = mapped_column(String(20))
    sent_at: Mapped[datetime]
    sent_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    matched_at: Mapped[datetime | None]
    taken_at: Mapped[datetime | None]
    taken_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    undone_at: Mapped[datetime | None]
    undone_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    made: Mapped[dict[str, Any]]
    counts: Mapped[dict[str, Any]]
    doubts: Mapped[list[Any]]
