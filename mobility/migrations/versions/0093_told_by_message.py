"""Which message announced a week's payment by card: given up, nothing is taken.

Revises: 0092
"""

import sqlalchemy as sa
from alembic import op

revision = "0093"
down_revision = "0092"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("auto_payment", sa.Column("told_outbox_id", sa.BigInteger(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("auto_payment") as table:
        table.drop_column("told_outbox_id")
