"""Why a condition report was not signed while the person was there."""

import sqlalchemy as sa
from alembic import op

revision = "0041"
down_revision = "0040"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("condition_report", sa.Column("unsigned_reason", sa.String(length=16), nullable=True))


def downgrade() -> None:
    op.drop_column("condition_report", "unsigned_reason")
