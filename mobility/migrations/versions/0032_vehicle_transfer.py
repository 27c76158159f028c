"""Where vehicles were, pole after pole."""

import sqlalchemy as sa
from alembic import op

from mobility.db.types import Instant

revision = "0032"
down_revision = "0031"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "vehicle_transfer",
        sa.Column("vehicle_id", sa.BigInteger(), nullable=False),
        sa.Column("from_site_id", sa.BigInteger(), nullable=False),
        sa.Column("to_site_id", sa.BigInteger(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("reason", sa.String(length=12), nullable=False),
        sa.Column("note", sa.String(length=200), nullable=True),
        sa.Column("noted_at", Instant(), nullable=False),
        sa.Column("noted_by", ID, nullable=True),
        sa.Column("id", ID, nullable=False),
        sa.Column("platform_id", ID, nullable=False),
        sa.CheckConstraint("from_site_id <> to_site_id", name=op.f("ck_vehicle_transfer_elsewhere")),
        sa.CheckConstraint(
            "reason IN ('demand', 'replacement', 'balance', 'workshop', 'closing', 'other', 'correction')",
            name=op.f("ck_vehicle_transfer_reason"),
        ),
        sa.ForeignKeyConstraint(
            ["platform_id", "vehicle_id"], ["vehicle.platform_id", "vehicle.id"], name=op.f("fk_vehicle_transfer_platform_id_vehicle_id")
        ),
        sa.ForeignKeyConstraint(
            ["platform_id", "from_site_id"], ["site.platform_id", "site.id"], name=op.f("fk_vehicle_transfer_platform_id_from_site_id")
        ),
        sa.ForeignKeyConstraint(
            ["platform_id", "to_site_id"], ["site.platform_id", "site.id"], name=op.f("fk_vehicle_transfer_platform_id_to_site_id")
        ),
        sa.ForeignKeyConstraint(["platform_id"], ["platform.id"], name=op.f("fk_vehicle_transfer_platform_id")),
        sa.ForeignKeyConstraint(["noted_by"], ["account.id"], name=op.f("fk_vehicle_transfer_noted_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_vehicle_transfer")),
        sa.UniqueConstraint("platform_id", "id", name=op.f("uq_vehicle_transfer_platform_id_id")),
    )
    op.create_index("ix_vehicle_transfer_vehicle", "vehicle_transfer", ["platform_id", "vehicle_id", "on"], unique=False)


def downgrade() -> None:
    op.drop_index("ix_vehicle_transfer_vehicle", table_name="vehicle_transfer")
    op.drop_table("vehicle_transfer")
