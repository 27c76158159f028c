"""Collective workshops, and the seat of each person asked to one."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from mobility.db import Base, PlatformRow, keys, points_to


class GroupWorkshop(PlatformRow, Base):
    """A collective workshop (*atelier collectif*), or a trip, which has stops: planned, held once somebody came, or cancelled with why."""

    __tablename__ = "group_workshop"
    __table_args__ = keys(
        points_to("site_id", "site"),
        CheckConstraint("places > 0", name="places"),
        CheckConstraint("minutes > 0", name="minutes"),
        Index("ix_group_workshop_starts_at", "platform_id", "starts_at"),
    )

    subject: Mapped[str] = mapped_column(String(30))
    title: Mapped[str] = mapped_column(String(120))
    starts_at: Mapped[datetime]
    minutes: Mapped[int]
    site_id: Mapped[int | None]
    place: Mapped[str | None] = mapped_column(String(200))  # where, when it is at none of the poles
    places: Mapped[int]
    open_to: Mapped[str] = mapped_column(String(20))
    adviser_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    stops: Mapped[list[Any] | None] = mapped_column(JSON(none_as_null=True))  # of an accompanied trip: each with its hour and place
    held_at: Mapped[datetime | None]
    cancelled_at: Mapped[datetime | None]
    cancel_reason: Mapped[str | None] = mapped_column(String(20))


class WorkshopSeat(PlatformRow, Base):
    """Somebody asked to a workshop: what they answered, whether they came, and the step of their path that it makes."""

    __tablename__ = "workshop_seat"
    __table_args__ = keys(
        UniqueConstraint("platform_id", "group_workshop_id", "beneficiary_id"),
        points_to("group_workshop_id", "group_workshop"),
        points_to("beneficiary_id", "beneficiary"),
        points_to("action_id", "action"),
        CheckConstraint("board >= 0 AND board < alight", name="leg"),
        Index("ix_workshop_seat_beneficiary", "platform_id", "beneficiary_id"),
    )

    group_workshop_id: Mapped[int]
    beneficiary_id: Mapped[int]
    state: Mapped[str] = mapped_column(String(12))
    asked_at: Mapped[datetime]  # since when they have a seat or wait for one: the order of the waiting list
    told_by: Mapped[str | None] = mapped_column(String(8))  # how they were told last; "call" is left to say
    answered_at: Mapped[datetime | None]
    reminded_at: Mapped[datetime | None]
    board: Mapped[int | None]  # of a trip: the rank of the stop where they get on, and off
    alight: Mapped[int | None]
    charter_on: Mapped[date | None]  # when the passenger accepted the charter
    mark: Mapped[str | None] = mapped_column(String(8))
    marked_at: Mapped[datetime | None]
    action_id: Mapped[int | None]
