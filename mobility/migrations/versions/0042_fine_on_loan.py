"""The loan by which another platform had the vehicle of a notice."""

import sqlalchemy as sa
from alembic import op

revision = "0042"
down_revision = "0041"
branch_labels = None
depends_on = None

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    with op.batch_alter_table("fine") as table:
        table.add_column(sa.Column("loan_id", _ID, nullable=True))
        table.create_foreign_key(op.f("fk_fine_loan_id"), "vehicle_loan", ["loan_id"], ["id"])


def downgrade() -> None:
    with op.batch_alter_table("fine") as table:
        table.drop_constraint(op.f("fk_fine_loan_id"), type_="foreignkey")
        table.drop_column("loan_id")
