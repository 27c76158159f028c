"""What was said with people, in few words that expire.

Revises: 0085
"""

import sqlalchemy as sa
from alembic import op

from mobility.db.types import Instant

revision = "0086"
down_revision = "0085"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "contact_note",
        sa.Column("beneficiary_id", sa.BigInteger(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("subject", sa.String(length=12), nullable=False),
        sa.Column("way", sa.String(length=12), nullable=False),
        sa.Column("side", sa.String(length=4), nullable=False),
        sa.Column("note", sa.String(length=300), nullable=True),
        sa.Column("noted_at", Instant(), nullable=False),
        sa.Column("noted_by", ID, nullable=True),
        sa.Column("withdrawn_at", Instant(), nullable=True),
        sa.Column("withdrawn_by", ID, nullable=True),
        sa.Column("id", ID, nullable=False),
        sa.Column("platform_id", ID, nullable=False),
        sa.ForeignKeyConstraint(["noted_by"], ["account.id"], name=op.f("fk_contact_note_noted_by")),
        sa.ForeignKeyConstraint(["withdrawn_by"], ["account.id"], name=op.f("fk_contact_note_withdrawn_by")),
        sa.ForeignKeyConstraint(
            ["platform_id", "beneficiary_id"],
            ["beneficiary.platform_id", "beneficiary.id"],
            name=op.f("fk_contact_note_platform_id_beneficiary_id"),
        ),
        sa.ForeignKeyConstraint(["platform_id"], ["platform.id"], name=op.f("fk_contact_note_platform_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contact_note")),
        sa.UniqueConstraint("platform_id", "id", name=op.f("uq_contact_note_platform_id_id")),
    )
    op.create_index("ix_contact_note_beneficiary", "contact_note", ["platform_id", "beneficiary_id", "at"])
    op.create_index("ix_contact_note_at", "contact_note", ["platform_id", "at"])


def downgrade() -> None:
    op.drop_table("contact_note")
