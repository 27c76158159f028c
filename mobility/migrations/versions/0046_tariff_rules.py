"""What a version of the tariff sets beyond its prices a day: weeks, steps, least amounts, membership, the hours that count."""

import sqlalchemy as sa
from alembic import op

revision = "0046"
down_revision = "0045"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("tariff_version", sa.Column("rules", sa.JSON(), nullable=False, server_default="{}"))


def downgrade() -> None:
    op.drop_column("tariff_version", "rules")
