"""The weekly point-étape, what was decided about kilometres, and how it ended."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from mobility.db import Base, PlatformRow, keys, points_to


class PointEtape(PlatformRow, Base):
    """A weekly meeting about a rental: each part (reading, condition, money, job) stands alone and may come by itself."""

    __tablename__ = "point_etape"
    __table_args__ = keys(
        points_to("booking_id", "booking"),
        points_to("reading_id", "odometer_reading"),
        points_to("condition_id", "condition_report"),
        points_to("payment_id", "payment"),
        points_to("meeting_id", "meeting"),
        Index("ix_point_etape_booking", "platform_id", "booking_id", "planned_at"),
        Index("ix_point_etape_planned", "platform_id", "held_at", "planned_at"),
    )

    booking_id: Mapped[int]
    meeting_id: Mapped[int | None]
    planned_at: Mapped[datetime]
    held_at: Mapped[datetime | None]
    mode: Mapped[str | None] = mapped_column(String(12))
    reading_id: Mapped[int | None]
    condition_id: Mapped[int | None]
    payment_id: Mapped[int | None]
    cap: Mapped[dict[str, Any] | None]
    job_state: Mapped[str | None] = mapped_column(String(20))
    next_step: Mapped[str | None] = mapped_column(String(30))
    held_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))


class GrantedTrip(PlatformRow, Base):
    """Kilometres granted beyond home and work, in tenths, with a coded reason."""

    __tablename__ = "granted_trip"
    __table_args__ = keys(points_to("booking_id", "booking"), Index("ix_granted_trip_booking", "platform_id", "booking_id"))

    booking_id: Mapped[int]
    tenths: Mapped[int]
    on: Mapped[date]
    reason: Mapped[str] = mapped_column(String(30))
    granted_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))


class CapDecision(PlatformRow, Base):
    """What the adviser decided after the conversation: continue, adjust, warn, stop (domain.md §10.4)."""

    __tablename__ = "cap_decision"
    __table_args__ = keys(points_to("booking_id", "booking"), Index("ix_cap_decision_booking", "platform_id", "booking_id", "at"))

    booking_id: Mapped[int]
    at: Mapped[datetime]
    decision: Mapped[str] = mapped_column(String(12))
    reason: Mapped[str | None] = mapped_column(String(200))
    cap_tenths: Mapped[int | None]
    driven_km: Mapped[int | None]
    decided_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))


class Outcome(PlatformRow, Base):
    """How a rental ended: why, which job, whether a lasting mobility solution was found."""

    __tablename__ = "outcome"
    __table_args__ = keys(
        points_to("beneficiary_id", "beneficiary"),
        points_to("booking_id", "booking"),
        Index("ix_outcome_recorded_on", "platform_id", "recorded_on"),
        Index("ix_outcome_beneficiary", "platform_id", "beneficiary_id"),
    )

    beneficiary_id: Mapped[int]
    booking_id: Mapped[int | None]
    recorded_on: Mapped[date]
    end_reason: Mapped[str] = mapped_column(String(30))
    job_kind: Mapped[str] = mapped_column(String(20))
    lasting_solution: Mapped[str] = mapped_column(String(30))
    recorded_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
