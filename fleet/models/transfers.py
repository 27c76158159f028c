"""Where vehicles were, pole after pole."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from mobility.db import Base, PlatformRow, keys, points_to


class VehicleTransfer(PlatformRow, Base):
    """A vehicle moved from a pole to another, from a day on. None is rewritten."""

    __tablename__ = "vehicle_transfer"
    __table_args__ = keys(
        points_to("vehicle_id", "vehicle"),
        points_to("from_site_id", "site"),
        points_to("to_site_id", "site"),
        CheckConstraint("from_site_id <> to_site_id", name="elsewhere"),
        CheckConstraint("reason IN ('demand', 'replacement', 'balance', 'workshop', 'closing', 'other', 'correction')", name="reason"),
        Index("ix_vehicle_transfer_vehicle", "platform_id", "vehicle_id", "on"),
    )

    vehicle_id: Mapped[int]
    from_site_id: Mapped[int]
    to_site_id: Mapped[int]
    on: Mapped[date]
    reason: Mapped[str] = mapped_column(String(12))
    note: Mapped[str | None] = mapped_column(String(200))
    noted_at: Mapped[datetime]
    noted_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
