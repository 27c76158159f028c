"""Pauses in asking for what is owed."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from mobility.db import Base, PlatformRow, keys, points_to


class ChasePause(PlatformRow, Base):
    """Nobody is chased for an account's debt through `until_on`, unless ended before; one at a time runs on an account."""

    __tablename__ = "chase_pause"
    __table_args__ = keys(
        points_to("account_id", "billing_account"),
        Index("ix_chase_pause_account", "platform_id", "account_id"),
    )

    account_id: Mapped[int]
    reason: Mapped[str] = mapped_column(String(20))
    until_on: Mapped[date]
    paused_at: Mapped[datetime]
    paused_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    ended_at: Mapped[datetime | None]
    ended_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
