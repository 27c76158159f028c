"""Tiers in steps, for who starts a job."""

import sqlalchemy as sa
from alembic import op

revision = "0049"
down_revision = "0048"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("tier", sa.Column("steps", sa.JSON(), nullable=False, server_default="[]"))


def downgrade() -> None:
    op.drop_column("tier", "steps")
