"""When a booking was cancelled: on that day it may be taken up again."""

import sqlalchemy as sa
from alembic import op

from mobility.db.types import Instant

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("booking", sa.Column("cancelled_at", Instant(), nullable=True))


def downgrade() -> None:
    op.drop_column("booking", "cancelled_at")
