"""Who came late to an appointment, and who did not come.

Revises: 0074
"""

import sqlalchemy as sa
from alembic import op

from mobility.db.types import Instant

revision = "0075"
down_revision = "0074"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("meeting", sa.Column("came_late", sa.Boolean(), server_default=sa.false(), nullable=False))
    op.add_column("meeting", sa.Column("missed_at", Instant(), nullable=True))


def downgrade() -> None:
    op.drop_column("meeting", "missed_at")
    op.drop_column("meeting", "came_late")
