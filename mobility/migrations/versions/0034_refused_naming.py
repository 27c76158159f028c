"""The naming of a driver that the authority refused: since when, and why."""

import sqlalchemy as sa
from alembic import op

revision = "0034"
down_revision = "0033"
branch_labels = None
depends_on = None

BEFORE = "status IN ('received', 'driver_found', 'named', 'contested', 'settled')"
NOW = "status IN ('received', 'driver_found', 'named', 'refused', 'contested', 'settled')"


def upgrade() -> None:
    with op.batch_alter_table("fine") as table:
        table.add_column(sa.Column("refused_on", sa.Date(), nullable=True))
        table.add_column(sa.Column("refused_reason", sa.String(12), nullable=True))
        table.drop_constraint(op.f("ck_fine_status"), type_="check")
        table.create_check_constraint(op.f("ck_fine_status"), NOW)


def downgrade() -> None:
    op.execute("UPDATE fine SET status = 'driver_found' WHERE status = 'refused'")
    with op.batch_alter_table("fine") as table:
        table.drop_constraint(op.f("ck_fine_status"), type_="check")
        table.create_check_constraint(op.f("ck_fine_status"), BEFORE)
        table.drop_column("refused_reason")
        table.drop_column("refused_on")
