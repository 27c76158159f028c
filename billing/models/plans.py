"""Plans for what is owed."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from mobility.db import Base, PlatformRow, keys, points_to


class ArrearsPlan(PlatformRow, Base):
    """Parts promised on an account, agreed at an instant; `paid_cents` is all that was settled on it by then. Its state is never kept."""

    __tablename__ = "arrears_plan"
    __table_args__ = keys(
        points_to("account_id", "billing_account"),
        Index("ix_arrears_plan_account", "platform_id", "account_id"),
        CheckConstraint("cents > 0", name="amount"),
    )

    account_id: Mapped[int]
    cents: Mapped[int]
    parts: Mapped[list[Any]]
    paid_cents: Mapped[int]
    agreed_at: Mapped[datetime]
    agreed_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    ended_at: Mapped[datetime | None]
    ended_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    ended_reason: Mapped[str | None] = mapped_column(String(200))
