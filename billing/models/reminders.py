"""Reminders of what is to be paid, and what keeps them back."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from mobility.db import Base, PlatformRow, keys, points_to


class PaymentReminder(PlatformRow, Base):
    """A reminder of what an account owes, once for each step of what is due; `step` is None when somebody sent it (`sent_by`).

    `due_key` and `due_on` are those of the earliest due; `said_at` and `said_by` say who called or handed over the letter.
    """

    __tablename__ = "payment_reminder"
    __table_args__ = keys(
        UniqueConstraint("platform_id", "account_id", "due_key", "step"),
        points_to("account_id", "billing_account"),
        CheckConstraint("cents > 0", name="amount"),
    )

    account_id: Mapped[int]
    due_key: Mapped[str] = mapped_column(String(40))
    due_on: Mapped[date]
    step: Mapped[int | None]
    cents: Mapped[int]
    channel: Mapped[str] = mapped_column(String(10))
    sentence: Mapped[str] = mapped_column(String(600))
    sent_at: Mapped[datetime]
    sent_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    said_at: Mapped[datetime | None]
    said_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))


class ReminderHold(PlatformRow, Base):
    """Somebody keeps an account's reminders back, for a coded reason, until they let them go on; one at a time runs on an account."""

    __tablename__ = "reminder_hold"
    __table_args__ = keys(
        points_to("account_id", "billing_account"),
        Index("ix_reminder_hold_account", "platform_id", "account_id"),
    )

    account_id: Mapped[int]
    reason: Mapped[str] = mapped_column(String(20))
    held_at: Mapped[datetime]
    held_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    ended_at: Mapped[datetime | None]
    ended_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
