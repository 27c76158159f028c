"""Tariffs and tiers as dated data: a version is never rewritten once used."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from mobility.db import Base, PlatformRow, keys, points_to


class TariffVersion(PlatformRow, Base):
    """A grid of day prices in cents by vehicle kind, in force from a day until the next version."""

    __tablename__ = "tariff_version"
    __table_args__ = keys(UniqueConstraint("platform_id", "from_on"))

    label: Mapped[str] = mapped_column(String(80))
    from_on: Mapped[date]
    day_cents: Mapped[dict[str, Any]]


class Tier(PlatformRow, Base):
    """A tier of the platform's own: a share of the full price (numerator / denominator), or a price in cents by kind."""

    __tablename__ = "tier"
    __table_args__ = keys(
        UniqueConstraint("platform_id", "code", "from_on"),
        CheckConstraint("(share_denominator > 0) OR (price_cents IS NOT NULL)", name="share_or_price"),
    )

    code: Mapped[str] = mapped_column(String(20))
    label: Mapped[str] = mapped_column(String(80))
    share_numerator: Mapped[int | None]
    share_denominator: Mapped[int | None]
    price_cents: Mapped[dict[str, Any] | None]
    from_on: Mapped[date]
    to_on: Mapped[date | None]


class TierProof(PlatformRow, Base):
    """A person's right to a tier: holds from `from_on` to the recorded end of the right, `to_on` included; a lapsed paper ends nothing.

    Of a priority district: its code, the year of its perimeter, how and when it was seen (billing/districts.py).
    """

    __tablename__ = "tier_proof"
    __table_args__ = keys(
        points_to("beneficiary_id", "beneficiary"),
        Index("ix_tier_proof_beneficiary", "platform_id", "beneficiary_id", "from_on"),
    )

    beneficiary_id: Mapped[int]
    tier_code: Mapped[str] = mapped_column(String(20))
    from_on: Mapped[date]
    to_on: Mapped[date | None]
    paper_issued_on: Mapped[date | None]
    paper_valid_until: Mapped[date | None]
    district_code: Mapped[str | None] = mapped_column(String(8))
    perimeter: Mapped[int | None]
    seen_how: Mapped[str | None] = mapped_column(String(10))
    seen_on: Mapped[date | None]
    recorded_at: Mapped[datetime]
    recorded_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
