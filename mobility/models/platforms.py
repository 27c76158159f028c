"""A platform, its poles, its dated settings and its running numbers."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from mobility.db import Base, GlobalRow, PlatformRow, keys


class Platform(GlobalRow, Base):
    """A mobility platform: one association, one or several poles. `slug` is its place in every address."""

    __tablename__ = "platform"

    slug: Mapped[str] = mapped_column(String(40), unique=True)
    name: Mapped[str] = mapped_column(String(120))
    legal_name: Mapped[str | None] = mapped_column(String(200))
    address: Mapped[str | None] = mapped_column(String(300))
    phone: Mapped[str | None] = mapped_column(String(30))
    email: Mapped[str | None] = mapped_column(String(200))
    siren: Mapped[str | None] = mapped_column(String(9))
    created_at: Mapped[datetime]


class Site(PlatformRow, Base):
    """A pole (*pôle*): where vehicles wait and people are met."""

    __tablename__ = "site"
    __table_args__ = keys(UniqueConstraint("platform_id", "name"))

    name: Mapped[str] = mapped_column(String(120))
    address: Mapped[str | None] = mapped_column(String(300))
    postcode: Mapped[str | None] = mapped_column(String(5))
    commune: Mapped[str | None] = mapped_column(String(120))
    lat: Mapped[float | None]
    lon: Mapped[float | None]


class Setting(PlatformRow, Base):
    """One dated value of a platform: in force from `from_on` until the next; defaults stand in mobility/rules.py."""

    __tablename__ = "setting"
    __table_args__ = keys(UniqueConstraint("platform_id", "key", "from_on"))

    key: Mapped[str] = mapped_column(String(60))
    from_on: Mapped[date]
    value: Mapped[Any] = mapped_column(JSON)
    set_by: Mapped[int | None]


class Counter(PlatformRow, Base):
    """A running number per platform, series and year (liaison forms, contracts, pseudonyms); receipts have their own in `books`."""

    __tablename__ = "counter"
    __table_args__ = keys(Index("ix_counter_series", "platform_id", "series", "year", unique=True))

    series: Mapped[str] = mapped_column(String(30))
    year: Mapped[int]
    last: Mapped[int] = mapped_column(default=0)
