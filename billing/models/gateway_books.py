"""What moved at the card gateway, each once; what it sent to the bank; and the charges that were claimed back (docs/adr/0031)."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from mobility.db import Base, PlatformRow, keys, points_to


class GatewayMove(PlatformRow, Base):
    """A move of the balance, remembered once by the gateway's reference: `entry_number` holds its sum, `fee_entry` its fee."""

    __tablename__ = "gateway_move"
    __table_args__ = keys(
        UniqueConstraint("platform_id", "reference"),
        points_to("payment_id", "payment"),
        Index("ix_gateway_move_payment", "platform_id", "payment_id"),
        Index("ix_gateway_move_charge", "platform_id", "charge_reference"),
    )

    reference: Mapped[str] = mapped_column(String(120))
    kind: Mapped[str] = mapped_column(String(12))
    cents: Mapped[int]
    fee_cents: Mapped[int]
    at: Mapped[datetime]
    charge_reference: Mapped[str | None] = mapped_column(String(120))
    payment_id: Mapped[int | None]
    is_elsewhere: Mapped[bool]
    entry_number: Mapped[int | None]
    fee_entry: Mapped[int | None]
    read_at: Mapped[datetime]


class GatewayPayout(PlatformRow, Base):
    """A payout on its way to the bank, there (`banked_cents` of it, on a day of the statement's, by a line of it), or come back."""

    __tablename__ = "gateway_payout"
    __table_args__ = keys(
        UniqueConstraint("platform_id", "reference"),
        points_to("bank_line_id", "bank_line"),
        Index("ix_gateway_payout_banked", "platform_id", "banked_on"),
        CheckConstraint("cents > 0 AND (banked_on IS NULL) = (banked_cents IS NULL)", name="amounts"),
    )

    reference: Mapped[str] = mapped_column(String(120))
    cents: Mapped[int]
    status: Mapped[str] = mapped_column(String(12))
    made_at: Mapped[datetime]
    arrives_on: Mapped[date | None]
    entry_number: Mapped[int]
    back_entry: Mapped[int | None]
    banked_on: Mapped[date | None]
    banked_cents: Mapped[int | None]
    banked_at: Mapped[datetime | None]
    banked_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    banked_entry: Mapped[int | None]
    bank_line_id: Mapped[int | None]
    short_entry: Mapped[int | None]


class CardDispute(PlatformRow, Base):
    """A card payment that its holder claims back: open, won or lost as the gateway says; lost, `decided` says what becomes of the debt."""

    __tablename__ = "card_dispute"
    __table_args__ = keys(
        UniqueConstraint("platform_id", "reference"),
        points_to("payment_id", "payment"),
        Index("ix_card_dispute_payment", "platform_id", "payment_id"),
        Index("ix_card_dispute_status", "platform_id", "status", "decided"),
        CheckConstraint("cents > 0 AND (decided IS NULL) = (decided_at IS NULL)", name="decided"),
    )

    reference: Mapped[str] = mapped_column(String(120))
    payment_id: Mapped[int]
    cents: Mapped[int]
    status: Mapped[str] = mapped_column(String(10))
    opened_at: Mapped[datetime]
    reply_by: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]
    decided: Mapped[str | None] = mapped_column(String(12))
    decided_at: Mapped[datetime | None]
    decided_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    decided_entry: Mapped[int | None]
