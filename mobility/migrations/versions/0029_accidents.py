"""Accidents, and the pictures that show them."""

import sqlalchemy as sa
from alembic import op

from mobility.db.types import Instant

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "accident",
        sa.Column("number", sa.String(length=20), nullable=False),
        sa.Column("vehicle_id", sa.BigInteger(), nullable=False),
        sa.Column("booking_id", sa.BigInteger(), nullable=True),
        sa.Column("beneficiary_id", sa.BigInteger(), nullable=True),
        sa.Column("status", sa.String(length=10), nullable=False),
        sa.Column("happened_at", Instant(), nullable=False),
        sa.Column("place", sa.String(length=200), nullable=False),
        sa.Column("circumstances", sa.String(length=12), nullable=False),
        sa.Column("account", sa.String(length=300), nullable=True),
        sa.Column("injured", sa.Boolean(), nullable=False),
        sa.Column("third_name", sa.String(length=120), nullable=True),
        sa.Column("third_plate", sa.String(length=20), nullable=True),
        sa.Column("third_insurer", sa.String(length=120), nullable=True),
        sa.Column("third_policy", sa.String(length=60), nullable=True),
        sa.Column("police_report", sa.String(length=40), nullable=True),
        sa.Column("insurer", sa.String(length=120), nullable=True),
        sa.Column("policy", sa.String(length=60), nullable=True),
        sa.Column("excess_cents", sa.BigInteger(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("declared_on", sa.Date(), nullable=True),
        sa.Column("claim_number", sa.String(length=40), nullable=True),
        sa.Column("expert", sa.String(length=120), nullable=True),
        sa.Column("expert_on", sa.Date(), nullable=True),
        sa.Column("liability_percent", sa.BigInteger(), nullable=True),
        sa.Column("work_order_id", sa.BigInteger(), nullable=True),
        sa.Column("outcome", sa.String(length=16), nullable=True),
        sa.Column("closed_at", Instant(), nullable=True),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("created_by", ID, nullable=True),
        sa.Column("id", ID, nullable=False),
        sa.Column("platform_id", ID, nullable=False),
        sa.CheckConstraint("status IN ('open', 'declared', 'closed')", name=op.f("ck_accident_status")),
        sa.CheckConstraint("(booking_id IS NULL) = (beneficiary_id IS NULL)", name=op.f("ck_accident_driver")),
        sa.CheckConstraint("excess_cents >= 0 AND liability_percent BETWEEN 0 AND 100", name=op.f("ck_accident_amounts")),
        sa.ForeignKeyConstraint(["created_by"], ["account.id"], name=op.f("fk_accident_created_by")),
        sa.ForeignKeyConstraint(
            ["platform_id", "beneficiary_id"],
            ["beneficiary.platform_id", "beneficiary.id"],
            name=op.f("fk_accident_platform_id_beneficiary_id"),
        ),
        sa.ForeignKeyConstraint(
            ["platform_id", "booking_id"], ["booking.platform_id", "booking.id"], name=op.f("fk_accident_platform_id_booking_id")
        ),
        sa.ForeignKeyConstraint(
            ["platform_id", "vehicle_id"], ["vehicle.platform_id", "vehicle.id"], name=op.f("fk_accident_platform_id_vehicle_id")
        ),
        sa.ForeignKeyConstraint(
            ["platform_id", "work_order_id"],
            ["work_order.platform_id", "work_order.id"],
            name=op.f("fk_accident_platform_id_work_order_id"),
        ),
        sa.ForeignKeyConstraint(["platform_id"], ["platform.id"], name=op.f("fk_accident_platform_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_accident")),
        sa.UniqueConstraint("platform_id", "id", name=op.f("uq_accident_platform_id_id")),
        sa.UniqueConstraint("platform_id", "number", name=op.f("uq_accident_platform_id_number")),
    )
    op.create_index("ix_accident_beneficiary", "accident", ["platform_id", "beneficiary_id"], unique=False)
    op.create_index("ix_accident_status", "accident", ["platform_id", "status", "due_on"], unique=False)
    op.create_index("ix_accident_vehicle", "accident", ["platform_id", "vehicle_id", "happened_at"], unique=False)
    op.create_table(
        "accident_photo",
        sa.Column("attachment_id", sa.BigInteger(), nullable=False),
        sa.Column("accident_id", sa.BigInteger(), nullable=False),
        sa.Column("id", ID, nullable=False),
        sa.Column("platform_id", ID, nullable=False),
        sa.ForeignKeyConstraint(
            ["platform_id", "accident_id"], ["accident.platform_id", "accident.id"], name=op.f("fk_accident_photo_platform_id_accident_id")
        ),
        sa.ForeignKeyConstraint(
            ["platform_id", "attachment_id"],
            ["attachment.platform_id", "attachment.id"],
            name=op.f("fk_accident_photo_platform_id_attachment_id"),
        ),
        sa.ForeignKeyConstraint(["platform_id"], ["platform.id"], name=op.f("fk_accident_photo_platform_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_accident_photo")),
        sa.UniqueConstraint("platform_id", "id", name=op.f("uq_accident_photo_platform_id_id")),
    )
    op.create_index("ix_accident_photo_accident", "accident_photo", ["platform_id", "accident_id"], unique=False)


def downgrade() -> None:
    op.drop_index("ix_accident_photo_accident", table_name="accident_photo")
    op.drop_table("accident_photo")
    op.drop_index("ix_accident_vehicle", table_name="accident")
    op.drop_index("ix_accident_status", table_name="accident")
    op.drop_index("ix_accident_beneficiary", table_name="accident")
    op.drop_table("accident")
