"""What vehicles cost."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from mobility.db import Base, PlatformRow, keys, points_to


class VehicleCost(PlatformRow, Base):
    """One expense for a vehicle: noted by somebody with its paper, or what a closed work order came to."""

    __tablename__ = "vehicle_cost"
    __table_args__ = keys(
        points_to("vehicle_id", "vehicle"),
        points_to("work_order_id", "work_order"),
        points_to("attachment_id", "attachment"),
        UniqueConstraint("platform_id", "work_order_id"),
        CheckConstraint(
            "kind IN ('workshop', 'fuel', 'insurance', 'rent', 'repair', 'inspection', 'cleaning', 'equipment', 'other')", name="kind"
        ),
        CheckConstraint("cents > 0", name="amount"),
        Index("ix_vehicle_cost_vehicle", "platform_id", "vehicle_id", "on"),
        Index("ix_vehicle_cost_on", "platform_id", "on"),
    )

    vehicle_id: Mapped[int]
    on: Mapped[date]
    kind: Mapped[str] = mapped_column(String(12))
    cents: Mapped[int]
    note: Mapped[str | None] = mapped_column(String(200))
    document_number: Mapped[str | None] = mapped_column(String(40))
    work_order_id: Mapped[int | None]
    attachment_id: Mapped[int | None]
    noted_at: Mapped[datetime]
    noted_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
