"""What the vehicle that somebody waits for has to have."""

import sqlalchemy as sa
from alembic import op

revision = "0050"
down_revision = "0049"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("waiting_request", sa.Column("needs", sa.JSON(), nullable=False, server_default="[]"))
    op.add_column("waiting_request", sa.Column("adaptation", sa.String(length=60), nullable=True))


def downgrade() -> None:
    op.drop_column("waiting_request", "adaptation")
    op.drop_column("waiting_request", "needs")
