"""Third-party payers, and what they agreed to pay of a rental's days."""

import sqlalchemy as sa
from alembic import op

from mobility.db.types import Instant

revision = "0058"
down_revision = "0057"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "payer",
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("address", sa.String(length=200), nullable=False),
        sa.Column("siret", sa.String(length=14), nullable=True),
        sa.Column("service_code", sa.String(length=100), nullable=True),
        sa.Column("commitment", sa.String(length=50), nullable=True),
        sa.Column("added_at", Instant(), nullable=False),
        sa.Column("id", ID, nullable=False),
        sa.Column("platform_id", ID, nullable=False),
        sa.ForeignKeyConstraint(["platform_id"], ["platform.id"], name=op.f("fk_payer_platform_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_payer")),
        sa.UniqueConstraint("platform_id", "id", name=op.f("uq_payer_platform_id_id")),
        sa.UniqueConstraint("platform_id", "name", name=op.f("uq_payer_platform_id_name")),
    )
    op.create_table(
        "payer_agreement",
        sa.Column("payer_id", sa.BigInteger(), nullable=False),
        sa.Column("account_id", sa.BigInteger(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("to_on", sa.Date(), nullable=True),
        sa.Column("percent", sa.BigInteger(), nullable=True),
        sa.Column("day_cents", sa.BigInteger(), nullable=True),
        sa.Column("most_day_cents", sa.BigInteger(), nullable=True),
        sa.Column("most_month_cents", sa.BigInteger(), nullable=True),
        sa.Column("most_days", sa.BigInteger(), nullable=True),
        sa.Column("reference", sa.String(length=60), nullable=False),
        sa.Column("told_on", sa.Date(), nullable=True),
        sa.Column("recorded_at", Instant(), nullable=False),
        sa.Column("recorded_by", ID, nullable=True),
        sa.Column("id", ID, nullable=False),
        sa.Column("platform_id", ID, nullable=False),
        sa.CheckConstraint(
            "(percent BETWEEN 1 AND 100 AND day_cents IS NULL) OR (percent IS NULL AND day_cents > 0)",
            name=op.f("ck_payer_agreement_percent_or_day_cents"),
        ),
        sa.ForeignKeyConstraint(
            ["platform_id", "account_id"],
            ["billing_account.platform_id", "billing_account.id"],
            name=op.f("fk_payer_agreement_platform_id_account_id"),
        ),
        sa.ForeignKeyConstraint(
            ["platform_id", "payer_id"], ["payer.platform_id", "payer.id"], name=op.f("fk_payer_agreement_platform_id_payer_id")
        ),
        sa.ForeignKeyConstraint(["platform_id"], ["platform.id"], name=op.f("fk_payer_agreement_platform_id")),
        sa.ForeignKeyConstraint(["recorded_by"], ["account.id"], name=op.f("fk_payer_agreement_recorded_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_payer_agreement")),
        sa.UniqueConstraint("platform_id", "id", name=op.f("uq_payer_agreement_platform_id_id")),
    )
    op.create_index("ix_payer_agreement_account", "payer_agreement", ["platform_id", "account_id"])
    op.create_index("ix_payer_agreement_payer", "payer_agreement", ["platform_id", "payer_id"])


def downgrade() -> None:
    op.drop_table("payer_agreement")
    op.drop_table("payer")
