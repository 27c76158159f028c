"""What the books and the card gateway do not say alike, and what mended it."""

import sqlalchemy as sa
from alembic import op

from mobility.db.types import Instant

revision = "0066"
down_revision = "0065"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "gateway_difference",
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("subject", sa.String(length=120), nullable=False),
        sa.Column("payment_id", sa.BigInteger(), nullable=True),
        sa.Column("charge_reference", sa.String(length=120), nullable=True),
        sa.Column("cents", sa.BigInteger(), nullable=False),
        sa.Column("sentence", sa.String(length=300), nullable=False),
        sa.Column("first_seen_at", Instant(), nullable=False),
        sa.Column("last_seen_at", Instant(), nullable=False),
        sa.Column("mended_at", Instant(), nullable=True),
        sa.Column("mended_by", ID, nullable=True),
        sa.Column("mended_how", sa.String(length=10), nullable=True),
        sa.Column("note", sa.String(length=200), nullable=True),
        sa.Column("id", ID, nullable=False),
        sa.Column("platform_id", ID, nullable=False),
        sa.CheckConstraint("(mended_at IS NULL) = (mended_how IS NULL)", name=op.f("ck_gateway_difference_mended")),
        sa.ForeignKeyConstraint(["mended_by"], ["account.id"], name=op.f("fk_gateway_difference_mended_by")),
        sa.ForeignKeyConstraint(
            ["platform_id", "payment_id"],
            ["payment.platform_id", "payment.id"],
            name=op.f("fk_gateway_difference_platform_id_payment_id"),
        ),
        sa.ForeignKeyConstraint(["platform_id"], ["platform.id"], name=op.f("fk_gateway_difference_platform_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_gateway_difference")),
        sa.UniqueConstraint("platform_id", "id", name=op.f("uq_gateway_difference_platform_id_id")),
        sa.UniqueConstraint("platform_id", "kind", "subject", name=op.f("uq_gateway_difference_platform_id_kind_subject")),
    )
    op.create_index("ix_gateway_difference_mended", "gateway_difference", ["platform_id", "mended_at"])


def downgrade() -> None:
    op.drop_table("gateway_difference")
