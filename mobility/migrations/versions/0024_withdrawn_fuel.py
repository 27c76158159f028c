"""A fuel receipt noted by mistake is withdrawn, never wiped out: when, by whom, why, and the entry that undoes its own."""

import sqlalchemy as sa
from alembic import op

from mobility.db.types import Instant

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    with op.batch_alter_table("fuel_receipt") as table:
        table.add_column(sa.Column("withdrawn_at", Instant(), nullable=True))
        table.add_column(sa.Column("withdrawn_by", _ID, nullable=True))
        table.add_column(sa.Column("withdrawn_reason", sa.String(length=20), nullable=True))
        table.add_column(sa.Column("withdrawal_entry", sa.BigInteger(), nullable=True))
        table.create_foreign_key(op.f("fk_fuel_receipt_withdrawn_by"), "account", ["withdrawn_by"], ["id"])


def downgrade() -> None:
    with op.batch_alter_table("fuel_receipt") as table:
        table.drop_constraint(op.f("fk_fuel_receipt_withdrawn_by"), type_="foreignkey")
        for name in ("withdrawal_entry", "withdrawn_reason", "withdrawn_by", "withdrawn_at"):
            table.drop_column(name)
