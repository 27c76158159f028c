"""Third parties who pay a part of rentals, what they agreed to for each, and their invoices."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from mobility.db import Base, PlatformRow, keys, points_to


class Payer(PlatformRow, Base):
    """A county, a temp-work fund, a mission locale…; of a public one, what its invoices must name (domain.md §9)."""

    __tablename__ = "payer"
    __table_args__ = keys(UniqueConstraint("platform_id", "name"))

    name: Mapped[str] = mapped_column(String(60))
    kind: Mapped[str] = mapped_column(String(20))
    address: Mapped[str] = mapped_column(String(200))
    siret: Mapped[str | None] = mapped_column(String(14))
    service_code: Mapped[str | None] = mapped_column(String(100))
    commitment: Mapped[str | None] = mapped_column(String(50))
    added_at: Mapped[datetime]


class PayerAgreement(PlatformRow, Base):
    """What a payer pays of one rental's days, a percentage or cents a day, and what it never goes beyond (billing/shares.py).

    The account freezes it among its terms; here it is found by its payer. `reference` is the decision's.
    """

    __tablename__ = "payer_agreement"
    __table_args__ = keys(
        points_to("payer_id", "payer"),
        points_to("account_id", "billing_account"),
        Index("ix_payer_agreement_account", "platform_id", "account_id"),
        Index("ix_payer_agreement_payer", "platform_id", "payer_id"),
        CheckConstraint(
            "(percent BETWEEN 1 AND 100 AND day_cents IS NULL) OR (percent IS NULL AND day_cents > 0)", name="percent_or_day_cents"
        ),
    )

    payer_id: Mapped[int]
    account_id: Mapped[int]
    from_on: Mapped[date]
    to_on: Mapped[date | None]
    percent: Mapped[int | None]
    day_cents: Mapped[int | None]
    most_day_cents: Mapped[int | None]
    most_month_cents: Mapped[int | None]
    most_days: Mapped[int | None]
    most_cents: Mapped[int | None]
    reference: Mapped[str] = mapped_column(String(60))
    told_on: Mapped[date | None]
    recorded_at: Mapped[datetime]
    recorded_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))


class PayerInvoice(PlatformRow, Base):
    """What a payer is asked for a month, 1…N without a hole, or the credit note on one (below zero); written once.

    `content` keeps the payer as it was and the lines, each with its agreement, person, decision, kind and days.
    """

    __tablename__ = "payer_invoice"
    __table_args__ = keys(
        UniqueConstraint("platform_id", "number"),
        points_to("payer_id", "payer"),
        points_to("credits_id", "payer_invoice"),
        Index("ix_payer_invoice_payer", "platform_id", "payer_id"),
        CheckConstraint("credits_id IS NULL OR cents < 0", name="credit"),
    )

    number: Mapped[int]
    payer_id: Mapped[int]
    credits_id: Mapped[int | None]
    first_on: Mapped[date]
    last_on: Mapped[date]
    cents: Mapped[int]
    content: Mapped[dict[str, Any]]
    issued_at: Mapped[datetime]
    issued_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))


class PayerInvoiceStep(PlatformRow, Base):
    """What became of an invoice: paid in whole or in part, disputed, credited; each with its entry when money or a claim moved."""

    __tablename__ = "payer_invoice_step"
    __table_args__ = keys(
        points_to("invoice_id", "payer_invoice"),
        Index("ix_payer_invoice_step_invoice", "platform_id", "invoice_id"),
        CheckConstraint("cents >= 0", name="amount"),
    )

    invoice_id: Mapped[int]
    act: Mapped[str] = mapped_column(String(10))
    cents: Mapped[int]
    on: Mapped[date]
    reason: Mapped[str | None] = mapped_column(String(200))
    entry_number: Mapped[int | None]
    at: Mapped[datetime]
    by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
