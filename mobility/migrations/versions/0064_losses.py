"""What is written off, and what comes for it later.

Revises: 0063
"""

import sqlalchemy as sa
from alembic import op

from mobility.db.types import Instant

revision = "0064"
down_revision = "0063"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "loss_step",
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("account_id", sa.BigInteger(), nullable=False),
        sa.Column("act", sa.String(length=12), nullable=False),
        sa.Column("cents", sa.BigInteger(), nullable=False),
        sa.Column("reason", sa.String(length=20), nullable=True),
        sa.Column("reference", sa.String(length=120), nullable=True),
        sa.Column("decided_on", sa.Date(), nullable=False),
        sa.Column("parts", sa.JSON(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("by", ID, nullable=True),
        sa.Column("entry_number", sa.BigInteger(), nullable=False),
        sa.Column("id", ID, nullable=False),
        sa.Column("platform_id", ID, nullable=False),
        sa.CheckConstraint("cents > 0", name=op.f("ck_loss_step_amount")),
        sa.ForeignKeyConstraint(["by"], ["account.id"], name=op.f("fk_loss_step_by")),
        sa.ForeignKeyConstraint(
            ["platform_id", "account_id"],
            ["billing_account.platform_id", "billing_account.id"],
            name=op.f("fk_loss_step_platform_id_account_id"),
        ),
        sa.ForeignKeyConstraint(["platform_id"], ["platform.id"], name=op.f("fk_loss_step_platform_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_loss_step")),
        sa.UniqueConstraint("platform_id", "id", name=op.f("uq_loss_step_platform_id_id")),
        sa.UniqueConstraint("platform_id", "number", name=op.f("uq_loss_step_platform_id_number")),
    )
    op.create_index("ix_loss_step_account", "loss_step", ["platform_id", "account_id"])


def downgrade() -> None:
    op.drop_table("loss_step")
