"""Who may come in: accounts, what they were granted, their sessions, tokens and links."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from mobility.db import Base, GlobalRow, PlatformRow, keys


class Account(GlobalRow, Base):
    """One person's way in, on any platform: by mail address, or by the identifier printed on paper.

    While `must_change` stands, the password is a code that we drew and handed over; it opens until `code_until_at`.
    Since `address_proven_at` whoever reads the address's mail holds the password and the phone, and nobody else ever did.
    """

    __tablename__ = "account"

    email: Mapped[str | None] = mapped_column(String(200), unique=True)
    identifier: Mapped[str | None] = mapped_column(String(40), unique=True)
    name: Mapped[str] = mapped_column(String(120))
    phone: Mapped[str | None] = mapped_column(String(20))
    password_hash: Mapped[str | None] = mapped_column(String(200))
    must_change: Mapped[bool] = mapped_column(default=False)
    code_until_at: Mapped[datetime | None]
    address_proven_at: Mapped[datetime | None]
    totp_secret: Mapped[str | None] = mapped_column(String(300))
    totp_last_step: Mapped[int | None]
    disabled_at: Mapped[datetime | None]
    created_at: Mapped[datetime]


class Grant(GlobalRow, Base):
    """A role of an account on a platform (none for the network administrator); a prescriber’s names a structure, a beneficiary’s one.

    With `offered_at` it opens nothing yet: it waits until its holder enters by a link mailed to their address.
    """

    __tablename__ = "grant"
    __table_args__ = (UniqueConstraint("account_id", "platform_id", "role", "structure_id"),)

    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    platform_id: Mapped[int | None] = mapped_column(ForeignKey("platform.id"))
    role: Mapped[str] = mapped_column(String(20))
    structure_id: Mapped[int | None]
    beneficiary_id: Mapped[int | None]
    offered_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]


class AccountSession(GlobalRow, Base):
    """A session on the server: the cookie holds its token, the row only the hash; new at login, dead at logout and disabling."""

    __tablename__ = "account_session"

    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    second_factor_at: Mapped[datetime | None]


class LoginAttempt(GlobalRow, Base):
    """One try at the door, counted per account and per address; both kept as keyed hashes."""

    __tablename__ = "login_attempt"
    __table_args__ = (Index("ix_login_attempt_kind_key_at", "kind", "key", "at"),)

    kind: Mapped[str] = mapped_column(String(10))
    key: Mapped[str] = mapped_column(String(64))
    at: Mapped[datetime]


class ApiToken(PlatformRow, Base):
    """A bearer token bound to (account, platform, role); only its hash is kept."""

    __tablename__ = "api_token"
    __table_args__ = keys(UniqueConstraint("platform_id", "token_hash"))

    token_hash: Mapped[str] = mapped_column(String(64))
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    role: Mapped[str] = mapped_column(String(20))
    label: Mapped[str] = mapped_column(String(80))
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]


class Link(PlatformRow, Base):
    """A link sent to somebody: one purpose, hashed, expiring (promises.md "People")."""

    __tablename__ = "link"
    __table_args__ = keys(UniqueConstraint("platform_id", "token_hash"))

    token_hash: Mapped[str] = mapped_column(String(64))
    purpose: Mapped[str] = mapped_column(String(20))
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    subject_id: Mapped[int | None]
    email: Mapped[str | None] = mapped_column(String(200))
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]
