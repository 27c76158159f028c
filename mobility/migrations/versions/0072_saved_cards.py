"""Cards left at the gateway for a deposit, and what is charged to them.

Revises: 0071
"""

import sqlalchemy as sa
from alembic import op

from mobility.db.types import Instant

revision = "0072"
down_revision = "0071"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "saved_card",
        sa.Column("deposit_id", sa.BigInteger(), nullable=False),
        sa.Column("status", sa.String(length=12), nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("most_cents", sa.BigInteger(), nullable=False),
        sa.Column("asked_at", Instant(), nullable=False),
        sa.Column("asked_by", ID, nullable=True),
        sa.Column("agreed_at", Instant(), nullable=True),
        sa.Column("session_reference", sa.String(length=120), nullable=True),
        sa.Column("page_url", sa.String(length=2000), nullable=True),
        sa.Column("page_opened_at", Instant(), nullable=True),
        sa.Column("holder_reference", sa.String(length=120), nullable=True),
        sa.Column("card_reference", sa.String(length=120), nullable=True),
        sa.Column("brand", sa.String(length=20), nullable=True),
        sa.Column("last4", sa.String(length=4), nullable=True),
        sa.Column("expires_on", sa.Date(), nullable=True),
        sa.Column("saved_at", Instant(), nullable=True),
        sa.Column("forgotten_at", Instant(), nullable=True),
        sa.Column("id", ID, nullable=False),
        sa.Column("platform_id", ID, nullable=False),
        sa.CheckConstraint("most_cents > 0", name=op.f("ck_saved_card_amount")),
        sa.ForeignKeyConstraint(["asked_by"], ["account.id"], name=op.f("fk_saved_card_asked_by")),
        sa.ForeignKeyConstraint(
            ["platform_id", "deposit_id"], ["deposit.platform_id", "deposit.id"], name=op.f("fk_saved_card_platform_id_deposit_id")
        ),
        sa.ForeignKeyConstraint(["platform_id"], ["platform.id"], name=op.f("fk_saved_card_platform_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_saved_card")),
        sa.UniqueConstraint("platform_id", "id", name=op.f("uq_saved_card_platform_id_id")),
        sa.UniqueConstraint("platform_id", "key", name=op.f("uq_saved_card_platform_id_key")),
    )
    op.create_index("ix_saved_card_deposit", "saved_card", ["platform_id", "deposit_id"])
    op.create_index("ix_saved_card_status", "saved_card", ["platform_id", "status"])
    op.create_index("ix_saved_card_session", "saved_card", ["platform_id", "session_reference"])
    op.create_table(
        "card_call",
        sa.Column("step_id", sa.BigInteger(), nullable=False),
        sa.Column("payment_id", sa.BigInteger(), nullable=False),
        sa.Column("card_id", sa.BigInteger(), nullable=False),
        sa.Column("status", sa.String(length=12), nullable=False),
        sa.Column("asked_at", Instant(), nullable=False),
        sa.Column("answered_at", Instant(), nullable=True),
        sa.Column("id", ID, nullable=False),
        sa.Column("platform_id", ID, nullable=False),
        sa.ForeignKeyConstraint(
            ["platform_id", "step_id"], ["deposit_step.platform_id", "deposit_step.id"], name=op.f("fk_card_call_platform_id_step_id")
        ),
        sa.ForeignKeyConstraint(
            ["platform_id", "payment_id"], ["payment.platform_id", "payment.id"], name=op.f("fk_card_call_platform_id_payment_id")
        ),
        sa.ForeignKeyConstraint(
            ["platform_id", "card_id"], ["saved_card.platform_id", "saved_card.id"], name=op.f("fk_card_call_platform_id_card_id")
        ),
        sa.ForeignKeyConstraint(["platform_id"], ["platform.id"], name=op.f("fk_card_call_platform_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_card_call")),
        sa.UniqueConstraint("platform_id", "id", name=op.f("uq_card_call_platform_id_id")),
        sa.UniqueConstraint("platform_id", "step_id", name=op.f("uq_card_call_platform_id_step_id")),
        sa.UniqueConstraint("platform_id", "payment_id", name=op.f("uq_card_call_platform_id_payment_id")),
    )
    op.create_index("ix_card_call_status", "card_call", ["platform_id", "status"])


def downgrade() -> None:
    op.drop_table("card_call")
    op.drop_table("saved_card")
