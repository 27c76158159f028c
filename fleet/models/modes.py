"""The way to work that a person chose."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from mobility.db import Base, PlatformRow, keys, points_to


class ModeChoice(PlatformRow, Base):
    """A choice between ways to work, with the question and what was compared then; the last one counts (domain.md §2.3)."""

    __tablename__ = "mode_choice"
    __table_args__ = keys(points_to("beneficiary_id", "beneficiary"), Index("ix_mode_choice_beneficiary", "platform_id", "beneficiary_id"))

    beneficiary_id: Mapped[int]
    mode: Mapped[str] = mapped_column(String(20))
    reason: Mapped[str] = mapped_column(String(20))
    question: Mapped[dict[str, Any]]
    compared: Mapped[list[Any]]
    chosen_at: Mapped[datetime]
    chosen_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
