"""Cheques on their slips: whose they are, and those that the bank sent back."""

import sqlalchemy as sa
from alembic import op

from mobility.db.types import Instant

revision = "0057"
down_revision = "0056"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.add_column("payment", sa.Column("bank", sa.String(length=60), nullable=True))
    op.add_column("payment", sa.Column("drawn_by", sa.String(length=120), nullable=True))
    op.create_table(
        "banked_cheque",
        sa.Column("banking_id", sa.BigInteger(), nullable=False),
        sa.Column("account_id", sa.BigInteger(), nullable=False),
        sa.Column("entry_number", sa.BigInteger(), nullable=False),
        sa.Column("cents", sa.BigInteger(), nullable=False),
        sa.Column("returned_at", Instant(), nullable=True),
        sa.Column("returned_by", ID, nullable=True),
        sa.Column("returned_reason", sa.String(length=200), nullable=True),
        sa.Column("returned_entry", sa.BigInteger(), nullable=True),
        sa.Column("id", ID, nullable=False),
        sa.Column("platform_id", ID, nullable=False),
        sa.CheckConstraint("cents > 0", name=op.f("ck_banked_cheque_amount")),
        sa.ForeignKeyConstraint(["returned_by"], ["account.id"], name=op.f("fk_banked_cheque_returned_by")),
        sa.ForeignKeyConstraint(
            ["platform_id", "account_id"],
            ["billing_account.platform_id", "billing_account.id"],
            name=op.f("fk_banked_cheque_platform_id_account_id"),
        ),
        sa.ForeignKeyConstraint(
            ["platform_id", "banking_id"], ["banking.platform_id", "banking.id"], name=op.f("fk_banked_cheque_platform_id_banking_id")
        ),
        sa.ForeignKeyConstraint(["platform_id"], ["platform.id"], name=op.f("fk_banked_cheque_platform_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_banked_cheque")),
        sa.UniqueConstraint("platform_id", "id", name=op.f("uq_banked_cheque_platform_id_id")),
        sa.UniqueConstraint("platform_id", "entry_number", name=op.f("uq_banked_cheque_platform_id_entry_number")),
    )
    op.create_index("ix_banked_cheque_banking", "banked_cheque", ["platform_id", "banking_id"])


def downgrade() -> None:
    op.drop_table("banked_cheque")
    op.drop_column("payment", "drawn_by")
    op.drop_column("payment", "bank")
