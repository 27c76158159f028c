"""Fuel receipts drawn on the AMIE programme's allowance."""

import sqlalchemy as sa
from alembic import op

from mobility.db.types import Instant

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "fuel_receipt",
        sa.Column("account_id", sa.BigInteger(), nullable=False),
        sa.Column("spent_on", sa.Date(), nullable=False),
        sa.Column("cents", sa.BigInteger(), nullable=False),
        sa.Column("covered_cents", sa.BigInteger(), nullable=False),
        sa.Column("centilitres", sa.BigInteger(), nullable=True),
        sa.Column("paid", sa.String(length=10), nullable=False),
        sa.Column("seen_at", Instant(), nullable=False),
        sa.Column("seen_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("entry_number", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("platform_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.CheckConstraint("covered_cents > 0 AND covered_cents <= cents", name=op.f("ck_fuel_receipt_amounts")),
        sa.ForeignKeyConstraint(
            ["platform_id", "account_id"],
            ["billing_account.platform_id", "billing_account.id"],
            name=op.f("fk_fuel_receipt_platform_id_account_id"),
        ),
        sa.ForeignKeyConstraint(["platform_id"], ["platform.id"], name=op.f("fk_fuel_receipt_platform_id")),
        sa.ForeignKeyConstraint(["seen_by"], ["account.id"], name=op.f("fk_fuel_receipt_seen_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_fuel_receipt")),
        sa.UniqueConstraint("platform_id", "id", name=op.f("uq_fuel_receipt_platform_id_id")),
    )
    op.create_index("ix_fuel_receipt_account", "fuel_receipt", ["platform_id", "account_id"], unique=False)


def downgrade() -> None:
    op.drop_index("ix_fuel_receipt_account", table_name="fuel_receipt")
    op.drop_table("fuel_receipt")
