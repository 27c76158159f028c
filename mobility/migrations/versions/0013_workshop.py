"""Work orders and garages."""

import sqlalchemy as sa
from alembic import op

from mobility.db.types import Instant

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "garage",
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("email", sa.String(length=200), nullable=True),
        sa.Column("phone", sa.String(length=20), nullable=True),
        sa.Column("address", sa.String(length=200), nullable=True),
        sa.Column("is_solidarity", sa.Boolean(), nullable=False),
        sa.Column("closed_at", Instant(), nullable=True),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("platform_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(["platform_id"], ["platform.id"], name=op.f("fk_garage_platform_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_garage")),
        sa.UniqueConstraint("platform_id", "id", name=op.f("uq_garage_platform_id_id")),
        sa.UniqueConstraint("platform_id", "name", name=op.f("uq_garage_platform_id_name")),
    )
    op.create_table(
        "work_order",
        sa.Column("number", sa.String(length=20), nullable=False),
        sa.Column("vehicle_id", sa.BigInteger(), nullable=False),
        sa.Column("subject", sa.String(length=20), nullable=False),
        sa.Column("description", sa.String(length=300), nullable=True),
        sa.Column("garage_id", sa.BigInteger(), nullable=True),
        sa.Column("block_id", sa.BigInteger(), nullable=True),
        sa.Column("status", sa.String(length=12), nullable=False),
        sa.Column("odometer_km", sa.BigInteger(), nullable=True),
        sa.Column("opened_at", Instant(), nullable=False),
        sa.Column("started_at", Instant(), nullable=True),
        sa.Column("done_at", Instant(), nullable=True),
        sa.Column("closed_at", Instant(), nullable=True),
        sa.Column("opened_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("platform_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.CheckConstraint("status IN ('opened', 'planned', 'in_workshop', 'done', 'closed')", name=op.f("ck_work_order_status")),
        sa.CheckConstraint("done_at IS NULL OR done_at >= started_at", name=op.f("ck_work_order_order")),
        sa.ForeignKeyConstraint(["opened_by"], ["account.id"], name=op.f("fk_work_order_opened_by")),
        sa.ForeignKeyConstraint(
            ["platform_id", "block_id"], ["block.platform_id", "block.id"], name=op.f("fk_work_order_platform_id_block_id")
        ),
        sa.ForeignKeyConstraint(
            ["platform_id", "garage_id"], ["garage.platform_id", "garage.id"], name=op.f("fk_work_order_platform_id_garage_id")
        ),
        sa.ForeignKeyConstraint(
            ["platform_id", "vehicle_id"], ["vehicle.platform_id", "vehicle.id"], name=op.f("fk_work_order_platform_id_vehicle_id")
        ),
        sa.ForeignKeyConstraint(["platform_id"], ["platform.id"], name=op.f("fk_work_order_platform_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_work_order")),
        sa.UniqueConstraint("platform_id", "id", name=op.f("uq_work_order_platform_id_id")),
        sa.UniqueConstraint("platform_id", "number", name=op.f("uq_work_order_platform_id_number")),
    )
    op.create_index("ix_work_order_status", "work_order", ["platform_id", "status", "opened_at"], unique=False)
    op.create_index("ix_work_order_vehicle", "work_order", ["platform_id", "vehicle_id", "opened_at"], unique=False)
    op.create_table(
        "work_line",
        sa.Column("work_order_id", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("label", sa.String(length=120), nullable=False),
        sa.Column("quantity", sa.BigInteger(), nullable=False),
        sa.Column("unit_cents", sa.BigInteger(), nullable=False),
        sa.Column("amount_cents", sa.BigInteger(), nullable=False),
        sa.Column("added_at", Instant(), nullable=False),
        sa.Column("added_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("platform_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.CheckConstraint("kind IN ('part', 'labour')", name=op.f("ck_work_line_kind")),
        sa.CheckConstraint("quantity > 0 AND unit_cents >= 0 AND amount_cents >= 0", name=op.f("ck_work_line_amounts")),
        sa.ForeignKeyConstraint(["added_by"], ["account.id"], name=op.f("fk_work_line_added_by")),
        sa.ForeignKeyConstraint(
            ["platform_id", "work_order_id"],
            ["work_order.platform_id", "work_order.id"],
            name=op.f("fk_work_line_platform_id_work_order_id"),
        ),
        sa.ForeignKeyConstraint(["platform_id"], ["platform.id"], name=op.f("fk_work_line_platform_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_work_line")),
        sa.UniqueConstraint("platform_id", "id", name=op.f("uq_work_line_platform_id_id")),
    )
    op.create_index("ix_work_line_order", "work_line", ["platform_id", "work_order_id"], unique=False)


def downgrade() -> None:
    op.drop_index("ix_work_line_order", table_name="work_line")
    op.drop_table("work_line")
    op.drop_index("ix_work_order_vehicle", table_name="work_order")
    op.drop_index("ix_work_order_status", table_name="work_order")
    op.drop_table("work_order")
    op.drop_table("garage")
