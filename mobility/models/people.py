"""Beneficiaries, the structures that send them, and the papers seen."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from mobility.db import Base, PlatformRow, keys, points_to


class Structure(PlatformRow, Base):
    """A prescribing structure: CCAS, mission locale, employment service …"""

    __tablename__ = "structure"
    __table_args__ = keys(UniqueConstraint("platform_id", "code"))

    code: Mapped[str] = mapped_column(String(20))
    name: Mapped[str] = mapped_column(String(200))
    kind: Mapped[str] = mapped_column(String(60))
    commune: Mapped[str | None] = mapped_column(String(120))
    email: Mapped[str | None] = mapped_column(String(200))
    email_domain: Mapped[str | None] = mapped_column(String(120))
    closed_on: Mapped[date | None]


class Beneficiary(PlatformRow, Base):
    """A person on their way to a job. `number` is the pseudonym in ledger, audit and exports; `search_key` is folded for searching.

    Since `erased_at` the row is a number and no person (mobility/erasing.py). With `merged_into_id` the person's file is that one.
    """

    __tablename__ = "beneficiary"
    __table_args__ = keys(
        UniqueConstraint("platform_id", "number"),
        points_to("merged_into_id", "beneficiary"),
        Index("ix_beneficiary_merged_into", "platform_id", "merged_into_id"),
        Index("ix_beneficiary_search", "platform_id", "search_key"),
        Index("ix_beneficiary_identity", "platform_id", "identity_key"),
    )

    number: Mapped[str] = mapped_column(String(20))
    first_name: Mapped[str] = mapped_column(String(80))
    last_name: Mapped[str] = mapped_column(String(80))
    birth_on: Mapped[date | None]
    sex: Mapped[str | None] = mapped_column(String(1))
    phone: Mapped[str | None] = mapped_column(String(20))
    email: Mapped[str | None] = mapped_column(String(200))
    contact_by: Mapped[str] = mapped_column(String(12), default="phone")
    tongue: Mapped[str | None] = mapped_column(String(9))  # of the messages to them, beside French: only when they ask for it
    address: Mapped[str | None] = mapped_column(String(300))
    postcode: Mapped[str | None] = mapped_column(String(5))
    commune: Mapped[str | None] = mapped_column(String(120))
    lat: Mapped[float | None]
    lon: Mapped[float | None]
    without_bank_declared_on: Mapped[date | None]
    search_key: Mapped[str] = mapped_column(String(300))
    identity_key: Mapped[str] = mapped_column(String(300))
    created_at: Mapped[datetime]
    last_contact_at: Mapped[datetime]
    erased_at: Mapped[datetime | None]
    merged_into_id: Mapped[int | None]


class Document(PlatformRow, Base):
    """A paper seen and not kept: which, when, by whom, until when it holds (domain.md §9 "Documents")."""

    __tablename__ = "document"
    __table_args__ = keys(
        points_to("beneficiary_id", "beneficiary"),
        CheckConstraint("valid_until >= issued_on", name="days"),
        Index("ix_document_beneficiary", "platform_id", "beneficiary_id", "kind"),
    )

    beneficiary_id: Mapped[int]
    kind: Mapped[str] = mapped_column(String(30))
    category: Mapped[str | None] = mapped_column(String(20))
    restriction: Mapped[str | None] = mapped_column(String(20))
    issued_on: Mapped[date | None]
    valid_until: Mapped[date | None]
    outside_eu: Mapped[bool] = mapped_column(default=False)
    resident_since_on: Mapped[date | None]
    seen_at: Mapped[datetime]
    seen_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))


class Distinction(PlatformRow, Base):
    """Two files that look alike and were said to be two people: not asked again. The lower id first, so that a pair stands once."""

    __tablename__ = "distinction"
    __table_args__ = keys(
        points_to("lower_id", "beneficiary"),
        points_to("higher_id", "beneficiary"),
        UniqueConstraint("platform_id", "lower_id", "higher_id"),
        CheckConstraint("lower_id < higher_id", name="order"),
        Index("ix_distinction_higher", "platform_id", "higher_id"),
    )

    lower_id: Mapped[int]
    higher_id: Mapped[int]
    told_at: Mapped[datetime]
    told_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
