"""Accompanied trips: the stops of a trip, where each passenger gets on and off, the day they accepted the charter.

Revises: 0095
"""

import sqlalchemy as sa
from alembic import op

revision = "0096"
down_revision = "0095"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("group_workshop", sa.Column("stops", sa.JSON(none_as_null=True), nullable=True))
    with op.batch_alter_table("workshop_seat") as table:
        table.add_column(sa.Column("board", sa.BigInteger(), nullable=True))
        table.add_column(sa.Column("alight", sa.BigInteger(), nullable=True))
        table.add_column(sa.Column("charter_on", sa.Date(), nullable=True))
        table.create_check_constraint(op.f("ck_workshop_seat_leg"), "board >= 0 AND board < alight")


def downgrade() -> None:
    with op.batch_alter_table("workshop_seat") as table:
        table.drop_constraint(op.f("ck_workshop_seat_leg"), type_="check")
        for column in ("charter_on", "alight", "board"):
            table.drop_column(column)
    with op.batch_alter_table("group_workshop") as table:
        table.drop_column("stops")
