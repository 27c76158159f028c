"""Payments by every means, and what the card gateway told us."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from mobility.db import Base, PlatformRow, keys, points_to


class Payment(PlatformRow, Base):
    """Money on its way or received. A card payment is an intent until the signed webhook settles it; `key` is stored before any call.

    `reference` is ours ("PE-000123-7K"); `voucher` what stands on the cheque or the bank's statement; `bank` and `drawn_by` are a cheque's.
    """

    __tablename__ = "payment"
    __table_args__ = keys(
        UniqueConstraint("platform_id", "key"),
        UniqueConstraint("platform_id", "reference"),
        points_to("account_id", "billing_account"),
        points_to("deposit_id", "deposit"),
        Index("ix_payment_account", "platform_id", "account_id"),
        Index("ix_payment_session_reference", "platform_id", "session_reference"),
        Index("ix_payment_status", "platform_id", "status", "created_at"),
        CheckConstraint("cents > 0 AND refunded_cents >= 0 AND refunded_cents <= cents", name="amounts"),
    )

    account_id: Mapped[int]
    deposit_id: Mapped[int | None]
    purpose: Mapped[str] = mapped_column(String(10))
    means: Mapped[str] = mapped_column(String(20))
    cents: Mapped[int]
    currency: Mapped[str] = mapped_column(String(3), default="eur")
    status: Mapped[str] = mapped_column(String(12))
    key: Mapped[str] = mapped_column(String(64))
    reference: Mapped[str] = mapped_column(String(60))
    voucher: Mapped[str | None] = mapped_column(String(60))
    bank: Mapped[str | None] = mapped_column(String(60))
    drawn_by: Mapped[str | None] = mapped_column(String(120))
    session_reference: Mapped[str | None] = mapped_column(String(120))
    charge_reference: Mapped[str | None] = mapped_column(String(120))
    checkout_url: Mapped[str | None] = mapped_column(String(2000))
    checkout_opened_at: Mapped[datetime | None]
    failure: Mapped[str | None] = mapped_column(String(200))
    refunded_cents: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime]
    settled_at: Mapped[datetime | None]
    taken_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    entry_number: Mapped[int | None]


class PaymentRefund(PlatformRow, Base):
    """Money given back of a payment. By card it is asked with its key first, and settled once the gateway took it."""

    __tablename__ = "payment_refund"
    __table_args__ = keys(
        UniqueConstraint("platform_id", "key"),
        points_to("payment_id", "payment"),
        Index("ix_payment_refund_payment", "platform_id", "payment_id"),
        Index("ix_payment_refund_status", "platform_id", "status"),
        CheckConstraint("cents > 0", name="amount"),
    )

    payment_id: Mapped[int]
    cents: Mapped[int]
    reason: Mapped[str] = mapped_column(String(200))
    key: Mapped[str] = mapped_column(String(64))
    status: Mapped[str] = mapped_column(String(12))
    failure: Mapped[str | None] = mapped_column(String(200))
    refund_reference: Mapped[str | None] = mapped_column(String(120))
    asked_at: Mapped[datetime]
    asked_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    settled_at: Mapped[datetime | None]
    entry_number: Mapped[int | None]


class GatewayEventRecord(PlatformRow, Base):
    """An event of the card gateway, remembered once; what does not match is kept as disputed until somebody has handled it."""

    __tablename__ = "gateway_event"
    __table_args__ = keys(UniqueConstraint("platform_id", "event_id"), Index("ix_gateway_event_outcome", "platform_id", "outcome"))

    event_id: Mapped[str] = mapped_column(String(120))
    kind: Mapped[str] = mapped_column(String(40))
    payment_id: Mapped[int | None]
    cents: Mapped[int | None]
    currency: Mapped[str | None] = mapped_column(String(3))
    outcome: Mapped[str] = mapped_column(String(12))
    reason: Mapped[str | None] = mapped_column(String(200))
    received_at: Mapped[datetime]
    content: Mapped[dict[str, Any]]
    handled_at: Mapped[datetime | None]
    handled_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    handled_note: Mapped[str | None] = mapped_column(String(200))


class GatewayKeysRecord(PlatformRow, Base):
    """A platform's own keys at the gateway, encrypted."""

    __tablename__ = "gateway_keys"
    __table_args__ = keys(UniqueConstraint("platform_id"))

    secret_key: Mapped[str] = mapped_column(String(600))
    webhook_secret: Mapped[str] = mapped_column(String(600))
    set_at: Mapped[datetime]


class BankLine(PlatformRow, Base):
    """Money that came in by the bank's statement, once: `mark` tells it from every other of its account (billing/bank_statements.py).

    `state` is open, recorded (with its payment or its invoice's step) or aside (with a reason). `iban` is "" when the file named none.
    """

    __tablename__ = "bank_line"
    __table_args__ = keys(
        UniqueConstraint("platform_id", "iban", "mark"),
        points_to("payment_id", "payment"),
        points_to("invoice_step_id", "payer_invoice_step"),
        Index("ix_bank_line_state", "platform_id", "state", "on"),
        CheckConstraint("cents > 0", name="amount"),
    )

    iban: Mapped[str] = mapped_column(String(34))
    mark: Mapped[str] = mapped_column(String(60))
    on: Mapped[date]
    cents: Mapped[int]
    label: Mapped[str] = mapped_column(String(300))
    payer: Mapped[str] = mapped_column(String(140))
    reference: Mapped[str] = mapped_column(String(140))
    sent_at: Mapped[datetime]
    sent_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    state: Mapped[str] = mapped_column(String(10), default="open")
    payment_id: Mapped[int | None]
    invoice_step_id: Mapped[int | None]
    reason: Mapped[str | None] = mapped_column(String(200))
    done_at: Mapped[datetime | None]
    done_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
