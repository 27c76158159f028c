"""What vehicles need next."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "upkeep_due",
        sa.Column("vehicle_id", sa.BigInteger(), nullable=False),
        sa.Column("item", sa.String(length=20), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("due_km", sa.BigInteger(), nullable=True),
        sa.Column("remind_on", sa.Date(), nullable=False),
        sa.Column("sentence", sa.String(length=200), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("platform_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(
            ["platform_id", "vehicle_id"], ["vehicle.platform_id", "vehicle.id"], name=op.f("fk_upkeep_due_platform_id_vehicle_id")
        ),
        sa.ForeignKeyConstraint(["platform_id"], ["platform.id"], name=op.f("fk_upkeep_due_platform_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_upkeep_due")),
        sa.UniqueConstraint("platform_id", "id", name=op.f("uq_upkeep_due_platform_id_id")),
        sa.UniqueConstraint("platform_id", "vehicle_id", "item", name=op.f("uq_upkeep_due_platform_id_vehicle_id_item")),
    )
    op.create_index("ix_upkeep_due_remind", "upkeep_due", ["platform_id", "remind_on"], unique=False)
    op.create_table(
        "upkeep_exception",
        sa.Column("vehicle_id", sa.BigInteger(), nullable=False),
        sa.Column("item", sa.String(length=20), nullable=False),
        sa.Column("every_km", sa.BigInteger(), nullable=True),
        sa.Column("every_days", sa.BigInteger(), nullable=True),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("platform_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.CheckConstraint("every_days IS NULL OR every_days > 0", name=op.f("ck_upkeep_exception_every_days")),
        sa.CheckConstraint("every_km IS NULL OR every_km > 0", name=op.f("ck_upkeep_exception_every_km")),
        sa.ForeignKeyConstraint(
            ["platform_id", "vehicle_id"], ["vehicle.platform_id", "vehicle.id"], name=op.f("fk_upkeep_exception_platform_id_vehicle_id")
        ),
        sa.ForeignKeyConstraint(["platform_id"], ["platform.id"], name=op.f("fk_upkeep_exception_platform_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_upkeep_exception")),
        sa.UniqueConstraint("platform_id", "id", name=op.f("uq_upkeep_exception_platform_id_id")),
        sa.UniqueConstraint("platform_id", "vehicle_id", "item", name=op.f("uq_upkeep_exception_platform_id_vehicle_id_item")),
    )
    op.create_table(
        "upkeep_done",
        sa.Column("vehicle_id", sa.BigInteger(), nullable=False),
        sa.Column("item", sa.String(length=20), nullable=False),
        sa.Column("done_on", sa.Date(), nullable=False),
        sa.Column("km", sa.BigInteger(), nullable=True),
        sa.Column("work_order_id", sa.BigInteger(), nullable=True),
        sa.Column("noted_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("platform_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.CheckConstraint("km IS NULL OR km >= 0", name=op.f("ck_upkeep_done_km")),
        sa.ForeignKeyConstraint(["noted_by"], ["account.id"], name=op.f("fk_upkeep_done_noted_by")),
        sa.ForeignKeyConstraint(
            ["platform_id", "vehicle_id"], ["vehicle.platform_id", "vehicle.id"], name=op.f("fk_upkeep_done_platform_id_vehicle_id")
        ),
        sa.ForeignKeyConstraint(
            ["platform_id", "work_order_id"],
            ["work_order.platform_id", "work_order.id"],
            name=op.f("fk_upkeep_done_platform_id_work_order_id"),
        ),
        sa.ForeignKeyConstraint(["platform_id"], ["platform.id"], name=op.f("fk_upkeep_done_platform_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_upkeep_done")),
        sa.UniqueConstraint("platform_id", "id", name=op.f("uq_upkeep_done_platform_id_id")),
    )
    op.create_index("ix_upkeep_done_vehicle", "upkeep_done", ["platform_id", "vehicle_id", "item", "done_on"], unique=False)


def downgrade() -> None:
    op.drop_index("ix_upkeep_done_vehicle", table_name="upkeep_done")
    op.drop_table("upkeep_done")
    op.drop_table("upkeep_exception")
    op.drop_index("ix_upkeep_due_remind", table_name="upkeep_due")
    op.drop_table("upkeep_due")
