"""The code each vehicle wears on its label, drawn also for those that are there."""

import secrets

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("vehicle", sa.Column("code", sa.String(length=32), nullable=True))
    connection = op.get_bind()
    if connection.dialect.name == "postgresql":  # the owner fills every platform's rows; the guards force it again after the upgrade
        op.execute("ALTER TABLE vehicle NO FORCE ROW LEVEL SECURITY")
    for (vehicle_id,) in connection.execute(sa.text("SELECT id FROM vehicle")).all():
        drawn = {"code": secrets.token_urlsafe(16), "id": vehicle_id}
        connection.execute(sa.text("UPDATE vehicle SET code = :code WHERE id = :id"), drawn)
    op.create_index("uq_vehicle_code", "vehicle", ["platform_id", "code"], unique=True)


def downgrade() -> None:
    op.drop_index("uq_vehicle_code", table_name="vehicle")
    op.drop_column("vehicle", "code")
