"""Accidents, and the pictures that show them."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from mobility.db import Base, PlatformRow, keys, points_to


class Accident(PlatformRow, Base):
    """What happened to a vehicle, in facts; its insurer, policy and excess as they stood that day; `due_on` is the insurer's last day."""

    __tablename__ = "accident"
    __table_args__ = keys(
        UniqueConstraint("platform_id", "number"),
        points_to("vehicle_id", "vehicle"),
        points_to("booking_id", "booking"),
        points_to("beneficiary_id", "beneficiary"),
        points_to("work_order_id", "work_order"),
        CheckConstraint("status IN ('open', 'declared', 'closed')", name="status"),
        CheckConstraint("excess_cents >= 0 AND liability_percent BETWEEN 0 AND 100", name="amounts"),
        CheckConstraint("(booking_id IS NULL) = (beneficiary_id IS NULL)", name="driver"),
        Index("ix_accident_vehicle", "platform_id", "vehicle_id", "happened_at"),
        Index("ix_accident_status", "platform_id", "status", "due_on"),
        Index("ix_accident_beneficiary", "platform_id", "beneficiary_id"),
    )

    number: Mapped[str] = mapped_column(String(20))
    vehicle_id: Mapped[int]
    booking_id: Mapped[int | None]
    beneficiary_id: Mapped[int | None]
    status: Mapped[str] = mapped_column(String(10))
    happened_at: Mapped[datetime]
    place: Mapped[str] = mapped_column(String(200))
    circumstances: Mapped[str] = mapped_column(String(12))
    account: Mapped[str | None] = mapped_column(String(300))
    injured: Mapped[bool]
    third_name: Mapped[str | None] = mapped_column(String(120))
    third_plate: Mapped[str | None] = mapped_column(String(20))
    third_insurer: Mapped[str | None] = mapped_column(String(120))
    third_policy: Mapped[str | None] = mapped_column(String(60))
    police_report: Mapped[str | None] = mapped_column(String(40))
    insurer: Mapped[str | None] = mapped_column(String(120))
    policy: Mapped[str | None] = mapped_column(String(60))
    excess_cents: Mapped[int | None]
    due_on: Mapped[date]
    declared_on: Mapped[date | None]
    claim_number: Mapped[str | None] = mapped_column(String(40))
    expert: Mapped[str | None] = mapped_column(String(120))
    expert_on: Mapped[date | None]
    liability_percent: Mapped[int | None]
    work_order_id: Mapped[int | None]
    outcome: Mapped[str | None] = mapped_column(String(16))
    closed_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(default=1, server_default="1")
    created_at: Mapped[datetime]
    created_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))


class AccidentPhoto(PlatformRow, Base):
    """A picture of an accident."""

    __tablename__ = "accident_photo"
    __table_args__ = keys(
        points_to("attachment_id", "attachment"),
        points_to("accident_id", "accident"),
        Index("ix_accident_photo_accident", "platform_id", "accident_id"),
    )

    attachment_id: Mapped[int]
    accident_id: Mapped[int]
