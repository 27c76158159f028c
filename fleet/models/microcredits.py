"""Files for a lender."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from mobility.db import Base, PlatformRow, keys, points_to


class Microcredit(PlatformRow, Base):
    """A microcredit's file: the loan asked for, the vehicle's quote, what the person let in and when, and what the lender said.

    `lines` are the codes that were chosen (fleet/microcredits.py), all of them off until then; `content` is the paper as it was sent.
    """

    __tablename__ = "microcredit"
    __table_args__ = keys(
        UniqueConstraint("platform_id", "number"),
        points_to("beneficiary_id", "beneficiary"),
        points_to("booking_id", "booking"),
        points_to("quote_id", "attachment"),
        CheckConstraint("status IN ('prepared', 'sent', 'accepted', 'refused', 'paid', 'dropped')", name="status"),
        Index("ix_microcredit_beneficiary", "platform_id", "beneficiary_id"),
    )

    number: Mapped[str] = mapped_column(String(20))
    beneficiary_id: Mapped[int]
    booking_id: Mapped[int]
    status: Mapped[str] = mapped_column(String(10))
    principal_cents: Mapped[int]
    rate_millionths: Mapped[int]
    months: Mapped[int]
    seller: Mapped[str] = mapped_column(String(120))
    vehicle: Mapped[str] = mapped_column(String(120))
    price_cents: Mapped[int]
    quote_id: Mapped[int | None]
    lines: Mapped[list[Any]]
    agreed_at: Mapped[datetime]
    agreed_to: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    lender: Mapped[str | None] = mapped_column(String(120))
    sent_on: Mapped[date | None]
    content: Mapped[dict[str, Any] | None]
    answered_on: Mapped[date | None]
    refused_reason: Mapped[str | None] = mapped_column(String(12))
    paid_on: Mapped[date | None]
    dropped_at: Mapped[datetime | None]
    created_at: Mapped[datetime]
