"""Notices of traffic offences: which vehicle, when, who held it, and until when the driver is to be named."""

import sqlalchemy as sa
from alembic import op

from mobility.db.types import Instant

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "fine",
        sa.Column("number", sa.String(20), nullable=False),
        sa.Column("notice_number", sa.String(40), nullable=False),
        sa.Column("vehicle_id", sa.BigInteger(), nullable=False),
        sa.Column("booking_id", sa.BigInteger(), nullable=True),
        sa.Column("beneficiary_id", sa.BigInteger(), nullable=True),
        sa.Column("status", sa.String(14), nullable=False),
        sa.Column("route", sa.String(12), nullable=False),
        sa.Column("offence_at", Instant(), nullable=False),
        sa.Column("place", sa.String(200), nullable=True),
        sa.Column("offence", sa.String(120), nullable=True),
        sa.Column("amount_cents", sa.BigInteger(), nullable=True),
        sa.Column("points", sa.BigInteger(), nullable=True),
        sa.Column("sent_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("hirer_on", sa.Date(), nullable=True),
        sa.Column("reminded_days", sa.BigInteger(), nullable=True),
        sa.Column("told_at", Instant(), nullable=True),
        sa.Column("told_how", sa.String(8), nullable=True),
        sa.Column("named_on", sa.Date(), nullable=True),
        sa.Column("named_how", sa.String(8), nullable=True),
        sa.Column("contested_on", sa.Date(), nullable=True),
        sa.Column("settled_at", Instant(), nullable=True),
        sa.Column("outcome", sa.String(16), nullable=True),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("created_by", ID, nullable=True),
        sa.Column("id", ID, nullable=False),
        sa.Column("platform_id", ID, nullable=False),
        sa.CheckConstraint("status IN ('received', 'driver_found', 'named', 'contested', 'settled')", name=op.f("ck_fine_status")),
        sa.CheckConstraint("route IN ('direct', 'hirer_asks', 'hirer_named')", name=op.f("ck_fine_route")),
        sa.CheckConstraint("amount_cents >= 0 AND points BETWEEN 0 AND 12", name=op.f("ck_fine_amounts")),
        sa.CheckConstraint("due_on >= sent_on", name=op.f("ck_fine_clock")),
        sa.CheckConstraint("(booking_id IS NULL) = (beneficiary_id IS NULL)", name=op.f("ck_fine_driver")),
        sa.ForeignKeyConstraint(
            ["platform_id", "vehicle_id"], ["vehicle.platform_id", "vehicle.id"], name=op.f("fk_fine_platform_id_vehicle_id")
        ),
        sa.ForeignKeyConstraint(
            ["platform_id", "booking_id"], ["booking.platform_id", "booking.id"], name=op.f("fk_fine_platform_id_booking_id")
        ),
        sa.ForeignKeyConstraint(
            ["platform_id", "beneficiary_id"],
            ["beneficiary.platform_id", "beneficiary.id"],
            name=op.f("fk_fine_platform_id_beneficiary_id"),
        ),
        sa.ForeignKeyConstraint(["platform_id"], ["platform.id"], name=op.f("fk_fine_platform_id")),
        sa.ForeignKeyConstraint(["created_by"], ["account.id"], name=op.f("fk_fine_created_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_fine")),
        sa.UniqueConstraint("platform_id", "id", name=op.f("uq_fine_platform_id_id")),
        sa.UniqueConstraint("platform_id", "number", name=op.f("uq_fine_platform_id_number")),
        sa.UniqueConstraint("platform_id", "notice_number", name=op.f("uq_fine_platform_id_notice_number")),
    )
    op.create_index("ix_fine_vehicle", "fine", ["platform_id", "vehicle_id", "offence_at"], unique=False)
    op.create_index("ix_fine_status", "fine", ["platform_id", "status", "due_on"], unique=False)
    op.create_index("ix_fine_beneficiary", "fine", ["platform_id", "beneficiary_id"], unique=False)
    op.create_index("ix_fine_booking", "fine", ["platform_id", "booking_id"], unique=False)


def downgrade() -> None:
    for name in ("booking", "beneficiary", "status", "vehicle"):
        op.drop_index(f"ix_fine_{name}", table_name="fine")
    op.drop_table("fine")
