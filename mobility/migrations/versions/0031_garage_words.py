"""What a garage says of its work orders by its own page."""

import sqlalchemy as sa
from alembic import op

from mobility.db.types import Instant

revision = "0031"
down_revision = "0030"
branch_labels = None
depends_on = None

COLUMNS = ("proposed_starts_at", "proposed_ends_at", "told_done_at")


def upgrade() -> None:
    for name in COLUMNS:
        op.add_column("work_order", sa.Column(name, Instant(), nullable=True))


def downgrade() -> None:
    for name in reversed(COLUMNS):
        op.drop_column("work_order", name)
