"""Notices of traffic offences."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from mobility.db import Base, PlatformRow, keys, points_to


class Fine(PlatformRow, Base):
    """An *avis de contravention*: which vehicle, when, who held it, and until when the driver is to be named.

    No licence number and no birth place is kept: they are typed for the letter and go with it. `due_on` is the day the law gives, or the
    one that a refusal of the naming gave; that refusal stays written once the driver is named again. `loan_id` is the loan by which another
    platform had the vehicle: that platform is named, and names its own driver.
    """

    __tablename__ = "fine"
    __table_args__ = keys(
        UniqueConstraint("platform_id", "number"),
        UniqueConstraint("platform_id", "notice_number"),
        points_to("vehicle_id", "vehicle"),
        points_to("booking_id", "booking"),
        points_to("beneficiary_id", "beneficiary"),
        CheckConstraint("status IN ('received', 'driver_found', 'named', 'refused', 'contested', 'settled')", name="status"),
        CheckConstraint("route IN ('direct', 'hirer_asks', 'hirer_named')", name="route"),
        CheckConstraint("amount_cents >= 0 AND points BETWEEN 0 AND 12", name="amounts"),
        CheckConstraint("due_on >= sent_on", name="clock"),
        CheckConstraint("(booking_id IS NULL) = (beneficiary_id IS NULL)", name="driver"),
        Index("ix_fine_vehicle", "platform_id", "vehicle_id", "offence_at"),
        Index("ix_fine_status", "platform_id", "status", "due_on"),
        Index("ix_fine_beneficiary", "platform_id", "beneficiary_id"),
        Index("ix_fine_booking", "platform_id", "booking_id"),
    )

    number: Mapped[str] = mapped_column(String(20))
    notice_number: Mapped[str] = mapped_column(String(40))
    vehicle_id: Mapped[int]
    booking_id: Mapped[int | None]
    beneficiary_id: Mapped[int | None]
    loan_id: Mapped[int | None] = mapped_column(ForeignKey("vehicle_loan.id"))
    status: Mapped[str] = mapped_column(String(14))
    route: Mapped[str] = mapped_column(String(12))
    offence_at: Mapped[datetime]
    place: Mapped[str | None] = mapped_column(String(200))
    offence: Mapped[str | None] = mapped_column(String(120))
    amount_cents: Mapped[int | None]
    points: Mapped[int | None]
    sent_on: Mapped[date]
    due_on: Mapped[date]
    hirer_on: Mapped[date | None]
    reminded_days: Mapped[int | None]
    told_at: Mapped[datetime | None]
    told_how: Mapped[str | None] = mapped_column(String(8))
    named_on: Mapped[date | None]
    named_how: Mapped[str | None] = mapped_column(String(8))
    refused_on: Mapped[date | None]
    refused_reason: Mapped[str | None] = mapped_column(String(12))
    contested_on: Mapped[date | None]
    settled_at: Mapped[datetime | None]
    outcome: Mapped[str | None] = mapped_column(String(16))
    created_at: Mapped[datetime]
    created_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
