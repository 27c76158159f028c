"""Liaison forms begun and not sent."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from mobility.db import Base, PlatformRow, keys


class LiaisonDraft(PlatformRow, Base):
    """A form as its author has typed it so far: theirs alone, nobody's file, gone once sent or after some days."""

    __tablename__ = "liaison_draft"
    __table_args__ = keys(
        UniqueConstraint("platform_id", "account_id", "key"),
        Index("ix_liaison_draft_saved_at", "platform_id", "saved_at"),
    )

    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    key: Mapped[str] = mapped_column(String(40))  # drawn by the page: keeping again changes the same draft
    typed: Mapped[dict[str, Any]]
    saved_at: Mapped[datetime]
