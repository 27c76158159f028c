"""The plan of two weeks, kept as it was last worked out."""

import sqlalchemy as sa
from alembic import op

from mobility.db.types import Instant

revision = "0037"
down_revision = "0036"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "plan_run",
        sa.Column("drawn_at", Instant(), nullable=False),
        sa.Column("drawn_by", ID, nullable=True),
        sa.Column("lines", sa.JSON(), nullable=False),
        sa.Column("id", ID, nullable=False),
        sa.Column("platform_id", ID, nullable=False),
        sa.ForeignKeyConstraint(["drawn_by"], ["account.id"], name=op.f("fk_plan_run_drawn_by")),
        sa.ForeignKeyConstraint(["platform_id"], ["platform.id"], name=op.f("fk_plan_run_platform_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_run")),
        sa.UniqueConstraint("platform_id", "id", name=op.f("uq_plan_run_platform_id_id")),
    )
    op.create_index("ix_plan_run_drawn_at", "plan_run", ["platform_id", "drawn_at"], unique=False)


def downgrade() -> None:
    op.drop_index("ix_plan_run_drawn_at", table_name="plan_run")
    op.drop_table("plan_run")
