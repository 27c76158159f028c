"""The runs of the weekly charges: how far each has come, and what it wrote."""

import sqlalchemy as sa
from alembic import op

from mobility.db.types import Instant

revision = "0061"
down_revision = "0060"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "charge_run",
        sa.Column("id", ID, nullable=False),
        sa.Column("platform_id", ID, nullable=False),
        sa.Column("started_at", Instant(), nullable=False),
        sa.Column("started_by", ID, nullable=True),
        sa.Column("ended_at", Instant(), nullable=True),
        sa.Column("rentals", sa.BigInteger(), nullable=False),
        sa.Column("done", sa.BigInteger(), nullable=False),
        sa.Column("charges", sa.BigInteger(), nullable=False),
        sa.Column("cents", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("done >= 0 AND done <= rentals", name=op.f("ck_charge_run_progress")),
        sa.ForeignKeyConstraint(["platform_id"], ["platform.id"], name=op.f("fk_charge_run_platform_id")),
        sa.ForeignKeyConstraint(["started_by"], ["account.id"], name=op.f("fk_charge_run_started_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_charge_run")),
        sa.UniqueConstraint("platform_id", "id", name=op.f("uq_charge_run_platform_id_id")),
    )


def downgrade() -> None:
    op.drop_table("charge_run")
