"""Marks that came with a loan: no report of this platform saw them first."""

import sqlalchemy as sa
from alembic import op

revision = "0043"
down_revision = "0042"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("vehicle_mark") as table:
        table.alter_column("report_id", existing_type=sa.BigInteger(), nullable=True)


def downgrade() -> None:
    op.execute("DELETE FROM vehicle_mark WHERE report_id IS NULL")
    with op.batch_alter_table("vehicle_mark") as table:
        table.alter_column("report_id", existing_type=sa.BigInteger(), nullable=False)
