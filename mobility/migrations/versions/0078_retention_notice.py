"""The warnings before a person's file is to be erased.

Revises: 0077
"""

import sqlalchemy as sa
from alembic import op

from mobility.db.types import Instant

revision = "0078"
down_revision = "0077"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
OPEN = sa.text("closed_at IS NULL")


def upgrade() -> None:
    op.create_table(
        "retention_notice",
        sa.Column("beneficiary_id", sa.BigInteger(), nullable=False),
        sa.Column("last_on", sa.Date(), nullable=False),
        sa.Column("last_what", sa.String(length=60), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("noticed_at", Instant(), nullable=False),
        sa.Column("told_at", Instant(), nullable=True),
        sa.Column("told_how", sa.String(length=12), nullable=True),
        sa.Column("told_by", ID, nullable=True),
        sa.Column("erase_on", sa.Date(), nullable=True),
        sa.Column("closed_at", Instant(), nullable=True),
        sa.Column("closed_as", sa.String(length=8), nullable=True),
        sa.Column("closed_by", ID, nullable=True),
        sa.Column("reason", sa.String(length=12), nullable=True),
        sa.Column("kept_until", sa.Date(), nullable=True),
        sa.Column("id", ID, nullable=False),
        sa.Column("platform_id", ID, nullable=False),
        sa.CheckConstraint(
            "(told_at IS NULL) = (erase_on IS NULL) AND (told_at IS NULL) = (told_how IS NULL)", name=op.f("ck_retention_notice_told")
        ),
        sa.CheckConstraint("(closed_at IS NULL) = (closed_as IS NULL)", name=op.f("ck_retention_notice_closed")),
        sa.CheckConstraint("closed_as IN ('kept', 'alive')", name=op.f("ck_retention_notice_closed_as")),
        sa.CheckConstraint(
            "closed_as <> 'kept' OR (reason IS NOT NULL AND kept_until IS NOT NULL)", name=op.f("ck_retention_notice_reason")
        ),
        sa.CheckConstraint("erase_on >= due_on", name=op.f("ck_retention_notice_days")),
        sa.ForeignKeyConstraint(["told_by"], ["account.id"], name=op.f("fk_retention_notice_told_by")),
        sa.ForeignKeyConstraint(["closed_by"], ["account.id"], name=op.f("fk_retention_notice_closed_by")),
        sa.ForeignKeyConstraint(
            ["platform_id", "beneficiary_id"],
            ["beneficiary.platform_id", "beneficiary.id"],
            name=op.f("fk_retention_notice_platform_id_beneficiary_id"),
        ),
        sa.ForeignKeyConstraint(["platform_id"], ["platform.id"], name=op.f("fk_retention_notice_platform_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_retention_notice")),
        sa.UniqueConstraint("platform_id", "id", name=op.f("uq_retention_notice_platform_id_id")),
    )
    op.create_index("ix_retention_notice_beneficiary", "retention_notice", ["platform_id", "beneficiary_id"])
    op.create_index(
        "uq_retention_notice_open",
        "retention_notice",
        ["platform_id", "beneficiary_id"],
        unique=True,
        sqlite_where=OPEN,
        postgresql_where=OPEN,
    )


def downgrade() -> None:
    op.drop_table("retention_notice")
