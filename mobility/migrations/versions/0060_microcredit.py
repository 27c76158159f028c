"""The file with which somebody asks a lender for a microcredit."""

import sqlalchemy as sa
from alembic import op

from mobility.db.types import Instant

revision = "0060"
down_revision = "0059"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "microcredit",
        sa.Column("number", sa.String(length=20), nullable=False),
        sa.Column("beneficiary_id", sa.BigInteger(), nullable=False),
        sa.Column("booking_id", sa.BigInteger(), nullable=False),
        sa.Column("status", sa.String(length=10), nullable=False),
        sa.Column("principal_cents", sa.BigInteger(), nullable=False),
        sa.Column("rate_millionths", sa.BigInteger(), nullable=False),
        sa.Column("months", sa.BigInteger(), nullable=False),
        sa.Column("seller", sa.String(length=120), nullable=False),
        sa.Column("vehicle", sa.String(length=120), nullable=False),
        sa.Column("price_cents", sa.BigInteger(), nullable=False),
        sa.Column("quote_id", sa.BigInteger(), nullable=True),
        sa.Column("lines", sa.JSON(), nullable=False),
        sa.Column("agreed_at", Instant(), nullable=False),
        sa.Column("agreed_to", ID, nullable=True),
        sa.Column("lender", sa.String(length=120), nullable=True),
        sa.Column("sent_on", sa.Date(), nullable=True),
        sa.Column("content", sa.JSON(), nullable=True),
        sa.Column("answered_on", sa.Date(), nullable=True),
        sa.Column("refused_reason", sa.String(length=12), nullable=True),
        sa.Column("paid_on", sa.Date(), nullable=True),
        sa.Column("dropped_at", Instant(), nullable=True),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("id", ID, nullable=False),
        sa.Column("platform_id", ID, nullable=False),
        sa.CheckConstraint("status IN ('prepared', 'sent', 'accepted', 'refused', 'paid', 'dropped')", name=op.f("ck_microcredit_status")),
        *_keys(),
    )
    op.create_index("ix_microcredit_beneficiary", "microcredit", ["platform_id", "beneficiary_id"])


def _keys() -> list[sa.Constraint]:
    pointed = (("beneficiary_id", "beneficiary"), ("booking_id", "booking"), ("quote_id", "attachment"))
    composite = [
        sa.ForeignKeyConstraint(
            ["platform_id", column], [f"{table}.platform_id", f"{table}.id"], name=op.f(f"fk_microcredit_platform_id_{column}")
        )
        for column, table in pointed
    ]
    return [
        *composite,
        sa.ForeignKeyConstraint(["platform_id"], ["platform.id"], name=op.f("fk_microcredit_platform_id")),
        sa.ForeignKeyConstraint(["agreed_to"], ["account.id"], name=op.f("fk_microcredit_agreed_to")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_microcredit")),
        sa.UniqueConstraint("platform_id", "id", name=op.f("uq_microcredit_platform_id_id")),
        sa.UniqueConstraint("platform_id", "number", name=op.f("uq_microcredit_platform_id_number")),
    ]


def downgrade() -> None:
    op.drop_table("microcredit")
