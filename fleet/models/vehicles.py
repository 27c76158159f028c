"""Vehicles, what their odometers said, and the state they were found in."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column

from mobility.db import Base, PlatformRow, keys, points_to


class Vehicle(PlatformRow, Base):
    """A vehicle of a platform. Inspection, insurance and the lessor's contract hold until their day, included."""

    __tablename__ = "vehicle"
    __table_args__ = keys(
        UniqueConstraint("platform_id", "label"),
        UniqueConstraint("platform_id", "plate"),
        points_to("site_id", "site"),
        Index("ix_vehicle_kind_site", "platform_id", "kind", "site_id"),
        Index("uq_vehicle_frame_number", "platform_id", "frame_number", unique=True),
        Index("uq_vehicle_code", "platform_id", "code", unique=True),
        CheckConstraint("ownership IN ('owned', 'leased', 'hired', 'lent')", name="ownership"),
        CheckConstraint("keeper IN ('platform', 'hirer')", name="keeper"),
        CheckConstraint("energy IN ('none', 'electric', 'petrol', 'diesel', 'hybrid')", name="energy"),
        CheckConstraint("stage IN ('ordered', 'in_service', 'workshop', 'out')", name="stage"),
        CheckConstraint("lease_cents >= 0 AND purchase_cents >= 0 AND co2_g_km BETWEEN 0 AND 1000", name="amounts"),
    )

    kind: Mapped[str] = mapped_column(String(20))
    label: Mapped[str] = mapped_column(String(80))
    plate: Mapped[str | None] = mapped_column(String(20))
    site_id: Mapped[int]
    gearbox: Mapped[str | None] = mapped_column(String(12))
    in_service_on: Mapped[date]
    out_of_service_on: Mapped[date | None]
    inspection_until: Mapped[date | None]
    insured_until: Mapped[date | None]
    insurer: Mapped[str | None] = mapped_column(String(120))
    policy: Mapped[str | None] = mapped_column(String(60))
    excess_cents: Mapped[int | None]
    keys_place: Mapped[str | None] = mapped_column(String(80))
    parking: Mapped[str | None] = mapped_column(String(120))
    frame_number: Mapped[str | None] = mapped_column(String(40))
    stage: Mapped[str] = mapped_column(String(12), default="in_service", server_default="in_service")
    ownership: Mapped[str] = mapped_column(String(10), default="owned", server_default="owned")
    lessor: Mapped[str | None] = mapped_column(String(120))
    lease_until: Mapped[date | None]
    lease_cents: Mapped[int | None]
    keeper: Mapped[str] = mapped_column(String(10), default="platform", server_default="platform")
    energy: Mapped[str] = mapped_column(String(10), server_default="none")
    level: Mapped[str | None] = mapped_column(String(16))
    equipment: Mapped[list[Any]] = mapped_column(default=list, server_default="[]")
    double_controls: Mapped[bool] = mapped_column(default=False, server_default=false())
    adaptations: Mapped[str | None] = mapped_column(String(200))
    purchased_on: Mapped[date | None]
    purchase_cents: Mapped[int | None]
    co2_g_km: Mapped[int | None]
    code: Mapped[str | None] = mapped_column(String(32))


class VehicleStep(PlatformRow, Base):
    """A step of a vehicle's life: ordered, in service, workshop, out. None is rewritten."""

    __tablename__ = "vehicle_step"
    __table_args__ = keys(
        points_to("vehicle_id", "vehicle"),
        CheckConstraint("stage IN ('ordered', 'in_service', 'workshop', 'out')", name="stage"),
        Index("ix_vehicle_step_vehicle", "platform_id", "vehicle_id", "on"),
    )

    vehicle_id: Mapped[int]
    stage: Mapped[str] = mapped_column(String(12))
    on: Mapped[date]
    note: Mapped[str | None] = mapped_column(String(200))
    noted_at: Mapped[datetime]
    noted_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))


class VehicleImport(PlatformRow, Base):
    """A spreadsheet of vehicles somebody sent: its lines wait here between the preview and the yes, and are dropped once taken."""

    __tablename__ = "vehicle_import"
    __table_args__ = keys()

    file_name: Mapped[str] = mapped_column(String(200))
    lines: Mapped[list[Any]]
    sent_at: Mapped[datetime]
    sent_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    taken_at: Mapped[datetime | None]
    counts: Mapped[dict[str, Any]]


class OdometerReading(PlatformRow, Base):
    """What an odometer said. A doubtful one stands aside until confirmed; a correction supersedes the old one (domain.md §10.5)."""

    __tablename__ = "odometer_reading"
    __table_args__ = keys(
        points_to("vehicle_id", "vehicle"),
        points_to("booking_id", "booking"),
        points_to("supersedes_id", "odometer_reading"),
        Index("ix_odometer_reading_vehicle", "platform_id", "vehicle_id", "read_at"),
        Index("ix_odometer_reading_booking", "platform_id", "booking_id", "read_at"),
        CheckConstraint("km >= 0", name="km"),
    )

    vehicle_id: Mapped[int]
    booking_id: Mapped[int | None]
    km: Mapped[int]
    read_at: Mapped[datetime]
    status: Mapped[str] = mapped_column(String(12))
    source: Mapped[str] = mapped_column(String(12))
    explanation: Mapped[str | None] = mapped_column(String(300))
    reason: Mapped[str | None] = mapped_column(String(200))
    supersedes_id: Mapped[int | None]
    read_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))


class ConditionReport(PlatformRow, Base):
    """An *état des lieux*: at check-out, at a point-étape, at check-in; each zone by code, with a factual note."""

    __tablename__ = "condition_report"
    __table_args__ = keys(
        points_to("booking_id", "booking"),
        points_to("vehicle_id", "vehicle"),
        Index("ix_condition_report_booking", "platform_id", "booking_id", "at"),
    )

    booking_id: Mapped[int]
    vehicle_id: Mapped[int]
    moment: Mapped[str] = mapped_column(String(12))
    zones: Mapped[dict[str, Any]]
    checks: Mapped[dict[str, Any] | None]
    fuel: Mapped[str | None] = mapped_column(String(12))
    note: Mapped[str | None] = mapped_column(String(300))
    at: Mapped[datetime]
    by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    signed_at: Mapped[datetime | None]
    signed_how: Mapped[str | None] = mapped_column(String(10))
    unsigned_reason: Mapped[str | None] = mapped_column(String(16))
    signer_name: Mapped[str | None] = mapped_column(String(160))
    signature: Mapped[str | None]
    signed_on_device_at: Mapped[datetime | None]  # without network, by the device's own clock: `signed_at` is when it arrived
    adviser_signature: Mapped[str | None]
    device_refusal: Mapped[str | None] = mapped_column(String(600))  # why signatures made without network were not kept
