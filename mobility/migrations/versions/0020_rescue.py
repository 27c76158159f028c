"""What was decided for each person a breakdown left on foot."""

import sqlalchemy as sa
from alembic import op

from mobility.db.types import Instant

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "rescue",
        sa.Column("vehicle_id", sa.BigInteger(), nullable=False),
        sa.Column("booking_id", sa.BigInteger(), nullable=False),
        sa.Column("way", sa.String(length=12), nullable=False),
        sa.Column("other_vehicle_id", sa.BigInteger(), nullable=True),
        sa.Column("told", sa.String(length=480), nullable=False),
        sa.Column("channel", sa.String(length=10), nullable=False),
        sa.Column("decided_at", Instant(), nullable=False),
        sa.Column("decided_by", ID, nullable=True),
        sa.Column("id", ID, nullable=False),
        sa.Column("platform_id", ID, nullable=False),
        sa.CheckConstraint("way IN ('swap', 'bus', 'carpool', 'transport', 'other', 'stop')", name=op.f("ck_rescue_way")),
        sa.CheckConstraint("(way = 'swap') = (other_vehicle_id IS NOT NULL)", name=op.f("ck_rescue_other_vehicle")),
        sa.CheckConstraint("channel IN ('sms', 'mail', 'call')", name=op.f("ck_rescue_channel")),
        sa.ForeignKeyConstraint(
            ["platform_id", "vehicle_id"], ["vehicle.platform_id", "vehicle.id"], name=op.f("fk_rescue_platform_id_vehicle_id")
        ),
        sa.ForeignKeyConstraint(
            ["platform_id", "other_vehicle_id"], ["vehicle.platform_id", "vehicle.id"], name=op.f("fk_rescue_platform_id_other_vehicle_id")
        ),
        sa.ForeignKeyConstraint(
            ["platform_id", "booking_id"], ["booking.platform_id", "booking.id"], name=op.f("fk_rescue_platform_id_booking_id")
        ),
        sa.ForeignKeyConstraint(["platform_id"], ["platform.id"], name=op.f("fk_rescue_platform_id")),
        sa.ForeignKeyConstraint(["decided_by"], ["account.id"], name=op.f("fk_rescue_decided_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rescue")),
        sa.UniqueConstraint("platform_id", "id", name=op.f("uq_rescue_platform_id_id")),
    )
    op.create_index("ix_rescue_vehicle", "rescue", ["platform_id", "vehicle_id", "decided_at"], unique=False)
    op.create_index("ix_rescue_booking", "rescue", ["platform_id", "booking_id"], unique=False)


def downgrade() -> None:
    op.drop_index("ix_rescue_booking", table_name="rescue")
    op.drop_index("ix_rescue_vehicle", table_name="rescue")
    op.drop_table("rescue")
