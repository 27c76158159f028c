"""Spreadsheets of vehicles, kept between the preview and the yes."""

import sqlalchemy as sa
from alembic import op

from mobility.db.types import Instant

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "vehicle_import",
        sa.Column("file_name", sa.String(length=200), nullable=False),
        sa.Column("lines", sa.JSON(), nullable=False),
        sa.Column("sent_at", Instant(), nullable=False),
        sa.Column("sent_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("taken_at", Instant(), nullable=True),
        sa.Column("counts", sa.JSON(), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("platform_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(["platform_id"], ["platform.id"], name=op.f("fk_vehicle_import_platform_id")),
        sa.ForeignKeyConstraint(["sent_by"], ["account.id"], name=op.f("fk_vehicle_import_sent_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_vehicle_import")),
        sa.UniqueConstraint("platform_id", "id", name=op.f("uq_vehicle_import_platform_id_id")),
    )


def downgrade() -> None:
    op.drop_table("vehicle_import")
