"""Pauses in asking for what is owed.

Revises: 0064
"""

import sqlalchemy as sa
from alembic import op

from mobility.db.types import Instant

revision = "0068"
down_revision = "0067"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "chase_pause",
        sa.Column("account_id", sa.BigInteger(), nullable=False),
        sa.Column("reason", sa.String(length=20), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=False),
        sa.Column("paused_at", Instant(), nullable=False),
        sa.Column("paused_by", ID, nullable=True),
        sa.Column("ended_at", Instant(), nullable=True),
        sa.Column("ended_by", ID, nullable=True),
        sa.Column("id", ID, nullable=False),
        sa.Column("platform_id", ID, nullable=False),
        sa.ForeignKeyConstraint(["paused_by"], ["account.id"], name=op.f("fk_chase_pause_paused_by")),
        sa.ForeignKeyConstraint(["ended_by"], ["account.id"], name=op.f("fk_chase_pause_ended_by")),
        sa.ForeignKeyConstraint(
            ["platform_id", "account_id"],
            ["billing_account.platform_id", "billing_account.id"],
            name=op.f("fk_chase_pause_platform_id_account_id"),
        ),
        sa.ForeignKeyConstraint(["platform_id"], ["platform.id"], name=op.f("fk_chase_pause_platform_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_chase_pause")),
        sa.UniqueConstraint("platform_id", "id", name=op.f("uq_chase_pause_platform_id_id")),
    )
    op.create_index("ix_chase_pause_account", "chase_pause", ["platform_id", "account_id"])


def downgrade() -> None:
    op.drop_table("chase_pause")
