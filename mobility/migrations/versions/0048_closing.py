"""Closings of the books: a period that no entry is dated into any more, with its sums."""

import sqlalchemy as sa
from alembic import op

from mobility.db.types import Instant

revision = "0048"
down_revision = "0047"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.add_column("books", sa.Column("closed_through", sa.Date(), nullable=True))
    op.create_table(
        "closing",
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("first_on", sa.Date(), nullable=False),
        sa.Column("last_on", sa.Date(), nullable=False),
        sa.Column("closed_at", Instant(), nullable=False),
        sa.Column("closed_by", ID, nullable=True),
        sa.Column("last_entry", sa.BigInteger(), nullable=False),
        sa.Column("last_hash", sa.String(length=64), nullable=False),
        sa.Column("sums", sa.JSON(), nullable=False),
        sa.Column("running_cents", sa.BigInteger(), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.Column("id", ID, nullable=False),
        sa.Column("platform_id", ID, nullable=False),
        sa.ForeignKeyConstraint(["closed_by"], ["account.id"], name=op.f("fk_closing_closed_by")),
        sa.ForeignKeyConstraint(["platform_id"], ["platform.id"], name=op.f("fk_closing_platform_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_closing")),
        sa.UniqueConstraint("platform_id", "id", name=op.f("uq_closing_platform_id_id")),
        sa.UniqueConstraint("platform_id", "kind", "last_on", name=op.f("uq_closing_platform_id_kind_last_on")),
    )


def downgrade() -> None:
    on_its_table = " ON journal_entry" if op.get_bind().dialect.name == "postgresql" else ""
    op.execute(f"DROP TRIGGER IF EXISTS journal_entry_is_open{on_its_table}")
    op.drop_table("closing")
    op.drop_column("books", "closed_through")
