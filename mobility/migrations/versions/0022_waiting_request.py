"""Who waits for a vehicle."""

import sqlalchemy as sa
from alembic import op

from mobility.db.types import Instant

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "waiting_request",
        sa.Column("beneficiary_id", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("automatic_only", sa.Boolean(), nullable=False),
        sa.Column("first_on", sa.Date(), nullable=False),
        sa.Column("last_on", sa.Date(), nullable=False),
        sa.Column("site_id", sa.BigInteger(), nullable=True),
        sa.Column("work_from", sa.String(length=5), nullable=True),
        sa.Column("work_to", sa.String(length=5), nullable=True),
        sa.Column("with_children", sa.Boolean(), nullable=False),
        sa.Column("status", sa.String(length=12), nullable=False),
        sa.Column("asked_at", Instant(), nullable=False),
        sa.Column("asked_by", ID, nullable=True),
        sa.Column("first_for", sa.String(length=20), nullable=True),
        sa.Column("first_at", Instant(), nullable=True),
        sa.Column("withdrawn_for", sa.String(length=20), nullable=True),
        sa.Column("id", ID, nullable=False),
        sa.Column("platform_id", ID, nullable=False),
        sa.CheckConstraint("last_on >= first_on", name=op.f("ck_waiting_request_days")),
        sa.CheckConstraint("status IN ('waiting', 'paused', 'withdrawn', 'served', 'expired')", name=op.f("ck_waiting_request_status")),
        sa.ForeignKeyConstraint(
            ["platform_id", "beneficiary_id"],
            ["beneficiary.platform_id", "beneficiary.id"],
            name=op.f("fk_waiting_request_platform_id_beneficiary_id"),
        ),
        sa.ForeignKeyConstraint(
            ["platform_id", "site_id"], ["site.platform_id", "site.id"], name=op.f("fk_waiting_request_platform_id_site_id")
        ),
        sa.ForeignKeyConstraint(["platform_id"], ["platform.id"], name=op.f("fk_waiting_request_platform_id")),
        sa.ForeignKeyConstraint(["asked_by"], ["account.id"], name=op.f("fk_waiting_request_asked_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_waiting_request")),
        sa.UniqueConstraint("platform_id", "id", name=op.f("uq_waiting_request_platform_id_id")),
    )
    op.create_index("ix_waiting_request_status", "waiting_request", ["platform_id", "status", "kind"], unique=False)
    op.create_index("ix_waiting_request_beneficiary", "waiting_request", ["platform_id", "beneficiary_id"], unique=False)


def downgrade() -> None:
    op.drop_index("ix_waiting_request_beneficiary", table_name="waiting_request")
    op.drop_index("ix_waiting_request_status", table_name="waiting_request")
    op.drop_table("waiting_request")
