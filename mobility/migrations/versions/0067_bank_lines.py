"""What the bank's statements say came in, each line once."""

import sqlalchemy as sa
from alembic import op

from mobility.db.types import Instant

revision = "0067"
down_revision = "0066"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "bank_line",
        sa.Column("iban", sa.String(length=34), nullable=False),
        sa.Column("mark", sa.String(length=60), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("cents", sa.BigInteger(), nullable=False),
        sa.Column("label", sa.String(length=300), nullable=False),
        sa.Column("payer", sa.String(length=140), nullable=False),
        sa.Column("reference", sa.String(length=140), nullable=False),
        sa.Column("sent_at", Instant(), nullable=False),
        sa.Column("sent_by", ID, nullable=True),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("payment_id", sa.BigInteger(), nullable=True),
        sa.Column("invoice_step_id", sa.BigInteger(), nullable=True),
        sa.Column("reason", sa.String(length=200), nullable=True),
        sa.Column("done_at", Instant(), nullable=True),
        sa.Column("done_by", ID, nullable=True),
        sa.Column("id", ID, nullable=False),
        sa.Column("platform_id", ID, nullable=False),
        sa.CheckConstraint("cents > 0", name=op.f("ck_bank_line_amount")),
        sa.ForeignKeyConstraint(["done_by"], ["account.id"], name=op.f("fk_bank_line_done_by")),
        sa.ForeignKeyConstraint(["sent_by"], ["account.id"], name=op.f("fk_bank_line_sent_by")),
        sa.ForeignKeyConstraint(
            ["platform_id", "invoice_step_id"],
            ["payer_invoice_step.platform_id", "payer_invoice_step.id"],
            name=op.f("fk_bank_line_platform_id_invoice_step_id"),
        ),
        sa.ForeignKeyConstraint(
            ["platform_id", "payment_id"], ["payment.platform_id", "payment.id"], name=op.f("fk_bank_line_platform_id_payment_id")
        ),
        sa.ForeignKeyConstraint(["platform_id"], ["platform.id"], name=op.f("fk_bank_line_platform_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bank_line")),
        sa.UniqueConstraint("platform_id", "iban", "mark", name=op.f("uq_bank_line_platform_id_iban_mark")),
        sa.UniqueConstraint("platform_id", "id", name=op.f("uq_bank_line_platform_id_id")),
    )
    op.create_index("ix_bank_line_state", "bank_line", ["platform_id", "state", "on"])


def downgrade() -> None:
    op.drop_table("bank_line")
