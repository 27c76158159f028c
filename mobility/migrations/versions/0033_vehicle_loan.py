"""Loans of vehicles between platforms."""

import sqlalchemy as sa
from alembic import op

from mobility.db.types import Instant

revision = "0033"
down_revision = "0032"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "vehicle_loan",
        sa.Column("lender_id", ID, nullable=False),
        sa.Column("borrower_id", ID, nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("starts_at", Instant(), nullable=False),
        sa.Column("ends_at", Instant(), nullable=False),
        sa.Column("status", sa.String(length=12), nullable=False),
        sa.Column("refusal", sa.String(length=12), nullable=True),
        sa.Column("vehicle_id", sa.BigInteger(), nullable=True),
        sa.Column("block_id", sa.BigInteger(), nullable=True),
        sa.Column("counterpart_id", sa.BigInteger(), nullable=True),
        sa.Column("sheet", sa.JSON(), nullable=False),
        sa.Column("asked_at", Instant(), nullable=False),
        sa.Column("moved_at", Instant(), nullable=False),
        sa.Column("id", ID, nullable=False),
        sa.CheckConstraint("lender_id <> borrower_id", name=op.f("ck_vehicle_loan_two_platforms")),
        sa.CheckConstraint("ends_at > starts_at", name=op.f("ck_vehicle_loan_period")),
        sa.CheckConstraint(
            "status IN ('asked', 'accepted', 'refused', 'withdrawn', 'received', 'given_back', 'ended')",
            name=op.f("ck_vehicle_loan_status"),
        ),
        sa.CheckConstraint(
            "status IN ('asked', 'refused', 'withdrawn') OR (vehicle_id IS NOT NULL AND block_id IS NOT NULL)",
            name=op.f("ck_vehicle_loan_vehicle"),
        ),
        sa.ForeignKeyConstraint(
            ["lender_id", "vehicle_id"], ["vehicle.platform_id", "vehicle.id"], name=op.f("fk_vehicle_loan_lender_id_vehicle_id")
        ),
        sa.ForeignKeyConstraint(
            ["lender_id", "block_id"], ["block.platform_id", "block.id"], name=op.f("fk_vehicle_loan_lender_id_block_id")
        ),
        sa.ForeignKeyConstraint(
            ["borrower_id", "counterpart_id"],
            ["vehicle.platform_id", "vehicle.id"],
            name=op.f("fk_vehicle_loan_borrower_id_counterpart_id"),
        ),
        sa.ForeignKeyConstraint(["lender_id"], ["platform.id"], name=op.f("fk_vehicle_loan_lender_id")),
        sa.ForeignKeyConstraint(["borrower_id"], ["platform.id"], name=op.f("fk_vehicle_loan_borrower_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_vehicle_loan")),
    )
    op.create_index("ix_vehicle_loan_lender", "vehicle_loan", ["lender_id", "asked_at"], unique=False)
    op.create_index("ix_vehicle_loan_borrower", "vehicle_loan", ["borrower_id", "asked_at"], unique=False)


def downgrade() -> None:
    op.drop_index("ix_vehicle_loan_borrower", table_name="vehicle_loan")
    op.drop_index("ix_vehicle_loan_lender", table_name="vehicle_loan")
    op.drop_table("vehicle_loan")
