"""The priority district that a proof of its tier names: code, perimeter, how and when it was seen."""

import sqlalchemy as sa
from alembic import op

revision = "0040"
down_revision = "0039"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("tier_proof", sa.Column("district_code", sa.String(length=8), nullable=True))
    op.add_column("tier_proof", sa.Column("perimeter", sa.BigInteger(), nullable=True))
    op.add_column("tier_proof", sa.Column("seen_how", sa.String(length=10), nullable=True))
    op.add_column("tier_proof", sa.Column("seen_on", sa.Date(), nullable=True))


def downgrade() -> None:
    for name in ("seen_on", "seen_how", "perimeter", "district_code"):
        op.drop_column("tier_proof", name)
