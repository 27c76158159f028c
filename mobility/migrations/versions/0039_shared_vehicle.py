"""The hours of each person who shares a vehicle."""

import sqlalchemy as sa
from alembic import op

revision = "0039"
down_revision = "0038"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("booking", sa.Column("pattern", sa.String(length=60), nullable=True))


def downgrade() -> None:
    op.drop_column("booking", "pattern")
