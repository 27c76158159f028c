"""Counts of the cash drawer, and money on its way to the bank."""

import sqlalchemy as sa
from alembic import op

from mobility.db.types import Instant

revision = "0054"
down_revision = "0053"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "drawer_count",
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("by", ID, nullable=True),
        sa.Column("expected_cents", sa.BigInteger(), nullable=False),
        sa.Column("counted_cents", sa.BigInteger(), nullable=False),
        sa.Column("reason", sa.String(length=200), nullable=True),
        sa.Column("entry_number", sa.BigInteger(), nullable=True),
        sa.Column("last_entry", sa.BigInteger(), nullable=False),
        sa.Column("id", ID, nullable=False),
        sa.Column("platform_id", ID, nullable=False),
        sa.CheckConstraint("counted_cents >= 0", name=op.f("ck_drawer_count_amount")),
        sa.ForeignKeyConstraint(["by"], ["account.id"], name=op.f("fk_drawer_count_by")),
        sa.ForeignKeyConstraint(["platform_id"], ["platform.id"], name=op.f("fk_drawer_count_platform_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_drawer_count")),
        sa.UniqueConstraint("platform_id", "id", name=op.f("uq_drawer_count_platform_id_id")),
        sa.UniqueConstraint("platform_id", "number", name=op.f("uq_drawer_count_platform_id_number")),
    )
    op.create_table(
        "banking",
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("cents", sa.BigInteger(), nullable=False),
        sa.Column("made_at", Instant(), nullable=False),
        sa.Column("made_by", ID, nullable=True),
        sa.Column("made_entry", sa.BigInteger(), nullable=True),
        sa.Column("banked_on", sa.Date(), nullable=True),
        sa.Column("banked_at", Instant(), nullable=True),
        sa.Column("banked_by", ID, nullable=True),
        sa.Column("banked_entry", sa.BigInteger(), nullable=True),
        sa.Column("id", ID, nullable=False),
        sa.Column("platform_id", ID, nullable=False),
        sa.CheckConstraint("cents > 0", name=op.f("ck_banking_amount")),
        sa.ForeignKeyConstraint(["banked_by"], ["account.id"], name=op.f("fk_banking_banked_by")),
        sa.ForeignKeyConstraint(["made_by"], ["account.id"], name=op.f("fk_banking_made_by")),
        sa.ForeignKeyConstraint(["platform_id"], ["platform.id"], name=op.f("fk_banking_platform_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_banking")),
        sa.UniqueConstraint("platform_id", "id", name=op.f("uq_banking_platform_id_id")),
        sa.UniqueConstraint("platform_id", "number", name=op.f("uq_banking_platform_id_number")),
    )


def downgrade() -> None:
    op.drop_table("banking")
    op.drop_table("drawer_count")
