"""The mobility booklet: experiences, competences, their confirmations, what is shared and who looked.

Revises: 0082
"""

import sqlalchemy as sa
from alembic import op

from mobility.db.types import Instant

revision = "0083"
down_revision = "0082"
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


def _by(table: str, column: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], ["account.id"], name=f"fk_{table}_{column}")


def upgrade() -> None:
    op.create_table(
        "experience",
        sa.Column("beneficiary_id", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("employer", sa.String(length=120), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("noted_at", Instant(), nullable=False),
        sa.Column("noted_by", ID, nullable=True),
        *_own("experience"),
        _to("experience", "beneficiary_id", "beneficiary"),
        _by("experience", "noted_by"),
        sa.CheckConstraint("ends_on >= starts_on", name=op.f("ck_experience_days")),
    )
    op.create_index("ix_experience_beneficiary", "experience", ["platform_id", "beneficiary_id"])
    op.create_table(
        "competence",
        sa.Column("beneficiary_id", sa.BigInteger(), nullable=False),
        sa.Column("code", sa.String(length=30), nullable=False),
        sa.Column("list_version", sa.String(length=20), nullable=False),
        sa.Column("noted_at", Instant(), nullable=False),
        sa.Column("noted_by", ID, nullable=True),
        *_own("competence"),
        _to("competence", "beneficiary_id", "beneficiary"),
        _by("competence", "noted_by"),
        sa.UniqueConstraint("platform_id", "beneficiary_id", "code", name="uq_competence_platform_id_beneficiary_id_code"),
    )
    op.create_table(
        "confirmation",
        sa.Column("competence_id", sa.BigInteger(), nullable=False),
        sa.Column("experience_id", sa.BigInteger(), nullable=False),
        sa.Column("confirmed_at", Instant(), nullable=False),
        sa.Column("confirmed_by", ID, nullable=True),
        *_own("confirmation"),
        _to("confirmation", "competence_id", "competence"),
        _to("confirmation", "experience_id", "experience"),
        _by("confirmation", "confirmed_by"),
        sa.UniqueConstraint(
            "platform_id",
            "competence_id",
            "experience_id",
            name="uq_confirmation_platform_id_competence_id_experience_id",
        ),
    )
    op.create_index("ix_confirmation_experience", "confirmation", ["platform_id", "experience_id"])
    op.create_table(
        "booklet_share",
        sa.Column("beneficiary_id", sa.BigInteger(), nullable=False),
        sa.Column("link_id", sa.BigInteger(), nullable=False),
        sa.Column("pages", sa.JSON(), nullable=False),
        sa.Column("shared_at", Instant(), nullable=False),
        *_own("booklet_share"),
        _to("booklet_share", "beneficiary_id", "beneficiary"),
        _to("booklet_share", "link_id", "link"),
        sa.UniqueConstraint("platform_id", "link_id", name="uq_booklet_share_platform_id_link_id"),
    )
    op.create_index("ix_booklet_share_beneficiary", "booklet_share", ["platform_id", "beneficiary_id"])
    op.create_table(
        "booklet_look",
        sa.Column("booklet_share_id", sa.BigInteger(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        *_own("booklet_look"),
        _to("booklet_look", "booklet_share_id", "booklet_share"),
    )
    op.create_index("ix_booklet_look_share", "booklet_look", ["platform_id", "booklet_share_id", "at"])


def downgrade() -> None:
    for table in ("booklet_look", "booklet_share", "confirmation", "competence", "experience"):
        op.drop_table(table)
