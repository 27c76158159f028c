"""Bookings, what holds a vehicle, and the contract."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ColumnElement, ForeignKey, Index, String, UniqueConstraint, literal_column, text
from sqlalchemy.orm import Mapped, mapped_column

from mobility.db import Base, PlatformRow, keys, points_to

_HOLDING = text("status <> 'released'")


class Booking(PlatformRow, Base):
    """One person’s use of a vehicle, from hold to return; `vehicle_id` is the one held now. The rental is [handed over, returned).

    `pattern` says the hours of a vehicle that is shared (fleet/patterns.py); None: theirs at any hour.
    `new_chain_reason` is why a chain begins with it though another ended just before (fleet/renewal.py).
    """

    __tablename__ = "booking"
    __table_args__ = keys(
        UniqueConstraint("platform_id", "number"),
        points_to("beneficiary_id", "beneficiary"),
        points_to("vehicle_id", "vehicle"),
        points_to("account_id", "billing_account"),
        points_to("job_id", "job"),
        points_to("action_id", "action"),
        CheckConstraint("ends_at > starts_at", name="period"),
        Index("ix_booking_beneficiary", "platform_id", "beneficiary_id"),
        Index("ix_booking_status", "platform_id", "status", "starts_at"),
    )

    number: Mapped[str] = mapped_column(String(20))
    beneficiary_id: Mapped[int]
    vehicle_id: Mapped[int]
    account_id: Mapped[int | None]
    job_id: Mapped[int | None]
    action_id: Mapped[int | None]
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    status: Mapped[str] = mapped_column(String(12))
    version: Mapped[int] = mapped_column(default=1)
    programme: Mapped[str] = mapped_column(String(10))
    pattern: Mapped[str | None] = mapped_column(String(60))
    qpv: Mapped[bool] = mapped_column(default=False)
    hold_expires_at: Mapped[datetime | None]
    handed_over_at: Mapped[datetime | None]
    returned_at: Mapped[datetime | None]
    eligibility: Mapped[list[Any]]
    waivers: Mapped[list[Any]]
    price_sentence: Mapped[str] = mapped_column(String(400))
    one_way_tenths: Mapped[int | None]
    weekdays: Mapped[int] = mapped_column(default=0b0011111)
    cap_applies: Mapped[bool] = mapped_column(default=True)
    new_chain_reason: Mapped[str | None] = mapped_column(String(40))
    cancel_reason: Mapped[str | None] = mapped_column(String(40))
    cancelled_at: Mapped[datetime | None]
    photos_gone_on: Mapped[date | None]  # its pictures went, months after its deposit was settled
    created_at: Mapped[datetime]
    created_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))


class Block(PlatformRow, Base):
    """A vehicle kept back: workshop, breakdown, inspection."""

    __tablename__ = "block"
    __table_args__ = keys(
        points_to("vehicle_id", "vehicle"),
        CheckConstraint("ends_at > starts_at", name="period"),
        Index("ix_block_vehicle", "platform_id", "vehicle_id", "ends_at"),
    )

    vehicle_id: Mapped[int]
    reason: Mapped[str] = mapped_column(String(30))
    note: Mapped[str | None] = mapped_column(String(300))
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    lifted_at: Mapped[datetime | None]
    created_at: Mapped[datetime]
    created_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))


class Occupancy(PlatformRow, Base):
    """What holds a vehicle over [starts_at, ends_at): a booking or a block. The exclusion constraint and the triggers stand here.

    A booking uses it until `used_until`; what follows is the turnaround. None: used to the end.
    """

    __tablename__ = "occupancy"
    __table_args__ = keys(
        points_to("vehicle_id", "vehicle"),
        points_to("booking_id", "booking"),
        points_to("block_id", "block"),
        CheckConstraint("ends_at > starts_at", name="period"),
        CheckConstraint("(booking_id IS NULL) <> (block_id IS NULL)", name="one_holder"),
        CheckConstraint("status IN ('held', 'confirmed', 'out', 'late', 'workshop', 'released')", name="status"),
        Index(
            "ix_occupancy_holding", "platform_id", "vehicle_id", "ends_at", "starts_at", sqlite_where=_HOLDING, postgresql_where=_HOLDING
        ),
        Index("ix_occupancy_booking", "platform_id", "booking_id"),
    )

    vehicle_id: Mapped[int]
    booking_id: Mapped[int | None]
    block_id: Mapped[int | None]
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    used_until: Mapped[datetime | None]
    status: Mapped[str] = mapped_column(String(12))

    @property
    def use_ends_at(self) -> datetime:
        """When the use ends, the turnaround left out."""
        return self.used_until or self.ends_at


def is_holding(row: type[Occupancy] = Occupancy) -> ColumnElement[bool]:
    """Whether a stretch holds its vehicle. A literal, for a bound value would keep the planner from the index of the rows that hold."""
    return row.status != literal_column("'released'")


class Contract(PlatformRow, Base):
    """The *contrat de mise à disposition*, frozen as printed: a new version replaces, none is rewritten."""

    __tablename__ = "contract"
    __table_args__ = keys(
        UniqueConstraint("platform_id", "number"),
        points_to("booking_id", "booking"),
        Index("ix_contract_booking", "platform_id", "booking_id"),
    )

    number: Mapped[str] = mapped_column(String(30))
    booking_id: Mapped[int]
    terms: Mapped[dict[str, Any]]
    made_at: Mapped[datetime]
    signed_at: Mapped[datetime | None]
    signed_how: Mapped[str | None] = mapped_column(String(10))
    signer_name: Mapped[str | None] = mapped_column(String(160))
    signature: Mapped[str | None]
