"""Companies that hire vehicles out to the people of a programme, what was ordered of them, and all that happened to each order."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from mobility.db import Base, PlatformRow, keys, points_to


class Hirer(PlatformRow, Base):
    """A company (loueur): who to write to, and the SIRET that its invoices bear."""

    __tablename__ = "hirer"
    __table_args__ = keys(UniqueConstraint("platform_id", "name"))

    name: Mapped[str] = mapped_column(String(80))
    address: Mapped[str] = mapped_column(String(200))
    siret: Mapped[str | None] = mapped_column(String(14))
    contact: Mapped[str | None] = mapped_column(String(120))
    phone: Mapped[str | None] = mapped_column(String(30))
    email: Mapped[str | None] = mapped_column(String(254))
    added_at: Mapped[datetime]


class HireOrder(PlatformRow, Base):
    """A vehicle ordered of a hirer for one rental: the days, both included, and the price agreed for each day or month.

    The contract is between the hirer and the person: here stand its number and the day it was signed. `last_on` is the day the hirer
    wants the vehicle back, as it was last agreed.
    """

    __tablename__ = "hire_order"
    __table_args__ = keys(
        UniqueConstraint("platform_id", "number"),
        points_to("account_id", "billing_account"),
        points_to("hirer_id", "hirer"),
        Index("ix_hire_order_account", "platform_id", "account_id"),
        Index("ix_hire_order_hirer", "platform_id", "hirer_id"),
        CheckConstraint("last_on >= first_on", name="days"),
        CheckConstraint("unit IN ('day', 'month') AND unit_cents > 0", name="price"),
    )

    number: Mapped[int]
    account_id: Mapped[int]
    hirer_id: Mapped[int]
    first_on: Mapped[date]
    last_on: Mapped[date]
    unit: Mapped[str] = mapped_column(String(5))
    unit_cents: Mapped[int]
    conditions: Mapped[str | None] = mapped_column(String(300))
    names_person: Mapped[bool]
    contract_number: Mapped[str | None] = mapped_column(String(40))
    contract_on: Mapped[date | None]
    cancelled_at: Mapped[datetime | None]
    ordered_at: Mapped[datetime]
    ordered_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))


class HireStep(PlatformRow, Base):
    """What happened to an order (billing/hires.py), each with its entry when money or a commitment moved; written once.

    `about_id` is the invoice, the call, the share or the mistake it is about; `content` an invoice's lines, days and differences.
    """

    __tablename__ = "hire_step"
    __table_args__ = keys(
        points_to("hire_id", "hire_order"),
        points_to("about_id", "hire_step"),
        points_to("payer_id", "payer"),
        points_to("attachment_id", "attachment"),
        Index("ix_hire_step_hire", "platform_id", "hire_id"),
        Index("ix_hire_step_about", "platform_id", "about_id"),
        CheckConstraint("cents >= 0", name="amount"),
    )

    hire_id: Mapped[int]
    about_id: Mapped[int | None]
    act: Mapped[str] = mapped_column(String(12))
    cents: Mapped[int] = mapped_column(default=0)
    on: Mapped[date]
    reference: Mapped[str | None] = mapped_column(String(60))
    reason: Mapped[str | None] = mapped_column(String(200))
    payer_id: Mapped[int | None]
    content: Mapped[dict[str, Any] | None]
    attachment_id: Mapped[int | None]
    entry_number: Mapped[int | None]
    at: Mapped[datetime]
    by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
