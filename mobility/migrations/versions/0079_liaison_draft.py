"""Liaison forms begun and not sent.

Revises: 0078
"""

import sqlalchemy as sa
from alembic import op

from mobility.db.types import Instant

revision = "0079"
down_revision = "0078"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "liaison_draft",
        sa.Column("account_id", ID, nullable=False),
        sa.Column("key", sa.String(length=40), nullable=False),
        sa.Column("typed", sa.JSON(), nullable=False),
        sa.Column("saved_at", Instant(), nullable=False),
        sa.Column("id", ID, nullable=False),
        sa.Column("platform_id", ID, nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_liaison_draft_account_id")),
        sa.ForeignKeyConstraint(["platform_id"], ["platform.id"], name=op.f("fk_liaison_draft_platform_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_liaison_draft")),
        sa.UniqueConstraint("platform_id", "account_id", "key", name=op.f("uq_liaison_draft_platform_id_account_id_key")),
        sa.UniqueConstraint("platform_id", "id", name=op.f("uq_liaison_draft_platform_id_id")),
    )
    op.create_index("ix_liaison_draft_saved_at", "liaison_draft", ["platform_id", "saved_at"])


def downgrade() -> None:
    op.drop_table("liaison_draft")
