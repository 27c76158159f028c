"""The phone of whoever is met; days in order, held by the database too."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

ORDERED = {"action": ("started_on", "ended_on"), "job": ("starts_on", "ends_on"), "document": ("issued_on", "valid_until")}


def upgrade() -> None:
    op.add_column("account", sa.Column("phone", sa.String(length=20), nullable=True))
    for table, (first, last) in ORDERED.items():
        if op.get_bind().dialect.name == "postgresql":  # the owner mends every platform's rows; the guards force it again after the upgrade
            op.execute(f'ALTER TABLE "{table}" NO FORCE ROW LEVEL SECURITY')
        op.execute(f'UPDATE "{table}" SET {last} = {first} WHERE {last} < {first}')
        with op.batch_alter_table(table) as batch:
            batch.create_check_constraint(op.f(f"ck_{table}_days"), f"{last} >= {first}")


def downgrade() -> None:
    for table in ORDERED:
        with op.batch_alter_table(table) as batch:
            batch.drop_constraint(op.f(f"ck_{table}_days"), type_="check")
    with op.batch_alter_table("account") as batch:
        batch.drop_column("phone")
