"""Who was erased, and the mark on what is left of their file.

Revises: 0084
"""

import sqlalchemy as sa
from alembic import op

from mobility.db.types import Instant

revision = "0085"
down_revision = "0084"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.add_column("beneficiary", sa.Column("erased_at", Instant(), nullable=True))
    op.create_table(
        "erasure",
        sa.Column("beneficiary_id", sa.BigInteger(), nullable=False),
        sa.Column("why", sa.String(length=10), nullable=False),
        sa.Column("erased_at", Instant(), nullable=False),
        sa.Column("erased_by", ID, nullable=True),
        sa.Column("kept_until", sa.Date(), nullable=True),
        sa.Column("sealed_at", Instant(), nullable=True),
        sa.Column("id", ID, nullable=False),
        sa.Column("platform_id", ID, nullable=False),
        sa.CheckConstraint("why IN ('asked', 'due', 'told')", name=op.f("ck_erasure_why")),
        sa.CheckConstraint("sealed_at >= erased_at", name=op.f("ck_erasure_order")),
        sa.ForeignKeyConstraint(["erased_by"], ["account.id"], name=op.f("fk_erasure_erased_by")),
        sa.ForeignKeyConstraint(
            ["platform_id", "beneficiary_id"],
            ["beneficiary.platform_id", "beneficiary.id"],
            name=op.f("fk_erasure_platform_id_beneficiary_id"),
        ),
        sa.ForeignKeyConstraint(["platform_id"], ["platform.id"], name=op.f("fk_erasure_platform_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_erasure")),
        sa.UniqueConstraint("platform_id", "id", name=op.f("uq_erasure_platform_id_id")),
        sa.UniqueConstraint("platform_id", "beneficiary_id", name=op.f("uq_erasure_platform_id_beneficiary_id")),
    )


def downgrade() -> None:
    op.drop_table("erasure")
    with op.batch_alter_table("beneficiary") as table:
        table.drop_column("erased_at")
