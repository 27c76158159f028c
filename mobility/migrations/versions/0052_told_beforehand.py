"""When somebody was told that a paper runs out, and of which rise of their price."""

import sqlalchemy as sa
from alembic import op

from mobility.db.types import Instant

revision = "0052"
down_revision = "0051"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("tier_proof", sa.Column("renewal_told_at", Instant(), nullable=True))
    op.add_column("billing_account", sa.Column("rise_told_on", sa.Date(), nullable=True))


def downgrade() -> None:
    op.drop_column("billing_account", "rise_told_on")
    op.drop_column("tier_proof", "renewal_told_at")
