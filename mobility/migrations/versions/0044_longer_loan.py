"""A later end of a loan, asked for and not answered yet."""

import sqlalchemy as sa
from alembic import op

from mobility.db.types import Instant

revision = "0044"
down_revision = "0043"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("vehicle_loan", sa.Column("wanted_until", Instant(), nullable=True))


def downgrade() -> None:
    op.drop_column("vehicle_loan", "wanted_until")
