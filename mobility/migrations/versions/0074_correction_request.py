"""What people ask to have put right.

Revises: 0073
"""

import sqlalchemy as sa
from alembic import op

from mobility.db.types import Instant

revision = "0074"
down_revision = "0073"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "correction_request",
        sa.Column("beneficiary_id", sa.BigInteger(), nullable=False),
        sa.Column("subject", sa.String(length=20), nullable=False),
        sa.Column("words", sa.String(length=300), nullable=False),
        sa.Column("asked_at", Instant(), nullable=False),
        sa.Column("answered_at", Instant(), nullable=True),
        sa.Column("answered_by", ID, nullable=True),
        sa.Column("outcome", sa.String(length=10), nullable=True),
        sa.Column("reason", sa.String(length=300), nullable=True),
        sa.Column("id", ID, nullable=False),
        sa.Column("platform_id", ID, nullable=False),
        sa.CheckConstraint("(answered_at IS NULL) = (outcome IS NULL)", name=op.f("ck_correction_request_answer")),
        sa.CheckConstraint("outcome <> 'refused' OR reason IS NOT NULL", name=op.f("ck_correction_request_reason")),
        sa.ForeignKeyConstraint(["answered_by"], ["account.id"], name=op.f("fk_correction_request_answered_by")),
        sa.ForeignKeyConstraint(
            ["platform_id", "beneficiary_id"],
            ["beneficiary.platform_id", "beneficiary.id"],
            name=op.f("fk_correction_request_platform_id_beneficiary_id"),
        ),
        sa.ForeignKeyConstraint(["platform_id"], ["platform.id"], name=op.f("fk_correction_request_platform_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_correction_request")),
        sa.UniqueConstraint("platform_id", "id", name=op.f("uq_correction_request_platform_id_id")),
    )
    op.create_index("ix_correction_request_beneficiary", "correction_request", ["platform_id", "beneficiary_id"])


def downgrade() -> None:
    op.drop_table("correction_request")
