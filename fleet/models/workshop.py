"""The workshop: garages that work for the platform, work orders, and their lines."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from mobility.db import Base, PlatformRow, keys, points_to


class Garage(PlatformRow, Base):
    """A garage that works for the platform: a solidarity garage, a cycle workshop, a dealer."""

    __tablename__ = "garage"
    __table_args__ = keys(UniqueConstraint("platform_id", "name"))

    name: Mapped[str] = mapped_column(String(120))
    email: Mapped[str | None] = mapped_column(String(200))
    phone: Mapped[str | None] = mapped_column(String(20))
    address: Mapped[str | None] = mapped_column(String(200))
    is_solidarity: Mapped[bool] = mapped_column(default=False)
    closed_at: Mapped[datetime | None]


class WorkOrder(PlatformRow, Base):
    """What is to be done to a vehicle, until it is done and paid; `block_id` is what keeps the vehicle back for it.

    The garage itself says `proposed_starts_at`, `proposed_ends_at` and `told_done_at`: words that move nothing.
    """

    __tablename__ = "work_order"
    __table_args__ = keys(
        UniqueConstraint("platform_id", "number"),
        points_to("vehicle_id", "vehicle"),
        points_to("garage_id", "garage"),
        points_to("block_id", "block"),
        CheckConstraint("status IN ('opened', 'planned', 'in_workshop', 'done', 'closed')", name="status"),
        CheckConstraint("done_at IS NULL OR done_at >= started_at", name="order"),
        Index("ix_work_order_vehicle", "platform_id", "vehicle_id", "opened_at"),
        Index("ix_work_order_status", "platform_id", "status", "opened_at"),
    )

    number: Mapped[str] = mapped_column(String(20))
    vehicle_id: Mapped[int]
    subject: Mapped[str] = mapped_column(String(20))
    description: Mapped[str | None] = mapped_column(String(300))
    garage_id: Mapped[int | None]
    block_id: Mapped[int | None]
    status: Mapped[str] = mapped_column(String(12))
    odometer_km: Mapped[int | None]
    proposed_starts_at: Mapped[datetime | None]
    proposed_ends_at: Mapped[datetime | None]
    told_done_at: Mapped[datetime | None]
    opened_at: Mapped[datetime]
    started_at: Mapped[datetime | None]
    done_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]
    opened_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))


class WorkLine(PlatformRow, Base):
    """A part, or quarter hours of labour at the price of an hour; its amount is kept as it was reckoned."""

    __tablename__ = "work_line"
    __table_args__ = keys(
        points_to("work_order_id", "work_order"),
        CheckConstraint("kind IN ('part', 'labour')", name="kind"),
        CheckConstraint("quantity > 0 AND unit_cents >= 0 AND amount_cents >= 0", name="amounts"),
        Index("ix_work_line_order", "platform_id", "work_order_id"),
    )

    work_order_id: Mapped[int]
    kind: Mapped[str] = mapped_column(String(10))
    label: Mapped[str] = mapped_column(String(120))
    quantity: Mapped[int]
    unit_cents: Mapped[int]
    amount_cents: Mapped[int]
    added_at: Mapped[datetime]
    added_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
