"""Two files of one person made one, and undone; each rental keeps the number that its entries stand under.

Revises: 0096
"""

import sqlalchemy as sa
from alembic import op

from mobility.db.types import Instant

revision = "0097"
down_revision = "0096"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_PARTY = "(SELECT number FROM beneficiary WHERE beneficiary.id = billing_account.beneficiary_id)"


def upgrade() -> None:
    with op.batch_alter_table("beneficiary") as table:
        table.add_column(sa.Column("merged_into_id", sa.BigInteger(), nullable=True))
        table.create_foreign_key(
            "fk_beneficiary_platform_id_merged_into_id", "beneficiary", ["platform_id", "merged_into_id"], ["platform_id", "id"]
        )
        table.create_index("ix_beneficiary_merged_into", ["platform_id", "merged_into_id"])
    op.create_table(
        "file_merge",
        sa.Column("beneficiary_id", sa.BigInteger(), nullable=False),
        sa.Column("merged_id", sa.BigInteger(), nullable=False),
        sa.Column("merged_at", Instant(), nullable=False),
        sa.Column("merged_by", ID, nullable=True),
        sa.Column("moved", sa.JSON(), nullable=False),
        sa.Column("last_ids", sa.JSON(), nullable=False),
        sa.Column("before", sa.JSON(), nullable=False),
        sa.Column("made", sa.JSON(), nullable=False),
        sa.Column("undone_at", Instant(), nullable=True),
        sa.Column("undone_by", ID, nullable=True),
        sa.Column("id", ID, nullable=False),
        sa.Column("platform_id", ID, nullable=False),
        sa.ForeignKeyConstraint(["platform_id"], ["platform.id"], name="fk_file_merge_platform_id"),
        sa.ForeignKeyConstraint(
            ["platform_id", "beneficiary_id"],
            ["beneficiary.platform_id", "beneficiary.id"],
            name="fk_file_merge_platform_id_beneficiary_id",
        ),
        sa.ForeignKeyConstraint(
            ["platform_id", "merged_id"], ["beneficiary.platform_id", "beneficiary.id"], name="fk_file_merge_platform_id_merged_id"
        ),
        sa.ForeignKeyConstraint(["merged_by"], ["account.id"], name="fk_file_merge_merged_by"),
        sa.ForeignKeyConstraint(["undone_by"], ["account.id"], name="fk_file_merge_undone_by"),
        sa.PrimaryKeyConstraint("id", name="pk_file_merge"),
        sa.UniqueConstraint("platform_id", "id", name="uq_file_merge_platform_id_id"),
        sa.CheckConstraint("beneficiary_id <> merged_id", name=op.f("ck_file_merge_two")),
    )
    op.create_index("ix_file_merge_beneficiary", "file_merge", ["platform_id", "beneficiary_id"])
    open_ones = sa.text("undone_at IS NULL")
    op.create_index(
        "uq_file_merge_merged",
        "file_merge",
        ["platform_id", "merged_id"],
        unique=True,
        sqlite_where=open_ones,
        postgresql_where=open_ones,
    )
    op.add_column("billing_account", sa.Column("party", sa.String(length=20), nullable=True))
    op.execute(f"UPDATE billing_account SET party = {_PARTY}")
    with op.batch_alter_table("billing_account") as table:
        table.alter_column("party", existing_type=sa.String(length=20), nullable=False)


def downgrade() -> None:
    with op.batch_alter_table("billing_account") as table:
        table.drop_column("party")
    op.drop_table("file_merge")
    with op.batch_alter_table("beneficiary") as table:
        table.drop_index("ix_beneficiary_merged_into")
        table.drop_constraint("fk_beneficiary_platform_id_merged_into_id", type_="foreignkey")
        table.drop_column("merged_into_id")
