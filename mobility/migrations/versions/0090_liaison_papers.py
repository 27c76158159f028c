"""The papers that go with a liaison form: seen, or sent to be seen.

Revises: 0089
"""

import sqlalchemy as sa
from alembic import op

from mobility.db.types import Instant

revision = "0090"
down_revision = "0089"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def _to(column: str, other: str) -> sa.ForeignKeyConstraint:
    columns = [f"{other}.platform_id", f"{other}.id"]
    return sa.ForeignKeyConstraint(["platform_id", column], columns, name=f"fk_liaison_paper_platform_id_{column}")


def upgrade() -> None:
    op.create_table(
        "liaison_paper",
        sa.Column("form_id", sa.BigInteger(), nullable=False),
        sa.Column("beneficiary_id", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("seen_on", sa.Date(), nullable=False),
        sa.Column("by_platform", sa.Boolean(), nullable=False),
        sa.Column("attachment_id", sa.BigInteger(), nullable=True),
        sa.Column("added_at", Instant(), nullable=False),
        sa.Column("added_by", ID, nullable=True),
        sa.Column("checked_at", Instant(), nullable=True),
        sa.Column("checked_by", ID, nullable=True),
        sa.Column("dropped_at", Instant(), nullable=True),
        sa.Column("id", ID, nullable=False),
        sa.Column("platform_id", ID, nullable=False),
        sa.ForeignKeyConstraint(["platform_id"], ["platform.id"], name="fk_liaison_paper_platform_id"),
        _to("form_id", "liaison_form"),
        _to("beneficiary_id", "beneficiary"),
        _to("attachment_id", "attachment"),
        sa.ForeignKeyConstraint(["added_by"], ["account.id"], name="fk_liaison_paper_added_by"),
        sa.ForeignKeyConstraint(["checked_by"], ["account.id"], name="fk_liaison_paper_checked_by"),
        sa.PrimaryKeyConstraint("id", name="pk_liaison_paper"),
        sa.UniqueConstraint("platform_id", "id", name="uq_liaison_paper_platform_id_id"),
        sa.UniqueConstraint("platform_id", "attachment_id", name="uq_liaison_paper_platform_id_attachment_id"),
        sa.CheckConstraint("checked_by IS NULL OR checked_at IS NOT NULL", name=op.f("ck_liaison_paper_checked")),
    )
    op.create_index("ix_liaison_paper_form", "liaison_paper", ["platform_id", "form_id"])
    op.create_index("ix_liaison_paper_beneficiary", "liaison_paper", ["platform_id", "beneficiary_id"])


def downgrade() -> None:
    op.drop_table("liaison_paper")
