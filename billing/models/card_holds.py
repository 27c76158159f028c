"""Sums that banks set aside for deposits (docs/adr/0023)."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from mobility.db import Base, PlatformRow, keys, points_to


class CardHold(PlatformRow, Base):
    """A hold asked for a deposit, then placed: `status` is one of card_holds.HOLD_LABELS.

    `key` is stored before the page is opened. `reference` is that of the payment it may become, once: `step_id` and `payment_id` are
    what was asked of it. It lapses by itself at `capture_before`, as the gateway said.
    """

    __tablename__ = "card_hold"
    __table_args__ = keys(
        UniqueConstraint("platform_id", "key"),
        UniqueConstraint("platform_id", "reference"),
        UniqueConstraint("platform_id", "payment_id"),
        points_to("deposit_id", "deposit"),
        points_to("step_id", "deposit_step"),
        points_to("payment_id", "payment"),
        Index("ix_card_hold_deposit", "platform_id", "deposit_id"),
        Index("ix_card_hold_status", "platform_id", "status"),
        CheckConstraint("cents > 0", name="amount"),
    )

    deposit_id: Mapped[int]
    status: Mapped[str] = mapped_column(String(12))
    key: Mapped[str] = mapped_column(String(64))
    reference: Mapped[str] = mapped_column(String(60))
    cents: Mapped[int]
    asked_at: Mapped[datetime]
    asked_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    agreed_at: Mapped[datetime | None]
    session_reference: Mapped[str | None] = mapped_column(String(120))
    page_url: Mapped[str | None] = mapped_column(String(2000))
    page_opened_at: Mapped[datetime | None]
    charge_reference: Mapped[str | None] = mapped_column(String(120))
    brand: Mapped[str | None] = mapped_column(String(20))
    last4: Mapped[str | None] = mapped_column(String(4))
    held_at: Mapped[datetime | None]
    capture_before: Mapped[datetime | None]
    step_id: Mapped[int | None]
    payment_id: Mapped[int | None]
    ended_at: Mapped[datetime | None]
