"""Rentals of the programme from before this software."""

import sqlalchemy as sa
from alembic import op

from mobility.db.types import Instant

revision = "0045"
down_revision = "0044"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
POINTS = {"beneficiary_id": "beneficiary", "action_id": "action", "job_id": "job", "outcome_id": "outcome"}


def upgrade() -> None:
    op.create_table(
        "past_rental",
        sa.Column("import_key", sa.String(length=80), nullable=False),
        sa.Column("number", sa.String(length=20), nullable=False),
        sa.Column("beneficiary_id", sa.BigInteger(), nullable=False),
        sa.Column("action_id", sa.BigInteger(), nullable=False),
        sa.Column("job_id", sa.BigInteger(), nullable=True),
        sa.Column("outcome_id", sa.BigInteger(), nullable=True),
        sa.Column("licence_on", sa.Date(), nullable=True),
        sa.Column("programme", sa.JSON(), nullable=False),
        sa.Column("waivers", sa.JSON(), nullable=False),
        sa.Column("taken_at", Instant(), nullable=False),
        sa.Column("id", ID, nullable=False),
        sa.Column("platform_id", ID, nullable=False),
        *(
            sa.ForeignKeyConstraint(
                ["platform_id", column],
                [f"{table}.platform_id", f"{table}.id"],
                name=op.f(f"fk_past_rental_platform_id_{column}"),
            )
            for column, table in POINTS.items()
        ),
        sa.ForeignKeyConstraint(["platform_id"], ["platform.id"], name=op.f("fk_past_rental_platform_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_past_rental")),
        sa.UniqueConstraint("platform_id", "id", name=op.f("uq_past_rental_platform_id_id")),
        sa.UniqueConstraint("platform_id", "import_key", name=op.f("uq_past_rental_platform_id_import_key")),
    )
    op.create_index("ix_past_rental_beneficiary", "past_rental", ["platform_id", "beneficiary_id"], unique=False)


def downgrade() -> None:
    op.drop_index("ix_past_rental_beneficiary", table_name="past_rental")
    op.drop_table("past_rental")
