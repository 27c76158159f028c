"""Monthly reviews of the escalating programme.

Revises: 0063
"""

import sqlalchemy as sa
from alembic import op

from mobility.db.types import Instant

revision = "0065"
down_revision = "0064"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "monthly_review",
        sa.Column("booking_id", sa.BigInteger(), nullable=False),
        sa.Column("month", sa.BigInteger(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("held_how", sa.String(length=12), nullable=False),
        sa.Column("job", sa.String(length=12), nullable=False),
        sa.Column("steps", sa.JSON(), nullable=False),
        sa.Column("budget", sa.String(length=12), nullable=False),
        sa.Column("agreed", sa.JSON(), nullable=False),
        sa.Column("note", sa.String(length=300), nullable=True),
        sa.Column("opposed", sa.Boolean(), nullable=False),
        sa.Column("said", sa.String(length=1000), nullable=False),
        sa.Column("told_to", sa.String(length=254), nullable=True),
        sa.Column("untold", sa.String(length=12), nullable=True),
        sa.Column("recorded_at", Instant(), nullable=False),
        sa.Column("recorded_by", ID, nullable=True),
        sa.Column("id", ID, nullable=False),
        sa.Column("platform_id", ID, nullable=False),
        sa.CheckConstraint("month >= 1 AND version >= 1", name=op.f("ck_monthly_review_numbers")),
        sa.CheckConstraint("(told_to IS NULL) <> (untold IS NULL)", name=op.f("ck_monthly_review_told_or_why")),
        sa.ForeignKeyConstraint(
            ["platform_id", "booking_id"], ["booking.platform_id", "booking.id"], name=op.f("fk_monthly_review_platform_id_booking_id")
        ),
        sa.ForeignKeyConstraint(["platform_id"], ["platform.id"], name=op.f("fk_monthly_review_platform_id")),
        sa.ForeignKeyConstraint(["recorded_by"], ["account.id"], name=op.f("fk_monthly_review_recorded_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_monthly_review")),
        sa.UniqueConstraint("platform_id", "id", name=op.f("uq_monthly_review_platform_id_id")),
        sa.UniqueConstraint(
            "platform_id", "booking_id", "month", "version", name=op.f("uq_monthly_review_platform_id_booking_id_month_version")
        ),
    )


def downgrade() -> None:
    op.drop_table("monthly_review")
