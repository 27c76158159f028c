"""What was decided for the people a breakdown left on foot."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from mobility.db import Base, PlatformRow, keys, points_to


class Rescue(PlatformRow, Base):
    """One decision for one person: another vehicle, another way to work, or the end of a booking; with the sentence they were told."""

    __tablename__ = "rescue"
    __table_args__ = keys(
        points_to("vehicle_id", "vehicle"),
        points_to("other_vehicle_id", "vehicle"),
        points_to("booking_id", "booking"),
        CheckConstraint("way IN ('swap', 'bus', 'carpool', 'transport', 'other', 'stop')", name="way"),
        CheckConstraint("(way = 'swap') = (other_vehicle_id IS NOT NULL)", name="other_vehicle"),
        CheckConstraint("channel IN ('sms', 'mail', 'call')", name="channel"),
        Index("ix_rescue_vehicle", "platform_id", "vehicle_id", "decided_at"),
        Index("ix_rescue_booking", "platform_id", "booking_id"),
    )

    vehicle_id: Mapped[int]
    booking_id: Mapped[int]
    way: Mapped[str] = mapped_column(String(12))
    other_vehicle_id: Mapped[int | None]
    told: Mapped[str] = mapped_column(String(480))
    channel: Mapped[str] = mapped_column(String(10))
    decided_at: Mapped[datetime]
    decided_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
