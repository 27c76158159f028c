"""What drivers tell of their vehicle."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from mobility.db import Base, PlatformRow, keys, points_to


class Defect(PlatformRow, Base):
    """Something wrong with a vehicle, told by who has it; what the workshop made of it, and what keeps the vehicle back for it."""

    __tablename__ = "defect"
    __table_args__ = keys(
        points_to("vehicle_id", "vehicle"),
        points_to("booking_id", "booking"),
        points_to("photo_id", "attachment"),
        points_to("block_id", "block"),
        CheckConstraint("state IN ('new', 'notice', 'out', 'none')", name="state"),
        CheckConstraint("(state = 'new') = (judged_at IS NULL)", name="judged"),
        Index("ix_defect_vehicle", "platform_id", "vehicle_id", "told_at"),
        Index("ix_defect_booking", "platform_id", "booking_id"),
        Index("ix_defect_state", "platform_id", "state", "told_at"),
    )

    vehicle_id: Mapped[int]
    booking_id: Mapped[int]
    part: Mapped[str] = mapped_column(String(20))
    words: Mapped[str | None] = mapped_column(String(300))
    photo_id: Mapped[int | None]
    state: Mapped[str] = mapped_column(String(10))
    answer: Mapped[str | None] = mapped_column(String(200))
    block_id: Mapped[int | None]
    told_at: Mapped[datetime]
    told_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    judged_at: Mapped[datetime | None]
    judged_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
