"""Collective workshops: their calendar, who is asked to them and who came.

Revises: 0086
"""

import sqlalchemy as sa
from alembic import op

from mobility.db.types import Instant

revision = "0087"
down_revision = "0086"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def _own(table: str) -> tuple[sa.schema.SchemaItem, ...]:
    """What every table of a platform begins with."""
    return (
        sa.Column("id", ID, nullable=False),
        sa.Column("platform_id", ID, nullable=False),
        sa.ForeignKeyConstraint(["platform_id"], ["platform.id"], name=f"fk_{table}_platform_id"),
        sa.PrimaryKeyConstraint("id", name=f"pk_{table}"),
        sa.UniqueConstraint("platform_id", "id", name=f"uq_{table}_platform_id_id"),
    )


def _to(table: str, column: str, other: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["platform_id", column], [f"{other}.platform_id", f"{other}.id"], name=f"fk_{table}_platform_id_{column}"
    )


def upgrade() -> None:
    op.create_table(
        "group_workshop",
        sa.Column("subject", sa.String(length=30), nullable=False),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("starts_at", Instant(), nullable=False),
        sa.Column("minutes", sa.BigInteger(), nullable=False),
        sa.Column("site_id", sa.BigInteger(), nullable=True),
        sa.Column("place", sa.String(length=200), nullable=True),
        sa.Column("places", sa.BigInteger(), nullable=False),
        sa.Column("open_to", sa.String(length=20), nullable=False),
        sa.Column("adviser_id", ID, nullable=True),
        sa.Column("held_at", Instant(), nullable=True),
        sa.Column("cancelled_at", Instant(), nullable=True),
        sa.Column("cancel_reason", sa.String(length=20), nullable=True),
        *_own("group_workshop"),
        _to("group_workshop", "site_id", "site"),
        sa.ForeignKeyConstraint(["adviser_id"], ["account.id"], name="fk_group_workshop_adviser_id"),
        sa.CheckConstraint("places > 0", name=op.f("ck_group_workshop_places")),
        sa.CheckConstraint("minutes > 0", name=op.f("ck_group_workshop_minutes")),
    )
    op.create_index("ix_group_workshop_starts_at", "group_workshop", ["platform_id", "starts_at"])
    op.create_table(
        "workshop_seat",
        sa.Column("group_workshop_id", sa.BigInteger(), nullable=False),
        sa.Column("beneficiary_id", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("asked_at", Instant(), nullable=False),
        sa.Column("told_by", sa.String(length=8), nullable=True),
        sa.Column("answered_at", Instant(), nullable=True),
        sa.Column("reminded_at", Instant(), nullable=True),
        sa.Column("mark", sa.String(length=8), nullable=True),
        sa.Column("marked_at", Instant(), nullable=True),
        sa.Column("action_id", sa.BigInteger(), nullable=True),
        *_own("workshop_seat"),
        _to("workshop_seat", "group_workshop_id", "group_workshop"),
        _to("workshop_seat", "beneficiary_id", "beneficiary"),
        _to("workshop_seat", "action_id", "action"),
        sa.UniqueConstraint(
            "platform_id",
            "group_workshop_id",
            "beneficiary_id",
            name="uq_workshop_seat_platform_id_group_workshop_id_beneficiary_id",
        ),
    )
    op.create_index("ix_workshop_seat_beneficiary", "workshop_seat", ["platform_id", "beneficiary_id"])


def downgrade() -> None:
    op.drop_table("workshop_seat")
    op.drop_table("group_workshop")
