"""What a vehicle carries from rental to rental, and the pictures that show it."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from mobility.db import Base, PlatformRow, keys, points_to


class VehicleMark(PlatformRow, Base):
    """A scratch, a dent: where on the sketch (per mille of its sides), in which report it was first seen, and when it was mended.

    No report: it came with a loan between platforms, from what the other one knew.
    """

    __tablename__ = "vehicle_mark"
    __table_args__ = keys(
        points_to("vehicle_id", "vehicle"),
        points_to("report_id", "condition_report"),
        CheckConstraint("(x IS NULL) = (y IS NULL)", name="whole_place"),
        CheckConstraint("x BETWEEN 0 AND 1000 AND y BETWEEN 0 AND 1000", name="on_the_sketch"),
        CheckConstraint("gone_at >= seen_at", name="seen_before_gone"),
        Index("ix_vehicle_mark_vehicle", "platform_id", "vehicle_id", "seen_at"),
        Index("ix_vehicle_mark_report", "platform_id", "report_id"),
    )

    vehicle_id: Mapped[int]
    report_id: Mapped[int | None]
    zone: Mapped[str] = mapped_column(String(12))
    kind: Mapped[str] = mapped_column(String(12))
    x: Mapped[int | None]
    y: Mapped[int | None]
    note: Mapped[str | None] = mapped_column(String(120))
    seen_at: Mapped[datetime]
    seen_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    gone_at: Mapped[datetime | None]
    gone_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))


class LookPhoto(PlatformRow, Base):
    """A picture taken while a vehicle was looked over: of a report or one of its marks, or of an odometer as it was read."""

    __tablename__ = "look_photo"
    __table_args__ = keys(
        points_to("attachment_id", "attachment"),
        points_to("report_id", "condition_report"),
        points_to("mark_id", "vehicle_mark"),
        points_to("reading_id", "odometer_reading"),
        CheckConstraint("(report_id IS NULL) <> (reading_id IS NULL)", name="of_one_look"),
        Index("ix_look_photo_report", "platform_id", "report_id"),
        Index("ix_look_photo_mark", "platform_id", "mark_id"),
        Index("ix_look_photo_reading", "platform_id", "reading_id"),
    )

    attachment_id: Mapped[int]
    report_id: Mapped[int | None]
    mark_id: Mapped[int | None]
    reading_id: Mapped[int | None]
