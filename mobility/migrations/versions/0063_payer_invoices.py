"""Payers' invoices, and what became of each."""

import sqlalchemy as sa
from alembic import op

from mobility.db.types import Instant

revision = "0063"
down_revision = "0062"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "payer_invoice",
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("payer_id", sa.BigInteger(), nullable=False),
        sa.Column("credits_id", sa.BigInteger(), nullable=True),
        sa.Column("first_on", sa.Date(), nullable=False),
        sa.Column("last_on", sa.Date(), nullable=False),
        sa.Column("cents", sa.BigInteger(), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("issued_at", Instant(), nullable=False),
        sa.Column("issued_by", ID, nullable=True),
        sa.Column("id", ID, nullable=False),
        sa.Column("platform_id", ID, nullable=False),
        sa.CheckConstraint("credits_id IS NULL OR cents < 0", name=op.f("ck_payer_invoice_credit")),
        sa.ForeignKeyConstraint(["issued_by"], ["account.id"], name=op.f("fk_payer_invoice_issued_by")),
        sa.ForeignKeyConstraint(
            ["platform_id", "credits_id"],
            ["payer_invoice.platform_id", "payer_invoice.id"],
            name=op.f("fk_payer_invoice_platform_id_credits_id"),
        ),
        sa.ForeignKeyConstraint(
            ["platform_id", "payer_id"], ["payer.platform_id", "payer.id"], name=op.f("fk_payer_invoice_platform_id_payer_id")
        ),
        sa.ForeignKeyConstraint(["platform_id"], ["platform.id"], name=op.f("fk_payer_invoice_platform_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_payer_invoice")),
        sa.UniqueConstraint("platform_id", "id", name=op.f("uq_payer_invoice_platform_id_id")),
        sa.UniqueConstraint("platform_id", "number", name=op.f("uq_payer_invoice_platform_id_number")),
    )
    op.create_index("ix_payer_invoice_payer", "payer_invoice", ["platform_id", "payer_id"])
    op.create_table(
        "payer_invoice_step",
        sa.Column("invoice_id", sa.BigInteger(), nullable=False),
        sa.Column("act", sa.String(length=10), nullable=False),
        sa.Column("cents", sa.BigInteger(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("reason", sa.String(length=200), nullable=True),
        sa.Column("entry_number", sa.BigInteger(), nullable=True),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("by", ID, nullable=True),
        sa.Column("id", ID, nullable=False),
        sa.Column("platform_id", ID, nullable=False),
        sa.CheckConstraint("cents >= 0", name=op.f("ck_payer_invoice_step_amount")),
        sa.ForeignKeyConstraint(["by"], ["account.id"], name=op.f("fk_payer_invoice_step_by")),
        sa.ForeignKeyConstraint(
            ["platform_id", "invoice_id"],
            ["payer_invoice.platform_id", "payer_invoice.id"],
            name=op.f("fk_payer_invoice_step_platform_id_invoice_id"),
        ),
        sa.ForeignKeyConstraint(["platform_id"], ["platform.id"], name=op.f("fk_payer_invoice_step_platform_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_payer_invoice_step")),
        sa.UniqueConstraint("platform_id", "id", name=op.f("uq_payer_invoice_step_platform_id_id")),
    )
    op.create_index("ix_payer_invoice_step_invoice", "payer_invoice_step", ["platform_id", "invoice_id"])


def downgrade() -> None:
    op.drop_table("payer_invoice_step")
    op.drop_table("payer_invoice")
