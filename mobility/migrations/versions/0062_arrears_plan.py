"""Plans for what is owed."""

import sqlalchemy as sa
from alembic import op

from mobility.db.types import Instant

revision = "0062"
down_revision = "0061"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "arrears_plan",
        sa.Column("account_id", sa.BigInteger(), nullable=False),
        sa.Column("cents", sa.BigInteger(), nullable=False),
        sa.Column("parts", sa.JSON(), nullable=False),
        sa.Column("paid_cents", sa.BigInteger(), nullable=False),
        sa.Column("agreed_at", Instant(), nullable=False),
        sa.Column("agreed_by", ID, nullable=True),
        sa.Column("ended_at", Instant(), nullable=True),
        sa.Column("ended_by", ID, nullable=True),
        sa.Column("ended_reason", sa.String(length=200), nullable=True),
        sa.Column("id", ID, nullable=False),
        sa.Column("platform_id", ID, nullable=False),
        sa.CheckConstraint("cents > 0", name=op.f("ck_arrears_plan_amount")),
        sa.ForeignKeyConstraint(["agreed_by"], ["account.id"], name=op.f("fk_arrears_plan_agreed_by")),
        sa.ForeignKeyConstraint(["ended_by"], ["account.id"], name=op.f("fk_arrears_plan_ended_by")),
        sa.ForeignKeyConstraint(
            ["platform_id", "account_id"],
            ["billing_account.platform_id", "billing_account.id"],
            name=op.f("fk_arrears_plan_platform_id_account_id"),
        ),
        sa.ForeignKeyConstraint(["platform_id"], ["platform.id"], name=op.f("fk_arrears_plan_platform_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_arrears_plan")),
        sa.UniqueConstraint("platform_id", "id", name=op.f("uq_arrears_plan_platform_id_id")),
    )
    op.create_index("ix_arrears_plan_account", "arrears_plan", ["platform_id", "account_id"])


def downgrade() -> None:
    op.drop_table("arrears_plan")
