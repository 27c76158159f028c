"""Who waits for a vehicle, and what was proposed to them."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from mobility.db import Base, PlatformRow, keys, points_to


class WaitingRequest(PlatformRow, Base):
    """Somebody waits for a kind of vehicle over some days, at one pole or at any (None); the hours on site as "05:00".

    `needs` are codes of fleet/needs.py but for the gearbox, `adaptation` says in words which one the vehicle has to have.

    One live request a person and a kind: kept under the person's lock. What became of it since may lie in the bookings.
    """

    __tablename__ = "waiting_request"
    __table_args__ = keys(
        points_to("beneficiary_id", "beneficiary"),
        points_to("site_id", "site"),
        CheckConstraint("last_on >= first_on", name="days"),
        CheckConstraint("status IN ('waiting', 'paused', 'withdrawn', 'served', 'expired')", name="status"),
        Index("ix_waiting_request_status", "platform_id", "status", "kind"),
        Index("ix_waiting_request_beneficiary", "platform_id", "beneficiary_id"),
    )

    beneficiary_id: Mapped[int]
    kind: Mapped[str] = mapped_column(String(20))
    automatic_only: Mapped[bool] = mapped_column(default=False)
    needs: Mapped[list[Any]] = mapped_column(default=list, server_default="[]")
    adaptation: Mapped[str | None] = mapped_column(String(60))
    first_on: Mapped[date]
    last_on: Mapped[date]
    site_id: Mapped[int | None]
    work_from: Mapped[str | None] = mapped_column(String(5))
    work_to: Mapped[str | None] = mapped_column(String(5))
    with_children: Mapped[bool] = mapped_column(default=False)
    status: Mapped[str] = mapped_column(String(12))
    asked_at: Mapped[datetime]
    asked_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    first_for: Mapped[str | None] = mapped_column(String(20))
    first_at: Mapped[datetime | None]
    withdrawn_for: Mapped[str | None] = mapped_column(String(20))
    version: Mapped[int] = mapped_column(default=1, server_default="1")


class WaitingProposal(PlatformRow, Base):
    """A freed vehicle held for a request until somebody answers: what came of it is the state of its booking."""

    __tablename__ = "waiting_proposal"
    __table_args__ = keys(
        points_to("request_id", "waiting_request"),
        points_to("booking_id", "booking"),
        UniqueConstraint("platform_id", "booking_id"),
        Index("ix_waiting_proposal_request", "platform_id", "request_id"),
    )

    request_id: Mapped[int]
    booking_id: Mapped[int]
    made_at: Mapped[datetime]


class PlanRun(PlatformRow, Base):
    """The plan of the coming two weeks as it was last worked out: its lines name requests, bookings and vehicles by their ids."""

    __tablename__ = "plan_run"
    __table_args__ = keys(Index("ix_plan_run_drawn_at", "platform_id", "drawn_at"))

    drawn_at: Mapped[datetime]
    drawn_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    lines: Mapped[dict[str, Any]]
