"""Files that look alike and are two people."""

import sqlalchemy as sa
from alembic import op

from mobility.db.types import Instant

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "distinction",
        sa.Column("lower_id", sa.BigInteger(), nullable=False),
        sa.Column("higher_id", sa.BigInteger(), nullable=False),
        sa.Column("told_at", Instant(), nullable=False),
        sa.Column("told_by", ID, nullable=True),
        sa.Column("id", ID, nullable=False),
        sa.Column("platform_id", ID, nullable=False),
        sa.CheckConstraint("lower_id < higher_id", name=op.f("ck_distinction_order")),
        sa.ForeignKeyConstraint(
            ["platform_id", "lower_id"], ["beneficiary.platform_id", "beneficiary.id"], name=op.f("fk_distinction_platform_id_lower_id")
        ),
        sa.ForeignKeyConstraint(
            ["platform_id", "higher_id"], ["beneficiary.platform_id", "beneficiary.id"], name=op.f("fk_distinction_platform_id_higher_id")
        ),
        sa.ForeignKeyConstraint(["platform_id"], ["platform.id"], name=op.f("fk_distinction_platform_id")),
        sa.ForeignKeyConstraint(["told_by"], ["account.id"], name=op.f("fk_distinction_told_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_distinction")),
        sa.UniqueConstraint("platform_id", "id", name=op.f("uq_distinction_platform_id_id")),
        sa.UniqueConstraint("platform_id", "lower_id", "higher_id", name=op.f("uq_distinction_platform_id_lower_id_higher_id")),
    )
    op.create_index("ix_distinction_higher", "distinction", ["platform_id", "higher_id"], unique=False)


def downgrade() -> None:
    op.drop_index("ix_distinction_higher", table_name="distinction")
    op.drop_table("distinction")
