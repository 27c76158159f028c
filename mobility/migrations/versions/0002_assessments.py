"""Assessments and clearances."""

import sqlalchemy as sa
from alembic import op

from mobility.db.types import Instant

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "assessment",
        sa.Column("beneficiary_id", sa.BigInteger(), nullable=False),
        sa.Column("number", sa.String(length=20), nullable=True),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("grid_version", sa.String(length=20), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("held_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("answers", sa.JSON(), nullable=False),
        sa.Column("potential", sa.BigInteger(), nullable=True),
        sa.Column("finished_at", Instant(), nullable=True),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("platform_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(["held_by"], ["account.id"], name=op.f("fk_assessment_held_by")),
        sa.ForeignKeyConstraint(
            ["platform_id", "beneficiary_id"],
            ["beneficiary.platform_id", "beneficiary.id"],
            name=op.f("fk_assessment_platform_id_beneficiary_id"),
        ),
        sa.ForeignKeyConstraint(["platform_id"], ["platform.id"], name=op.f("fk_assessment_platform_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assessment")),
        sa.UniqueConstraint("platform_id", "id", name=op.f("uq_assessment_platform_id_id")),
        sa.UniqueConstraint("platform_id", "number", name=op.f("uq_assessment_platform_id_number")),
    )
    op.create_index("ix_assessment_beneficiary", "assessment", ["platform_id", "beneficiary_id", "kind"], unique=False)
    op.create_index("ix_assessment_held_on", "assessment", ["platform_id", "held_on"], unique=False)
    op.create_table(
        "clearance",
        sa.Column("beneficiary_id", sa.BigInteger(), nullable=False),
        sa.Column("assessment_id", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("reason", sa.String(length=300), nullable=False),
        sa.Column("next_step", sa.String(length=300), nullable=False),
        sa.Column("passed_on", sa.Date(), nullable=True),
        sa.Column("decided_at", Instant(), nullable=False),
        sa.Column("decided_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("platform_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(["decided_by"], ["account.id"], name=op.f("fk_clearance_decided_by")),
        sa.ForeignKeyConstraint(
            ["platform_id", "assessment_id"],
            ["assessment.platform_id", "assessment.id"],
            name=op.f("fk_clearance_platform_id_assessment_id"),
        ),
        sa.ForeignKeyConstraint(
            ["platform_id", "beneficiary_id"],
            ["beneficiary.platform_id", "beneficiary.id"],
            name=op.f("fk_clearance_platform_id_beneficiary_id"),
        ),
        sa.ForeignKeyConstraint(["platform_id"], ["platform.id"], name=op.f("fk_clearance_platform_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_clearance")),
        sa.UniqueConstraint("platform_id", "beneficiary_id", "kind", name=op.f("uq_clearance_platform_id_beneficiary_id_kind")),
        sa.UniqueConstraint("platform_id", "id", name=op.f("uq_clearance_platform_id_id")),
    )


def downgrade() -> None:
    op.drop_table("clearance")
    op.drop_index("ix_assessment_held_on", table_name="assessment")
    op.drop_index("ix_assessment_beneficiary", table_name="assessment")
    op.drop_table("assessment")
