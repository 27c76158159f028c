"""What a person agreed to have paid each week by their card, and each week's payment with its tries (docs/adr/0029)."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from mobility.db import Base, PlatformRow, keys, points_to

_LIVE = text("ended_at IS NULL")


class CardMandate(PlatformRow, Base):
    """A person's agreement, one that runs at a time: `words` as they read them, and `most_cents` a week at most.

    `ended_reason` is one of auto_payments.ENDS.
    """

    __tablename__ = "card_mandate"
    __table_args__ = keys(
        points_to("beneficiary_id", "beneficiary"),
        points_to("card_id", "saved_card"),
        Index("uq_card_mandate_live", "platform_id", "beneficiary_id", unique=True, sqlite_where=_LIVE, postgresql_where=_LIVE),
        Index("ix_card_mandate_beneficiary", "platform_id", "beneficiary_id"),
        Index("ix_card_mandate_card", "platform_id", "card_id"),
        CheckConstraint("most_cents > 0", name="amount"),
    )

    beneficiary_id: Mapped[int]
    card_id: Mapped[int]
    most_cents: Mapped[int]
    words: Mapped[str | None] = mapped_column(String(1200))
    agreed_at: Mapped[datetime]
    agreed_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    ended_at: Mapped[datetime | None]
    ended_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    ended_reason: Mapped[str | None] = mapped_column(String(12))


class AutoPayment(PlatformRow, Base):
    """One week's payment of one person, said to them at `told_at`: `cents` is the most it takes, on `next_on`.

    `status` is one of auto_payments.STATE_LABELS; `reason` one of DROPPED or of REFUSALS; `seen_at` once somebody met the person
    about one that stopped. `told_outbox_id` is the header of the message that announced it last: given up, nothing is taken.
    """

    __tablename__ = "auto_payment"
    __table_args__ = keys(
        UniqueConstraint("platform_id", "beneficiary_id", "week_on"),
        points_to("beneficiary_id", "beneficiary"),
        points_to("mandate_id", "card_mandate"),
        points_to("account_id", "billing_account"),
        Index("ix_auto_payment_account", "platform_id", "account_id"),
        Index("ix_auto_payment_status", "platform_id", "status", "next_on"),
        CheckConstraint("cents > 0", name="amount"),
    )

    beneficiary_id: Mapped[int]
    mandate_id: Mapped[int]
    account_id: Mapped[int]
    week_on: Mapped[date]
    cents: Mapped[int]
    status: Mapped[str] = mapped_column(String(10))
    reason: Mapped[str | None] = mapped_column(String(12))
    told_at: Mapped[datetime]
    told_by: Mapped[str] = mapped_column(String(8))
    told_outbox_id: Mapped[int | None]
    next_on: Mapped[date | None]
    ended_at: Mapped[datetime | None]
    seen_at: Mapped[datetime | None]
    seen_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))


class AutoTry(PlatformRow, Base):
    """One asking of the bank: the payment that brings the money, whose key keeps it one charge; `status` is asked, paid, confirm,
    refused or dropped."""

    __tablename__ = "auto_try"
    __table_args__ = keys(
        UniqueConstraint("platform_id", "auto_payment_id", "number"),
        UniqueConstraint("platform_id", "payment_id"),
        points_to("auto_payment_id", "auto_payment"),
        points_to("payment_id", "payment"),
        Index("ix_auto_try_status", "platform_id", "status"),
    )

    auto_payment_id: Mapped[int]
    number: Mapped[int]
    payment_id: Mapped[int]
    status: Mapped[str] = mapped_column(String(10))
    refusal: Mapped[str | None] = mapped_column(String(12))
    asked_at: Mapped[datetime]
    answered_at: Mapped[datetime | None]
