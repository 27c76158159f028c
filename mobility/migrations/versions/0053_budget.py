"""The budget of somebody who is about to buy their own vehicle."""

import sqlalchemy as sa
from alembic import op

from mobility.db.types import Instant

revision = "0053"
down_revision = "0052"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "budget",
        sa.Column("beneficiary_id", sa.BigInteger(), nullable=False),
        sa.Column("lines", sa.JSON(), nullable=False),
        sa.Column("told_at", Instant(), nullable=False),
        sa.Column("told_to", ID, nullable=True),
        sa.Column("id", ID, nullable=False),
        sa.Column("platform_id", ID, nullable=False),
        sa.ForeignKeyConstraint(["platform_id"], ["platform.id"], name=op.f("fk_budget_platform_id")),
        sa.ForeignKeyConstraint(["told_to"], ["account.id"], name=op.f("fk_budget_told_to")),
        sa.ForeignKeyConstraint(
            ["platform_id", "beneficiary_id"],
            ["beneficiary.platform_id", "beneficiary.id"],
            name=op.f("fk_budget_platform_id_beneficiary_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_budget")),
        sa.UniqueConstraint("platform_id", "id", name=op.f("uq_budget_platform_id_id")),
        sa.UniqueConstraint("platform_id", "beneficiary_id", name=op.f("uq_budget_platform_id_beneficiary_id")),
    )


def downgrade() -> None:
    op.drop_table("budget")
