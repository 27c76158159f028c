"""What drivers tell of their vehicle, and what the workshop makes of it."""

import sqlalchemy as sa
from alembic import op

from mobility.db.types import Instant

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "defect",
        sa.Column("vehicle_id", sa.BigInteger(), nullable=False),
        sa.Column("booking_id", sa.BigInteger(), nullable=False),
        sa.Column("part", sa.String(length=20), nullable=False),
        sa.Column("words", sa.String(length=300), nullable=True),
        sa.Column("photo_id", sa.BigInteger(), nullable=True),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("answer", sa.String(length=200), nullable=True),
        sa.Column("block_id", sa.BigInteger(), nullable=True),
        sa.Column("told_at", Instant(), nullable=False),
        sa.Column("told_by", ID, nullable=True),
        sa.Column("judged_at", Instant(), nullable=True),
        sa.Column("judged_by", ID, nullable=True),
        sa.Column("id", ID, nullable=False),
        sa.Column("platform_id", ID, nullable=False),
        sa.CheckConstraint("state IN ('new', 'notice', 'out', 'none')", name=op.f("ck_defect_state")),
        sa.CheckConstraint("(state = 'new') = (judged_at IS NULL)", name=op.f("ck_defect_judged")),
        sa.ForeignKeyConstraint(
            ["platform_id", "vehicle_id"], ["vehicle.platform_id", "vehicle.id"], name=op.f("fk_defect_platform_id_vehicle_id")
        ),
        sa.ForeignKeyConstraint(
            ["platform_id", "booking_id"], ["booking.platform_id", "booking.id"], name=op.f("fk_defect_platform_id_booking_id")
        ),
        sa.ForeignKeyConstraint(
            ["platform_id", "photo_id"], ["attachment.platform_id", "attachment.id"], name=op.f("fk_defect_platform_id_photo_id")
        ),
        sa.ForeignKeyConstraint(
            ["platform_id", "block_id"], ["block.platform_id", "block.id"], name=op.f("fk_defect_platform_id_block_id")
        ),
        sa.ForeignKeyConstraint(["platform_id"], ["platform.id"], name=op.f("fk_defect_platform_id")),
        sa.ForeignKeyConstraint(["told_by"], ["account.id"], name=op.f("fk_defect_told_by")),
        sa.ForeignKeyConstraint(["judged_by"], ["account.id"], name=op.f("fk_defect_judged_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_defect")),
        sa.UniqueConstraint("platform_id", "id", name=op.f("uq_defect_platform_id_id")),
    )
    op.create_index("ix_defect_vehicle", "defect", ["platform_id", "vehicle_id", "told_at"], unique=False)
    op.create_index("ix_defect_booking", "defect", ["platform_id", "booking_id"], unique=False)
    op.create_index("ix_defect_state", "defect", ["platform_id", "state", "told_at"], unique=False)


def downgrade() -> None:
    for name in ("state", "booking", "vehicle"):
        op.drop_index(f"ix_defect_{name}", table_name="defect")
    op.drop_table("defect")
