"""Fuel receipts drawn on the AMIE programme's allowance."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from mobility.db import Base, PlatformRow, keys, points_to


class FuelReceipt(PlatformRow, Base):
    """A receipt seen, not kept: its day and amount, what the allowance pays of it and how, who saw it; litres in hundredths.

    Withdrawn, it stays, with its reason, and a second entry undoes the first.
    """

    __tablename__ = "fuel_receipt"
    __table_args__ = keys(
        points_to("account_id", "billing_account"),
        Index("ix_fuel_receipt_account", "platform_id", "account_id"),
        CheckConstraint("covered_cents > 0 AND covered_cents <= cents", name="amounts"),
    )

    account_id: Mapped[int]
    spent_on: Mapped[date]
    cents: Mapped[int]
    covered_cents: Mapped[int]
    centilitres: Mapped[int | None]
    paid: Mapped[str] = mapped_column(String(10))
    seen_at: Mapped[datetime]
    seen_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    entry_number: Mapped[int]
    withdrawn_at: Mapped[datetime | None]
    withdrawn_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    withdrawn_reason: Mapped[str | None] = mapped_column(String(20))
    withdrawal_entry: Mapped[int | None]
