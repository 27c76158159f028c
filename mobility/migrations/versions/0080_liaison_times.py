"""When a liaison form waited too long: the platform was told, then it came to nothing.

Revises: 0079
"""

import sqlalchemy as sa
from alembic import op

revision = "0080"
down_revision = "0079"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("liaison_form", sa.Column("late_told_on", sa.Date(), nullable=True))
    op.add_column("liaison_form", sa.Column("expired_on", sa.Date(), nullable=True))


def downgrade() -> None:
    op.drop_column("liaison_form", "expired_on")
    op.drop_column("liaison_form", "late_told_on")
