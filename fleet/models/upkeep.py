"""What was done to a vehicle and when, plans of its own, and what is due next."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from mobility.db import Base, PlatformRow, keys, points_to


class UpkeepDone(PlatformRow, Base):
    """An item of the plan done to a vehicle on a day, at so many kilometres when they were read."""

    __tablename__ = "upkeep_done"
    __table_args__ = keys(
        points_to("vehicle_id", "vehicle"),
        points_to("work_order_id", "work_order"),
        CheckConstraint("km IS NULL OR km >= 0", name="km"),
        Index("ix_upkeep_done_vehicle", "platform_id", "vehicle_id", "item", "done_on"),
    )

    vehicle_id: Mapped[int]
    item: Mapped[str] = mapped_column(String(20))
    done_on: Mapped[date]
    km: Mapped[int | None]
    work_order_id: Mapped[int | None]
    noted_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))


class UpkeepException(PlatformRow, Base):
    """A vehicle that keeps to a rhythm of its own for one item: its maker says so, or it is driven hard."""

    __tablename__ = "upkeep_exception"
    __table_args__ = keys(
        points_to("vehicle_id", "vehicle"),
        UniqueConstraint("platform_id", "vehicle_id", "item"),
        CheckConstraint("every_km IS NULL OR every_km > 0", name="every_km"),
        CheckConstraint("every_days IS NULL OR every_days > 0", name="every_days"),
    )

    vehicle_id: Mapped[int]
    item: Mapped[str] = mapped_column(String(20))
    every_km: Mapped[int | None]
    every_days: Mapped[int | None]


class UpkeepDue(PlatformRow, Base):
    """What is due next on a vehicle, reckoned each night and after each act from plans, what was done, and the odometer."""

    __tablename__ = "upkeep_due"
    __table_args__ = keys(
        points_to("vehicle_id", "vehicle"),
        UniqueConstraint("platform_id", "vehicle_id", "item"),
        Index("ix_upkeep_due_remind", "platform_id", "remind_on"),
    )

    vehicle_id: Mapped[int]
    item: Mapped[str] = mapped_column(String(20))
    due_on: Mapped[date]
    due_km: Mapped[int | None]
    remind_on: Mapped[date]
    sentence: Mapped[str] = mapped_column(String(200))
