"""Sums that banks set aside for deposits of short rentals.

Revises: 0076
"""

import sqlalchemy as sa
from alembic import op

from mobility.db.types import Instant

revision = "0077"
down_revision = "0076"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "card_hold",
        sa.Column("deposit_id", sa.BigInteger(), nullable=False),
        sa.Column("status", sa.String(length=12), nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("reference", sa.String(length=60), nullable=False),
        sa.Column("cents", sa.BigInteger(), nullable=False),
        sa.Column("asked_at", Instant(), nullable=False),
        sa.Column("asked_by", ID, nullable=True),
        sa.Column("agreed_at", Instant(), nullable=True),
        sa.Column("session_reference", sa.String(length=120), nullable=True),
        sa.Column("page_url", sa.String(length=2000), nullable=True),
        sa.Column("page_opened_at", Instant(), nullable=True),
        sa.Column("charge_reference", sa.String(length=120), nullable=True),
        sa.Column("brand", sa.String(length=20), nullable=True),
        sa.Column("last4", sa.String(length=4), nullable=True),
        sa.Column("held_at", Instant(), nullable=True),
        sa.Column("capture_before", Instant(), nullable=True),
        sa.Column("step_id", sa.BigInteger(), nullable=True),
        sa.Column("payment_id", sa.BigInteger(), nullable=True),
        sa.Column("ended_at", Instant(), nullable=True),
        sa.Column("id", ID, nullable=False),
        sa.Column("platform_id", ID, nullable=False),
        sa.CheckConstraint("cents > 0", name=op.f("ck_card_hold_amount")),
        sa.ForeignKeyConstraint(["asked_by"], ["account.id"], name=op.f("fk_card_hold_asked_by")),
        sa.ForeignKeyConstraint(
            ["platform_id", "deposit_id"], ["deposit.platform_id", "deposit.id"], name=op.f("fk_card_hold_platform_id_deposit_id")
        ),
        sa.ForeignKeyConstraint(
            ["platform_id", "step_id"], ["deposit_step.platform_id", "deposit_step.id"], name=op.f("fk_card_hold_platform_id_step_id")
        ),
        sa.ForeignKeyConstraint(
            ["platform_id", "payment_id"], ["payment.platform_id", "payment.id"], name=op.f("fk_card_hold_platform_id_payment_id")
        ),
        sa.ForeignKeyConstraint(["platform_id"], ["platform.id"], name=op.f("fk_card_hold_platform_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_card_hold")),
        sa.UniqueConstraint("platform_id", "id", name=op.f("uq_card_hold_platform_id_id")),
        sa.UniqueConstraint("platform_id", "key", name=op.f("uq_card_hold_platform_id_key")),
        sa.UniqueConstraint("platform_id", "payment_id", name=op.f("uq_card_hold_platform_id_payment_id")),
        sa.UniqueConstraint("platform_id", "reference", name=op.f("uq_card_hold_platform_id_reference")),
    )
    op.create_index("ix_card_hold_deposit", "card_hold", ["platform_id", "deposit_id"])
    op.create_index("ix_card_hold_status", "card_hold", ["platform_id", "status"])


def downgrade() -> None:
    op.drop_table("card_hold")
