"""What was proposed to who waits."""

import sqlalchemy as sa
from alembic import op

from mobility.db.types import Instant

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "waiting_proposal",
        sa.Column("request_id", sa.BigInteger(), nullable=False),
        sa.Column("booking_id", sa.BigInteger(), nullable=False),
        sa.Column("made_at", Instant(), nullable=False),
        sa.Column("id", ID, nullable=False),
        sa.Column("platform_id", ID, nullable=False),
        sa.ForeignKeyConstraint(
            ["platform_id", "request_id"],
            ["waiting_request.platform_id", "waiting_request.id"],
            name=op.f("fk_waiting_proposal_platform_id_request_id"),
        ),
        sa.ForeignKeyConstraint(
            ["platform_id", "booking_id"], ["booking.platform_id", "booking.id"], name=op.f("fk_waiting_proposal_platform_id_booking_id")
        ),
        sa.ForeignKeyConstraint(["platform_id"], ["platform.id"], name=op.f("fk_waiting_proposal_platform_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_waiting_proposal")),
        sa.UniqueConstraint("platform_id", "booking_id", name=op.f("uq_waiting_proposal_platform_id_booking_id")),
        sa.UniqueConstraint("platform_id", "id", name=op.f("uq_waiting_proposal_platform_id_id")),
    )
    op.create_index("ix_waiting_proposal_request", "waiting_proposal", ["platform_id", "request_id"], unique=False)


def downgrade() -> None:
    op.drop_index("ix_waiting_proposal_request", table_name="waiting_proposal")
    op.drop_table("waiting_proposal")
