"""Cards left at the gateway for a deposit, and each charge asked of them (docs/adr/0022)."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from mobility.db import Base, PlatformRow, keys, points_to


class SavedCard(PlatformRow, Base):
    """A card asked for a deposit, then left at the gateway: `status` is one of saved_cards.CARD_LABELS.

    `key` is stored before the page is opened; its person agreed at `agreed_at` to `most_cents` in all. The gateway's two names of the
    card go once it is forgotten; brand, digits and day stay, to say which card it was.
    """

    __tablename__ = "saved_card"
    __table_args__ = keys(
        UniqueConstraint("platform_id", "key"),
        points_to("deposit_id", "deposit"),
        Index("ix_saved_card_deposit", "platform_id", "deposit_id"),
        Index("ix_saved_card_status", "platform_id", "status"),
        Index("ix_saved_card_session", "platform_id", "session_reference"),
        CheckConstraint("most_cents > 0", name="amount"),
    )

    deposit_id: Mapped[int]
    status: Mapped[str] = mapped_column(String(12))
    key: Mapped[str] = mapped_column(String(64))
    most_cents: Mapped[int]
    asked_at: Mapped[datetime]
    asked_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    agreed_at: Mapped[datetime | None]
    session_reference: Mapped[str | None] = mapped_column(String(120))
    page_url: Mapped[str | None] = mapped_column(String(2000))
    page_opened_at: Mapped[datetime | None]
    holder_reference: Mapped[str | None] = mapped_column(String(120))
    card_reference: Mapped[str | None] = mapped_column(String(120))
    brand: Mapped[str | None] = mapped_column(String(20))
    last4: Mapped[str | None] = mapped_column(String(4))
    expires_on: Mapped[date | None]
    saved_at: Mapped[datetime | None]
    forgotten_at: Mapped[datetime | None]


class CardCall(PlatformRow, Base):
    """A part of a deposit asked of its card, the person away: the step it is to become, and the payment that brings the money.

    `status` is one of saved_cards.CALL_LABELS; the payment's key, stored before the call, keeps it one charge.
    """

    __tablename__ = "card_call"
    __table_args__ = keys(
        UniqueConstraint("platform_id", "step_id"),
        UniqueConstraint("platform_id", "payment_id"),
        points_to("step_id", "deposit_step"),
        points_to("payment_id", "payment"),
        points_to("card_id", "saved_card"),
        Index("ix_card_call_status", "platform_id", "status"),
    )

    step_id: Mapped[int]
    payment_id: Mapped[int]
    card_id: Mapped[int]
    status: Mapped[str] = mapped_column(String(12))
    asked_at: Mapped[datetime]
    answered_at: Mapped[datetime | None]
