"""Reminders of what is to be paid, and what keeps them back.

Revises: 0069
"""

import sqlalchemy as sa
from alembic import op

from mobility.db.types import Instant

revision = "0070"
down_revision = "0069"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "payment_reminder",
        sa.Column("account_id", sa.BigInteger(), nullable=False),
        sa.Column("due_key", sa.String(length=40), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("step", sa.BigInteger(), nullable=True),
        sa.Column("cents", sa.BigInteger(), nullable=False),
        sa.Column("channel", sa.String(length=10), nullable=False),
        sa.Column("sentence", sa.String(length=600), nullable=False),
        sa.Column("sent_at", Instant(), nullable=False),
        sa.Column("sent_by", ID, nullable=True),
        sa.Column("said_at", Instant(), nullable=True),
        sa.Column("said_by", ID, nullable=True),
        sa.Column("id", ID, nullable=False),
        sa.Column("platform_id", ID, nullable=False),
        sa.CheckConstraint("cents > 0", name=op.f("ck_payment_reminder_amount")),
        sa.ForeignKeyConstraint(["sent_by"], ["account.id"], name=op.f("fk_payment_reminder_sent_by")),
        sa.ForeignKeyConstraint(["said_by"], ["account.id"], name=op.f("fk_payment_reminder_said_by")),
        sa.ForeignKeyConstraint(
            ["platform_id", "account_id"],
            ["billing_account.platform_id", "billing_account.id"],
            name=op.f("fk_payment_reminder_platform_id_account_id"),
        ),
        sa.ForeignKeyConstraint(["platform_id"], ["platform.id"], name=op.f("fk_payment_reminder_platform_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_payment_reminder")),
        sa.UniqueConstraint("platform_id", "id", name=op.f("uq_payment_reminder_platform_id_id")),
        sa.UniqueConstraint(
            "platform_id", "account_id", "due_key", "step", name=op.f("uq_payment_reminder_platform_id_account_id_due_key_step")
        ),
    )
    op.create_table(
        "reminder_hold",
        sa.Column("account_id", sa.BigInteger(), nullable=False),
        sa.Column("reason", sa.String(length=20), nullable=False),
        sa.Column("held_at", Instant(), nullable=False),
        sa.Column("held_by", ID, nullable=True),
        sa.Column("ended_at", Instant(), nullable=True),
        sa.Column("ended_by", ID, nullable=True),
        sa.Column("id", ID, nullable=False),
        sa.Column("platform_id", ID, nullable=False),
        sa.ForeignKeyConstraint(["held_by"], ["account.id"], name=op.f("fk_reminder_hold_held_by")),
        sa.ForeignKeyConstraint(["ended_by"], ["account.id"], name=op.f("fk_reminder_hold_ended_by")),
        sa.ForeignKeyConstraint(
            ["platform_id", "account_id"],
            ["billing_account.platform_id", "billing_account.id"],
            name=op.f("fk_reminder_hold_platform_id_account_id"),
        ),
        sa.ForeignKeyConstraint(["platform_id"], ["platform.id"], name=op.f("fk_reminder_hold_platform_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reminder_hold")),
        sa.UniqueConstraint("platform_id", "id", name=op.f("uq_reminder_hold_platform_id_id")),
    )
    op.create_index("ix_reminder_hold_account", "reminder_hold", ["platform_id", "account_id"])


def downgrade() -> None:
    op.drop_table("reminder_hold")
    op.drop_table("payment_reminder")
