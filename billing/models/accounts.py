"""What one rental owes: its account, its charges, its deposit. The rental itself is a plain reference and a label."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from mobility.db import Base, PlatformRow, keys, points_to


class BillingAccount(PlatformRow, Base):
    """The money side of one rental: programme, frozen terms, from when to when. `reference` is the upper floor’s ("booking:12").

    `label` names what is held now, `names` what was held from which day once it changed (billing/names.py).
    `first_on` and `last_on` are what was foreseen; `started_at` and `ended_at` what happened; `rise_told_on` the day of the last rise of
    the price that the person was told of.
    """

    __tablename__ = "billing_account"
    __table_args__ = keys(
        UniqueConstraint("platform_id", "reference"),
        points_to("beneficiary_id", "beneficiary"),
        points_to("tariff_version_id", "tariff_version"),
        Index("ix_billing_account_beneficiary", "platform_id", "beneficiary_id"),
        Index("ix_billing_account_running", "platform_id", "ended_at"),
    )

    beneficiary_id: Mapped[int]
    party: Mapped[str] = mapped_column(String(20))  # the person's number when it was opened: its entries stand under it for good
    reference: Mapped[str] = mapped_column(String(40))
    label: Mapped[str] = mapped_column(String(120))
    names: Mapped[list[Any]] = mapped_column(default=list, server_default="[]")
    programme: Mapped[str] = mapped_column(String(10))
    kind: Mapped[str] = mapped_column(String(20))
    tariff_version_id: Mapped[int | None]
    qpv: Mapped[bool] = mapped_column(default=False)
    first_on: Mapped[date]
    last_on: Mapped[date | None]
    rise_told_on: Mapped[date | None]
    terms: Mapped[dict[str, Any]]
    out_of_service: Mapped[list[Any]]
    started_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    opened_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]


class Charge(PlatformRow, Base):
    """An amount due for a span of days, once per (account, key): a week "2026-W14", a month "month-2", a credit (negative).

    A charge of 0 has no entry; `days` holds each day with its cents and its explanation.
    """

    __tablename__ = "charge"
    __table_args__ = keys(
        UniqueConstraint("platform_id", "account_id", "key"),
        points_to("account_id", "billing_account"),
        Index("ix_charge_first_on", "platform_id", "first_on"),
    )

    account_id: Mapped[int]
    key: Mapped[str] = mapped_column(String(40))
    kind: Mapped[str] = mapped_column(String(20))
    first_on: Mapped[date]
    last_on: Mapped[date]
    cents: Mapped[int]
    sentence: Mapped[str] = mapped_column(String(400))
    days: Mapped[list[Any]]
    posted_at: Mapped[datetime]
    entry_number: Mapped[int | None]


class ChargeRun(PlatformRow, Base):
    """One run of the weekly charges: `done` of so many `rentals` looked at, then the charges and cents it wrote, all of them or none."""

    __tablename__ = "charge_run"
    __table_args__ = keys(CheckConstraint("done >= 0 AND done <= rentals", name="progress"))

    started_at: Mapped[datetime]
    started_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    ended_at: Mapped[datetime | None]
    rentals: Mapped[int]
    done: Mapped[int] = mapped_column(default=0)
    charges: Mapped[int] = mapped_column(default=0)
    cents: Mapped[int] = mapped_column(default=0)


class Deposit(PlatformRow, Base):
    """A deposit (*caution*): what is due, what is held, how it goes back (domain.md §9)."""

    __tablename__ = "deposit"
    __table_args__ = keys(
        points_to("account_id", "billing_account"),
        Index("ix_deposit_account", "platform_id", "account_id"),
        CheckConstraint("held_cents >= 0 AND due_cents >= 0", name="amounts"),
    )

    account_id: Mapped[int]
    kind: Mapped[str] = mapped_column(String(20))
    status: Mapped[str] = mapped_column(String(20))
    due_cents: Mapped[int]
    held_cents: Mapped[int] = mapped_column(default=0)
    plan: Mapped[list[Any]]
    deferred_reason: Mapped[str | None] = mapped_column(String(40))
    reduced_reason: Mapped[str | None] = mapped_column(String(40))
    release_on: Mapped[date | None]
    expires_on: Mapped[date | None]


class DepositStep(PlatformRow, Base):
    """One step of a deposit's life, with its ledger entry: received (numbered, for its receipt), kept, released; none: deferred, carried.

    `reference`, `issuer` and `dated_on` are those of a cheque (its bank) or of a letter (its structure). `why` is the coded reason of a
    part kept, `cost_cents` what its bill says, `owing_id` the account whose debt it settled.
    """

    __tablename__ = "deposit_step"
    __table_args__ = keys(points_to("deposit_id", "deposit"), Index("ix_deposit_step_deposit", "platform_id", "deposit_id"))

    deposit_id: Mapped[int]
    number: Mapped[int | None]
    act: Mapped[str] = mapped_column(String(20))
    cents: Mapped[int]
    means: Mapped[str | None] = mapped_column(String(20))
    reason: Mapped[str | None] = mapped_column(String(200))
    reference: Mapped[str | None] = mapped_column(String(120))
    issuer: Mapped[str | None] = mapped_column(String(120))
    dated_on: Mapped[date | None]
    why: Mapped[str | None] = mapped_column(String(20))
    cost_cents: Mapped[int | None]
    owing_id: Mapped[int | None]
    at: Mapped[datetime]
    by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    entry_number: Mapped[int | None]


class CarriedDeposit(PlatformRow, Base):
    """An account that the deposit of an earlier one secures too: a chain of contracts asks for one deposit (domain.md §9)."""

    __tablename__ = "carried_deposit"
    __table_args__ = keys(
        UniqueConstraint("platform_id", "account_id"),
        points_to("account_id", "billing_account"),
        points_to("deposit_id", "deposit"),
        Index("ix_carried_deposit_deposit", "platform_id", "deposit_id"),
    )

    account_id: Mapped[int]
    deposit_id: Mapped[int]


class DepositPhoto(PlatformRow, Base):
    """A picture, a bill or a quote that shows why a part of a deposit was kept."""

    __tablename__ = "deposit_photo"
    __table_args__ = keys(
        points_to("attachment_id", "attachment"),
        points_to("step_id", "deposit_step"),
        Index("ix_deposit_photo_step", "platform_id", "step_id"),
    )

    attachment_id: Mapped[int]
    step_id: Mapped[int]
