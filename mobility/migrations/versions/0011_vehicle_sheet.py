"""A vehicle's whole sheet: whose it is, what drives it, what comes with it; and the steps of its life."""

import sqlalchemy as sa
from alembic import op

from mobility.db.types import Instant

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

STAGES = "stage IN ('ordered', 'in_service', 'workshop', 'out')"
CHECKS = {
    "ownership": "ownership IN ('owned', 'leased', 'hired', 'lent')",
    "keeper": "keeper IN ('platform', 'hirer')",
    "energy": "energy IN ('none', 'electric', 'petrol', 'diesel', 'hybrid')",
    "stage": STAGES,
    "amounts": "lease_cents >= 0 AND purchase_cents >= 0 AND co2_g_km BETWEEN 0 AND 1000",
}


def upgrade() -> None:
    for column in _columns():
        op.add_column("vehicle", column)
    if op.get_bind().dialect.name == "postgresql":  # the owner fills every platform's rows; the guards force it again after the upgrade
        op.execute("ALTER TABLE vehicle NO FORCE ROW LEVEL SECURITY")
    op.execute("UPDATE vehicle SET energy = 'electric' WHERE kind IN ('ebike', 'cargo_bike')")
    op.execute("UPDATE vehicle SET energy = 'petrol' WHERE kind IN ('moped', 'scooter', 'scooter125', 'car')")
    op.execute("UPDATE vehicle SET energy = 'diesel' WHERE kind = 'quadricycle'")
    op.execute("UPDATE vehicle SET stage = 'out' WHERE out_of_service_on <= CURRENT_DATE")
    with op.batch_alter_table("vehicle") as batch:
        for name, rule in CHECKS.items():
            batch.create_check_constraint(op.f(f"ck_vehicle_{name}"), rule)
    op.create_index("uq_vehicle_frame_number", "vehicle", ["platform_id", "frame_number"], unique=True)
    _create_steps()


def _columns() -> list[sa.Column]:
    return [
        sa.Column("parking", sa.String(length=120), nullable=True),
        sa.Column("frame_number", sa.String(length=40), nullable=True),
        sa.Column("stage", sa.String(length=12), nullable=False, server_default="in_service"),
        sa.Column("ownership", sa.String(length=10), nullable=False, server_default="owned"),
        sa.Column("lessor", sa.String(length=120), nullable=True),
        sa.Column("lease_until", sa.Date(), nullable=True),
        sa.Column("lease_cents", sa.BigInteger(), nullable=True),
        sa.Column("keeper", sa.String(length=10), nullable=False, server_default="platform"),
        sa.Column("energy", sa.String(length=10), nullable=False, server_default="none"),
        sa.Column("level", sa.String(length=16), nullable=True),
        sa.Column("equipment", sa.JSON(), nullable=False, server_default="[]"),
        sa.Column("double_controls", sa.Boolean(), nullable=False, server_default=sa.false()),
        sa.Column("adaptations", sa.String(length=200), nullable=True),
        sa.Column("purchased_on", sa.Date(), nullable=True),
        sa.Column("purchase_cents", sa.BigInteger(), nullable=True),
        sa.Column("co2_g_km", sa.BigInteger(), nullable=True),
    ]


def _create_steps() -> None:
    op.create_table(
        "vehicle_step",
        sa.Column("vehicle_id", sa.BigInteger(), nullable=False),
        sa.Column("stage", sa.String(length=12), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("note", sa.String(length=200), nullable=True),
        sa.Column("noted_at", Instant(), nullable=False),
        sa.Column("noted_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("platform_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.CheckConstraint(STAGES, name=op.f("ck_vehicle_step_stage")),
        sa.ForeignKeyConstraint(
            ["platform_id", "vehicle_id"], ["vehicle.platform_id", "vehicle.id"], name=op.f("fk_vehicle_step_platform_id_vehicle_id")
        ),
        sa.ForeignKeyConstraint(["platform_id"], ["platform.id"], name=op.f("fk_vehicle_step_platform_id")),
        sa.ForeignKeyConstraint(["noted_by"], ["account.id"], name=op.f("fk_vehicle_step_noted_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_vehicle_step")),
        sa.UniqueConstraint("platform_id", "id", name=op.f("uq_vehicle_step_platform_id_id")),
    )
    op.create_index("ix_vehicle_step_vehicle", "vehicle_step", ["platform_id", "vehicle_id", "on"], unique=False)


def downgrade() -> None:
    op.drop_index("ix_vehicle_step_vehicle", table_name="vehicle_step")
    op.drop_table("vehicle_step")
    op.drop_index("uq_vehicle_frame_number", table_name="vehicle")
    with op.batch_alter_table("vehicle") as batch:
        for name in CHECKS:
            batch.drop_constraint(op.f(f"ck_vehicle_{name}"), type_="check")
        for column in _columns():
            batch.drop_column(column.name)
