"""What was written off, and what came for it later."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from mobility.db import Base, PlatformRow, keys, points_to


class LossStep(PlatformRow, Base):
    """A part of an account's debt written off, for a coded `reason`, a recovery, or a write-off taken back; each with its entry.

    Written once. `reference` is the paper that decided, of `decided_on`; `parts` the charges it was for; `number` that of its
    voucher ("PERTE-000001").
    `undoes_number` is that of the write-off that a step takes back, whose `reference` then says why.
    """

    __tablename__ = "loss_step"
    __table_args__ = keys(
        UniqueConstraint("platform_id", "number"),
        points_to("account_id", "billing_account"),
        Index("ix_loss_step_account", "platform_id", "account_id"),
        Index("ix_loss_step_undoes", "platform_id", "undoes_number", unique=True),
        CheckConstraint("cents > 0", name="amount"),
    )

    number: Mapped[int]
    account_id: Mapped[int]
    act: Mapped[str] = mapped_column(String(12))
    cents: Mapped[int]
    reason: Mapped[str | None] = mapped_column(String(20))
    reference: Mapped[str | None] = mapped_column(String(120))
    decided_on: Mapped[date]
    parts: Mapped[list[Any]]
    at: Mapped[datetime]
    by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    entry_number: Mapped[int]
    undoes_number: Mapped[int | None]
