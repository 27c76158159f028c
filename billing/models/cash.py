"""Cash counted in the drawer; cash and cheques on their way to the bank."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from mobility.db import Base, PlatformRow, keys, points_to


class DrawerCount(PlatformRow, Base):
    """A count of the drawer, for good: odd numbers open it, even ones close it. `last_entry` is the last of the books it knew of.

    `entry_number` is the entry of a difference that `reason` explains.
    """

    __tablename__ = "drawer_count"
    __table_args__ = keys(UniqueConstraint("platform_id", "number"), CheckConstraint("counted_cents >= 0", name="amount"))

    number: Mapped[int]
    at: Mapped[datetime]
    by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    expected_cents: Mapped[int]
    counted_cents: Mapped[int]
    reason: Mapped[str | None] = mapped_column(String(200))
    entry_number: Mapped[int | None]
    last_entry: Mapped[int]


class Banking(PlatformRow, Base):
    """Cash taken out of the drawer for the bank, by its entry `made_entry`, or a slip of cheques, without; then what the bank has."""

    __tablename__ = "banking"
    __table_args__ = keys(UniqueConstraint("platform_id", "number"), CheckConstraint("cents > 0", name="amount"))

    number: Mapped[int]
    cents: Mapped[int]
    made_at: Mapped[datetime]
    made_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    made_entry: Mapped[int | None]
    banked_on: Mapped[date | None]
    banked_at: Mapped[datetime | None]
    banked_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    banked_entry: Mapped[int | None]


class BankedCheque(PlatformRow, Base):
    """A cheque on a slip, by the entry that received it; `returned_entry` undoes it when the bank sends the cheque back unpaid."""

    __tablename__ = "banked_cheque"
    __table_args__ = keys(
        UniqueConstraint("platform_id", "entry_number"),
        points_to("banking_id", "banking"),
        points_to("account_id", "billing_account"),
        Index("ix_banked_cheque_banking", "platform_id", "banking_id"),
        CheckConstraint("cents > 0", name="amount"),
    )

    banking_id: Mapped[int]
    account_id: Mapped[int]
    entry_number: Mapped[int]
    cents: Mapped[int]
    returned_at: Mapped[datetime | None]
    returned_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    returned_reason: Mapped[str | None] = mapped_column(String(200))
    returned_entry: Mapped[int | None]
