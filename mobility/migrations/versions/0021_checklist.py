"""What the checklist of a handover or a return found; reports made before there was one hold none."""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("condition_report", sa.Column("checks", sa.JSON(), nullable=True))


def downgrade() -> None:
    op.drop_column("condition_report", "checks")
