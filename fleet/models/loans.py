"""Loans of vehicles between platforms: one record that both see."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from mobility.db import Base, GlobalRow


class VehicleLoan(GlobalRow, Base):
    """One loan, of two platforms and of nobody: each side's own rows stay its own, `sheet` is what the borrower may know of the vehicle.

    No row of one platform: fleet/guards.py lets both see it on PostgreSQL, fleet/queries/loans.py on both engines.
    """

    __tablename__ = "vehicle_loan"
    __table_args__ = (
        ForeignKeyConstraint(["lender_id", "vehicle_id"], ["vehicle.platform_id", "vehicle.id"]),
        ForeignKeyConstraint(["lender_id", "block_id"], ["block.platform_id", "block.id"]),
        ForeignKeyConstraint(["borrower_id", "counterpart_id"], ["vehicle.platform_id", "vehicle.id"]),
        CheckConstraint("lender_id <> borrower_id", name="two_platforms"),
        CheckConstraint("ends_at > starts_at", name="period"),
        CheckConstraint("status IN ('asked', 'accepted', 'refused', 'withdrawn', 'received', 'given_back', 'ended')", name="status"),
        CheckConstraint("status IN ('asked', 'refused', 'withdrawn') OR (vehicle_id IS NOT NULL AND block_id IS NOT NULL)", name="vehicle"),
        Index("ix_vehicle_loan_lender", "lender_id", "asked_at"),
        Index("ix_vehicle_loan_borrower", "borrower_id", "asked_at"),
    )

    lender_id: Mapped[int] = mapped_column(ForeignKey("platform.id"))
    borrower_id: Mapped[int] = mapped_column(ForeignKey("platform.id"))
    kind: Mapped[str] = mapped_column(String(20))
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    status: Mapped[str] = mapped_column(String(12))
    refusal: Mapped[str | None] = mapped_column(String(12))
    vehicle_id: Mapped[int | None]
    block_id: Mapped[int | None]
    counterpart_id: Mapped[int | None]
    sheet: Mapped[dict[str, Any]]
    wanted_until: Mapped[datetime | None]  # a later end that the borrower asked for, until the lender answers
    asked_at: Mapped[datetime]
    moved_at: Mapped[datetime]
    received_at: Mapped[datetime | None]  # the keys were the borrower's from here
    given_back_at: Mapped[datetime | None]  # to here
