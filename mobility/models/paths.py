"""One person's path: the liaison form, the job, the actions, the meetings."""

from datetime import date, datetime

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column

from mobility.db import Base, PlatformRow, keys, points_to


class LiaisonForm(PlatformRow, Base):
    """A prescription (*fiche de liaison*): from receipt to the adviser's answer (domain.md §2.1)."""

    __tablename__ = "liaison_form"
    __table_args__ = keys(
        UniqueConstraint("platform_id", "number"),
        UniqueConstraint("platform_id", "import_key"),
        points_to("beneficiary_id", "beneficiary"),
        points_to("structure_id", "structure"),
        Index("ix_liaison_form_status", "platform_id", "status", "received_on"),
        Index("ix_liaison_form_beneficiary", "platform_id", "beneficiary_id"),
        Index("ix_liaison_form_structure", "platform_id", "structure_id"),
    )

    number: Mapped[str] = mapped_column(String(20))
    beneficiary_id: Mapped[int]
    structure_id: Mapped[int]
    prescriber_account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    prescriber_name: Mapped[str | None] = mapped_column(String(120))
    prescriber_email: Mapped[str | None] = mapped_column(String(200))
    # Who follows the person, when it is not who prescribes; told of the steps only while the person agrees.
    referent_name: Mapped[str | None] = mapped_column(String(120))
    referent_email: Mapped[str | None] = mapped_column(String(200))
    referent_phone: Mapped[str | None] = mapped_column(String(20))
    referent_consent_on: Mapped[date | None]
    referent_withdrawn_at: Mapped[datetime | None]
    received_on: Mapped[date]
    motive: Mapped[str] = mapped_column(String(30))
    wish: Mapped[str | None] = mapped_column(String(30))
    licence_declared: Mapped[str | None] = mapped_column(String(20))
    licence_on: Mapped[date | None]  # the day on the licence, as the sender read it
    rsa_declared: Mapped[bool | None]
    rsa_seen: Mapped[bool | None]  # the sender saw the proof, and kept nothing of it
    qpv_declared: Mapped[bool | None]
    situations: Mapped[list[str] | None] = mapped_column(JSON(none_as_null=True))  # codes of criteria.SITUATIONS
    consent_on: Mapped[date | None]
    withdrawn_at: Mapped[datetime | None]  # since when its sender reads nothing more of the person
    status: Mapped[str] = mapped_column(String(20), default="received")
    met_on: Mapped[date | None]
    decided_at: Mapped[datetime | None]
    decided_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    reason: Mapped[str | None] = mapped_column(String(40))
    other_offer: Mapped[str | None] = mapped_column(String(40))
    sent_at: Mapped[datetime | None]
    closed_on: Mapped[date | None]
    late_told_on: Mapped[date | None]  # when the platform was told, once, that this form waits too long
    expired_on: Mapped[date | None]
    # As this form gave them: a form never changes the file of somebody known, nor shows its sender what others gave.
    phone_given: Mapped[str | None] = mapped_column(String(20))
    email_given: Mapped[str | None] = mapped_column(String(200))
    contact_given: Mapped[str | None] = mapped_column(String(12))
    import_key: Mapped[str | None] = mapped_column(String(80))
    imported_on: Mapped[date | None]  # of one that still waited when it was taken in: from then on it does not wait in silence
    draft_key: Mapped[str | None] = mapped_column(String(40))  # of the draft it was: a keeping still under way when it left is dropped


class Job(PlatformRow, Base):
    """A job, a promise of one, or a training: what the vehicle is for. Kilometres are tenths of a kilometre, one way."""

    __tablename__ = "job"
    __table_args__ = keys(
        points_to("beneficiary_id", "beneficiary"),
        points_to("liaison_form_id", "liaison_form"),
        CheckConstraint("ends_on >= starts_on", name="days"),
        Index("ix_job_beneficiary", "platform_id", "beneficiary_id"),
        Index("ix_job_starts_on", "platform_id", "starts_on"),
    )

    beneficiary_id: Mapped[int]
    liaison_form_id: Mapped[int | None]
    kind: Mapped[str] = mapped_column(String(20))
    employer: Mapped[str | None] = mapped_column(String(120))
    place: Mapped[str | None] = mapped_column(String(200))
    starts_on: Mapped[date | None]
    ends_on: Mapped[date | None]
    hours: Mapped[str | None] = mapped_column(String(80))
    one_way_tenths: Mapped[int | None]
    weekdays: Mapped[int] = mapped_column(default=0b0011111)


class Action(PlatformRow, Base):
    """One step of a path (domain.md §2.3): accompaniment, workshop, rental, accompanied mobility, referral."""

    __tablename__ = "action"
    __table_args__ = keys(
        UniqueConstraint("platform_id", "import_key"),
        points_to("beneficiary_id", "beneficiary"),
        points_to("liaison_form_id", "liaison_form"),
        CheckConstraint("ended_on >= started_on", name="days"),
        Index("ix_action_beneficiary", "platform_id", "beneficiary_id"),
        Index("ix_action_started_on", "platform_id", "started_on"),
    )

    beneficiary_id: Mapped[int]
    liaison_form_id: Mapped[int | None]
    kind: Mapped[str] = mapped_column(String(40))
    started_on: Mapped[date]
    ended_on: Mapped[date | None]
    charter_on: Mapped[date | None]
    import_key: Mapped[str | None] = mapped_column(String(80))


class Meeting(PlatformRow, Base):
    """An appointment with an adviser, at a pole or elsewhere: held, perhaps late, missed, or cancelled."""

    __tablename__ = "meeting"
    __table_args__ = keys(
        points_to("beneficiary_id", "beneficiary"),
        points_to("site_id", "site"),
        Index("ix_meeting_starts_at", "platform_id", "starts_at"),
        Index("ix_meeting_beneficiary", "platform_id", "beneficiary_id", "starts_at"),
    )

    beneficiary_id: Mapped[int]
    site_id: Mapped[int | None]
    kind: Mapped[str] = mapped_column(String(20))
    starts_at: Mapped[datetime]
    adviser_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    planned_at: Mapped[datetime | None]  # not known of what was planned before reminders were
    # A reminder left, or waits for somebody to say or print it; `reminder_outbox_id` is the message's, to stop it.
    reminded_at: Mapped[datetime | None]
    reminder_channel: Mapped[str | None] = mapped_column(String(10))
    reminder_outbox_id: Mapped[int | None] = mapped_column(ForeignKey("outbox.id"))
    told_at: Mapped[datetime | None]
    told_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    held_at: Mapped[datetime | None]
    came_late: Mapped[bool] = mapped_column(default=False, server_default=false())
    missed_at: Mapped[datetime | None]
    cancelled_at: Mapped[datetime | None]
