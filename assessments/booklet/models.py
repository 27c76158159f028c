"""The tables of the mobility booklet: where a person worked, what they can do, who confirmed it, to whom they show it."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from mobility.db import Base, PlatformRow, keys, points_to


class Experience(PlatformRow, Base):
    """Where a person worked: a coded kind, an employer, dates; no text about them (domain.md §7)."""

    __tablename__ = "experience"
    __table_args__ = keys(
        points_to("beneficiary_id", "beneficiary"),
        CheckConstraint("ends_on >= starts_on", name="days"),
        Index("ix_experience_beneficiary", "platform_id", "beneficiary_id"),
    )

    beneficiary_id: Mapped[int]
    kind: Mapped[str] = mapped_column(String(20))
    employer: Mapped[str] = mapped_column(String(120))
    starts_on: Mapped[date]
    ends_on: Mapped[date | None]
    noted_at: Mapped[datetime]
    noted_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))


class Competence(PlatformRow, Base):
    """A competence of the list, to be verified until an experience confirms it."""

    __tablename__ = "competence"
    __table_args__ = keys(
        points_to("beneficiary_id", "beneficiary"),
        UniqueConstraint("platform_id", "beneficiary_id", "code"),
    )

    beneficiary_id: Mapped[int]
    code: Mapped[str] = mapped_column(String(30))
    list_version: Mapped[str] = mapped_column(String(20))
    noted_at: Mapped[datetime]
    noted_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))


class Confirmation(PlatformRow, Base):
    """The reference of a competence: who confirmed it, when, from which experience."""

    __tablename__ = "confirmation"
    __table_args__ = keys(
        points_to("competence_id", "competence"),
        points_to("experience_id", "experience"),
        UniqueConstraint("platform_id", "competence_id", "experience_id"),
        Index("ix_confirmation_experience", "platform_id", "experience_id"),
    )

    competence_id: Mapped[int]
    experience_id: Mapped[int]
    confirmed_at: Mapped[datetime]
    confirmed_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))


class BookletShare(PlatformRow, Base):
    """Pages that a person shows by a link; until when, and whether it was ended, is the link's own (mobility/actions/links.py)."""

    __tablename__ = "booklet_share"
    __table_args__ = keys(
        points_to("beneficiary_id", "beneficiary"),
        points_to("link_id", "link"),
        UniqueConstraint("platform_id", "link_id"),
        Index("ix_booklet_share_beneficiary", "platform_id", "beneficiary_id"),
    )

    beneficiary_id: Mapped[int]
    link_id: Mapped[int]
    pages: Mapped[list[Any]]
    shared_at: Mapped[datetime]


class BookletLook(PlatformRow, Base):
    """Somebody opened a link: when, and nothing of who."""

    __tablename__ = "booklet_look"
    __table_args__ = keys(
        points_to("booklet_share_id", "booklet_share"),
        Index("ix_booklet_look_share", "platform_id", "booklet_share_id", "at"),
    )

    booklet_share_id: Mapped[int]
    at: Mapped[datetime]
