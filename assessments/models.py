"""Assessments and what they open."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from mobility.db import Base, PlatformRow, keys, points_to


class Assessment(PlatformRow, Base):
    """An assessment on one version of the grid: a draft until finished, then never changed (domain.md §10.7).

    `answers` maps an item's code to its level, 0–4; `number` ("B-2026-0017") and `potential` (0–100) come with the end.
    """

    __tablename__ = "assessment"
    __table_args__ = keys(
        UniqueConstraint("platform_id", "number"),
        points_to("beneficiary_id", "beneficiary"),
        Index("ix_assessment_beneficiary", "platform_id", "beneficiary_id", "kind"),
        Index("ix_assessment_held_on", "platform_id", "held_on"),
    )

    beneficiary_id: Mapped[int]
    number: Mapped[str | None] = mapped_column(String(20))
    kind: Mapped[str] = mapped_column(String(10))
    grid_version: Mapped[str] = mapped_column(String(20))
    held_on: Mapped[date]
    held_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    answers: Mapped[dict[str, Any]]
    potential: Mapped[int | None]
    finished_at: Mapped[datetime | None]


class Clearance(PlatformRow, Base):
    """What a person may be lent now, by vehicle kind: open, evaluation or not_yet; `passed_on` is the evaluation that opened it."""

    __tablename__ = "clearance"
    __table_args__ = keys(
        points_to("beneficiary_id", "beneficiary"),
        points_to("assessment_id", "assessment"),
        UniqueConstraint("platform_id", "beneficiary_id", "kind"),
    )

    beneficiary_id: Mapped[int]
    assessment_id: Mapped[int]
    kind: Mapped[str] = mapped_column(String(20))
    state: Mapped[str] = mapped_column(String(20))
    reason: Mapped[str] = mapped_column(String(300))
    next_step: Mapped[str] = mapped_column(String(300))
    passed_on: Mapped[date | None]
    decided_at: Mapped[datetime]
    decided_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
