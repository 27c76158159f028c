"""Tariffs and tiers as dated data: a version is never rewritten once used."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from mobility.db import Base, PlatformRow, keys, points_to


class TariffVersion(PlatformRow, Base):
    """A grid of day prices in cents by vehicle kind, in force from a day until the next version; `rules` what it sets beyond them.

    Weeks, steps by days held, least amounts, the year's membership, the hours from and before which a day is free (billing/tariffs.py).
    """

    __tablename__ = "tariff_version"
    __table_args__ = keys(UniqueConstraint("platform_id", "from_on"))

    label: Mapped[str] = mapped_column(String(80))
    from_on: Mapped[date]
    day_cents: Mapped[dict[str, Any]]
    rules: Mapped[dict[str, Any]] = mapped_column(default=dict, server_default="{}")


class ProgrammeVersion(PlatformRow, Base):
    """The escalating programme from a day on: brackets of month 1, the line to its target or loan, what each month covers."""

    __tablename__ = "programme_version"
    __table_args__ = keys(
        UniqueConstraint("platform_id", "from_on"),
        CheckConstraint("months BETWEEN 3 AND 5", name="months"),
        CheckConstraint("rounding IN ('cent', 'half', 'euro')", name="rounding"),
    )

    label: Mapped[str] = mapped_column(String(80))
    from_on: Mapped[date]
    months: Mapped[int]
    brackets: Mapped[list[Any]]
    second_rent_cents: Mapped[int]
    target_cents: Mapped[int]
    loan: Mapped[dict[str, Any] | None]
    rounding: Mapped[str] = mapped_column(String(8))
    covers: Mapped[list[Any]]
    set_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))


class Tier(PlatformRow, Base):
    """A tier of the platform's own: a share of the full price (numerator / denominator), or a price in cents by kind.

    Of a transition, `steps` are [days, numerator] from the right's first day on (billing/transitions.py); its share is the first one's.
    """

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
    steps: Mapped[list[Any]] = mapped_column(default=list, server_default="[]")
    from_on: Mapped[date]
    to_on: Mapped[date | None]


class TierProof(PlatformRow, Base):
    """A person's right to a tier: holds from `from_on` to the recorded end of the right, `to_on` included; a lapsed paper ends nothing.

    Of a priority district: its code, the year of its perimeter, how and when it was seen (billing/districts.py). `renewal_told_at` is when
    the person was told that the paper runs out.
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
    renewal_told_at: Mapped[datetime | None]
    recorded_at: Mapped[datetime]
    recorded_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
