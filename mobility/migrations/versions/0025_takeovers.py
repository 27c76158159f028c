"""Platforms' own spreadsheets, kept between the preview and the yes, and what each one made."""

import sqlalchemy as sa
from alembic import op

from mobility.db.types import Instant

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "takeover",
        sa.Column("file_name", sa.String(length=200), nullable=False),
        sa.Column("manner", sa.String(length=120), nullable=False),
        sa.Column("sheets", sa.JSON(), nullable=False),
        sa.Column("matching", sa.JSON(), nullable=False),
        sa.Column("remembered", sa.JSON(), nullable=False),
        sa.Column("site_id", sa.BigInteger(), nullable=True),
        sa.Column("kind", sa.String(length=20), nullable=True),
        sa.Column("sent_at", Instant(), nullable=False),
        sa.Column("sent_by", ID, nullable=True),
        sa.Column("matched_at", Instant(), nullable=True),
        sa.Column("taken_at", Instant(), nullable=True),
        sa.Column("taken_by", ID, nullable=True),
        sa.Column("undone_at", Instant(), nullable=True),
        sa.Column("undone_by", ID, nullable=True),
        sa.Column("made", sa.JSON(), nullable=False),
        sa.Column("counts", sa.JSON(), nullable=False),
        sa.Column("doubts", sa.JSON(), nullable=False),
        sa.Column("id", ID, nullable=False),
        sa.Column("platform_id", ID, nullable=False),
        sa.ForeignKeyConstraint(["platform_id", "site_id"], ["site.platform_id", "site.id"], name=op.f("fk_takeover_platform_id_site_id")),
        sa.ForeignKeyConstraint(["platform_id"], ["platform.id"], name=op.f("fk_takeover_platform_id")),
        sa.ForeignKeyConstraint(["sent_by"], ["account.id"], name=op.f("fk_takeover_sent_by")),
        sa.ForeignKeyConstraint(["taken_by"], ["account.id"], name=op.f("fk_takeover_taken_by")),
        sa.ForeignKeyConstraint(["undone_by"], ["account.id"], name=op.f("fk_takeover_undone_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_takeover")),
        sa.UniqueConstraint("platform_id", "id", name=op.f("uq_takeover_platform_id_id")),
    )


def downgrade() -> None:
    op.drop_table("takeover")
