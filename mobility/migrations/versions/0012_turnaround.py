"""The turnaround after a return is part of the stretch that holds the vehicle: where the use ends stands beside it."""

import sqlalchemy as sa
from alembic import op

from mobility.db.types import Instant

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("occupancy", sa.Column("used_until", Instant(), nullable=True))


def downgrade() -> None:
    op.execute("UPDATE occupancy SET ends_at = used_until WHERE used_until IS NOT NULL")
    op.drop_column("occupancy", "used_until")
