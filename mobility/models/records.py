"""What is remembered about the work itself: audit, looks, messages to send, forms already sent, imports."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from mobility.db import Base, GlobalRow, PlatformRow, keys, points_to


class AuditEntry(PlatformRow, Base):
    """Who did what to which row, and which fields changed; names nobody (`subject_number` is the pseudonym). Append-only."""

    __tablename__ = "audit_entry"
    __table_args__ = keys(
        Index("ix_audit_entry_subject", "platform_id", "subject_number", "at"),
        Index("ix_audit_entry_at", "platform_id", "at"),
    )

    at: Mapped[datetime]
    account_id: Mapped[int | None]
    role: Mapped[str | None] = mapped_column(String(20))
    verb: Mapped[str] = mapped_column(String(60))
    table_name: Mapped[str] = mapped_column(String(60))
    row_id: Mapped[int | None]
    subject_number: Mapped[str | None] = mapped_column(String(20))
    changes: Mapped[dict[str, Any]]


class FileLook(PlatformRow, Base):
    """Somebody of the staff looked at a person's file: who, when, which page; the person can read it."""

    __tablename__ = "file_look"
    __table_args__ = keys(
        points_to("beneficiary_id", "beneficiary"),
        Index("ix_file_look_beneficiary", "platform_id", "beneficiary_id", "at"),
    )

    beneficiary_id: Mapped[int]
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    at: Mapped[datetime]
    page: Mapped[str] = mapped_column(String(60))


class Outbox(GlobalRow, Base):
    """The header of something to do after the commit; what it says stays with its platform in `message`."""

    __tablename__ = "outbox"
    __table_args__ = (Index("ix_outbox_due", "done_at", "due_at"),)

    platform_id: Mapped[int] = mapped_column(ForeignKey("platform.id"))
    topic: Mapped[str] = mapped_column(String(30))
    due_at: Mapped[datetime]
    tries: Mapped[int] = mapped_column(default=0)
    done_at: Mapped[datetime | None]
    gave_up_at: Mapped[datetime | None]
    last_error: Mapped[str | None] = mapped_column(String(120))


class Message(PlatformRow, Base):
    """A mail, a text message or a delivery waiting in the outbox; also what the demo shows on screen."""

    __tablename__ = "message"
    __table_args__ = keys(
        UniqueConstraint("platform_id", "outbox_id"),
        points_to("beneficiary_id", "beneficiary"),
        Index("ix_message_beneficiary", "platform_id", "beneficiary_id"),
    )

    outbox_id: Mapped[int] = mapped_column(ForeignKey("outbox.id"))
    channel: Mapped[str] = mapped_column(String(10))
    recipient: Mapped[str] = mapped_column(String(200))
    subject: Mapped[str] = mapped_column(String(200))
    body: Mapped[str]
    beneficiary_id: Mapped[int | None]
    created_at: Mapped[datetime]
    sent_at: Mapped[datetime | None]


class SentForm(PlatformRow, Base):
    """A form already taken, by the id the page gave it: sending it again leads to the same answer."""

    __tablename__ = "sent_form"
    __table_args__ = keys(UniqueConstraint("platform_id", "key"))

    key: Mapped[str] = mapped_column(String(64))
    body_hash: Mapped[str] = mapped_column(String(64))
    status: Mapped[int | None]
    location: Mapped[str | None] = mapped_column(String(500))
    answer: Mapped[str | None]
    sent_at: Mapped[datetime]


class ImportRun(PlatformRow, Base):
    """One import of a folder or file: how far it is, what it took."""

    __tablename__ = "import_run"
    __table_args__ = keys()

    kind: Mapped[str] = mapped_column(String(30))
    source: Mapped[str] = mapped_column(String(200))
    started_at: Mapped[datetime]
    finished_at: Mapped[datetime | None]
    by: Mapped[int | None]
    lines_total: Mapped[int] = mapped_column(default=0)
    lines_done: Mapped[int] = mapped_column(default=0)
    counts: Mapped[dict[str, Any]]
    failed: Mapped[str | None] = mapped_column(String(300))


class ImportDoubt(PlatformRow, Base):
    """A line set aside, or taken with a doubt: file, line, reason."""

    __tablename__ = "import_doubt"
    __table_args__ = keys(
        points_to("import_run_id", "import_run"),
        Index("ix_import_doubt_run", "platform_id", "import_run_id"),
    )

    import_run_id: Mapped[int]
    file: Mapped[str] = mapped_column(String(120))
    line: Mapped[int]
    reason: Mapped[str] = mapped_column(String(300))
    taken: Mapped[bool]
    on: Mapped[date]
