"""Since when an account's address is proven, and roles that wait for their holder; those given before stay in force."""

import sqlalchemy as sa
from alembic import op

from mobility.db.types import Instant

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("account", sa.Column("address_proven_at", Instant(), nullable=True))
    op.add_column("grant", sa.Column("offered_at", Instant(), nullable=True))


def downgrade() -> None:
    # An offer is not a role: without the column that says so it would open the door.
    op.execute(sa.text('DELETE FROM "grant" WHERE offered_at IS NOT NULL'))
    op.drop_column("grant", "offered_at")
    op.drop_column("account", "address_proven_at")
