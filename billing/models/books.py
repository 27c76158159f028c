"""The ledger: balanced, append-only, chained by hash; and the receipts, 1…N without hole per platform."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from mobility.db import Base, PlatformRow, keys, points_to


class Books(PlatformRow, Base):
    """The heads of a platform's books, locked last of all: last entry and its hash, last receipt, anchor (HMAC), last day closed."""

    __tablename__ = "books"
    __table_args__ = keys(UniqueConstraint("platform_id"))

    last_entry: Mapped[int] = mapped_column(default=0)
    last_hash: Mapped[str] = mapped_column(String(64), default="")
    anchor: Mapped[str] = mapped_column(String(64), default="")
    last_receipt: Mapped[int] = mapped_column(default=0)
    closed_through: Mapped[date | None]


class JournalEntry(PlatformRow, Base):
    """An entry, written after its lines: the database refuses it unless they balance, and refuses lines once it stands."""

    __tablename__ = "journal_entry"
    __table_args__ = keys(UniqueConstraint("platform_id", "number"), Index("ix_journal_entry_on", "platform_id", "on"))

    number: Mapped[int]
    on: Mapped[date]
    at: Mapped[datetime]
    journal: Mapped[str] = mapped_column(String(4))
    label: Mapped[str] = mapped_column(String(200))
    reference: Mapped[str] = mapped_column(String(60))
    reverses: Mapped[int | None]
    previous_hash: Mapped[str] = mapped_column(String(64))
    hash: Mapped[str] = mapped_column(String(64))


class LedgerLine(PlatformRow, Base):
    """One side of an entry, in cents; people stand there by their pseudonymous number, rentals by their account."""

    __tablename__ = "ledger_line"
    __table_args__ = keys(
        UniqueConstraint("platform_id", "entry_number", "position"),
        ForeignKeyConstraint(
            ["platform_id", "entry_number"],
            ["journal_entry.platform_id", "journal_entry.number"],
            deferrable=True,
            initially="DEFERRED",
        ),
        CheckConstraint(
            "debit_cents >= 0 AND credit_cents >= 0 AND (debit_cents = 0 OR credit_cents = 0) AND debit_cents + credit_cents > 0",
            name="one_side",
        ),
        Index("ix_ledger_line_ledger_code", "platform_id", "ledger_code"),
        Index("ix_ledger_line_subject", "platform_id", "subject_number", "ledger_code"),
        Index("ix_ledger_line_account", "platform_id", "account_id", "ledger_code"),
    )

    entry_number: Mapped[int]
    position: Mapped[int]
    ledger_code: Mapped[str] = mapped_column(String(12))
    subject_number: Mapped[str | None] = mapped_column(String(20))
    account_id: Mapped[int | None]
    debit_cents: Mapped[int]
    credit_cents: Mapped[int]


class LedgerMonth(PlatformRow, Base):
    """What a month moved on a ledger account through a journal, in cents: the database adds each entry to it (billing/guards.py)."""

    __tablename__ = "ledger_month"
    __table_args__ = keys(UniqueConstraint("platform_id", "month_on", "journal", "ledger_code"))

    month_on: Mapped[date]
    journal: Mapped[str] = mapped_column(String(4))
    ledger_code: Mapped[str] = mapped_column(String(12))
    debit_cents: Mapped[int]
    credit_cents: Mapped[int]


class Closing(PlatformRow, Base):
    """A day, a month or a year closed: no entry is dated into it any more. Its sums by ledger account, and all entries' since the first."""

    __tablename__ = "closing"
    __table_args__ = keys(UniqueConstraint("platform_id", "kind", "last_on"))

    kind: Mapped[str] = mapped_column(String(10))
    first_on: Mapped[date]
    last_on: Mapped[date]
    closed_at: Mapped[datetime]
    closed_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    last_entry: Mapped[int]
    last_hash: Mapped[str] = mapped_column(String(64))
    sums: Mapped[dict[str, Any]]
    running_cents: Mapped[int]
    hash: Mapped[str] = mapped_column(String(64))


class Receipt(PlatformRow, Base):
    """A numbered receipt for a payment received."""

    __tablename__ = "receipt"
    __table_args__ = keys(
        UniqueConstraint("platform_id", "number"),
        UniqueConstraint("platform_id", "payment_id"),
        points_to("payment_id", "payment"),
    )

    number: Mapped[int]
    payment_id: Mapped[int]
    issued_at: Mapped[datetime]
    cents: Mapped[int]
    content: Mapped[dict[str, Any]]
