"""The way to work that a person chose, and between which.

Revises: 0075
"""

import sqlalchemy as sa
from alembic import op

from mobility.db.types import Instant

revision = "0076"
down_revision = "0075"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "mode_choice",
        sa.Column("beneficiary_id", sa.BigInteger(), nullable=False),
        sa.Column("mode", sa.String(length=20), nullable=False),
        sa.Column("reason", sa.String(length=20), nullable=False),
        sa.Column("question", sa.JSON(), nullable=False),
        sa.Column("compared", sa.JSON(), nullable=False),
        sa.Column("chosen_at", Instant(), nullable=False),
        sa.Column("chosen_by", ID, nullable=True),
        sa.Column("id", ID, nullable=False),
        sa.Column("platform_id", ID, nullable=False),
        sa.ForeignKeyConstraint(["chosen_by"], ["account.id"], name=op.f("fk_mode_choice_chosen_by")),
        sa.ForeignKeyConstraint(
            ["platform_id", "beneficiary_id"],
            ["beneficiary.platform_id", "beneficiary.id"],
            name=op.f("fk_mode_choice_platform_id_beneficiary_id"),
        ),
        sa.ForeignKeyConstraint(["platform_id"], ["platform.id"], name=op.f("fk_mode_choice_platform_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mode_choice")),
        sa.UniqueConstraint("platform_id", "id", name=op.f("uq_mode_choice_platform_id_id")),
    )
    op.create_index("ix_mode_choice_beneficiary", "mode_choice", ["platform_id", "beneficiary_id"])


def downgrade() -> None:
    op.drop_table("mode_choice")
