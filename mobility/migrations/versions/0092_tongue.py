"""The tongue that somebody asked to be written in too.

Revises: 0091
"""

import sqlalchemy as sa
from alembic import op

revision = "0092"
down_revision = "0091"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("beneficiary", sa.Column("tongue", sa.String(length=9), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("beneficiary") as table:
        table.drop_column("tongue")
