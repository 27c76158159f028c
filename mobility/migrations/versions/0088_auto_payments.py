"""What a person agreed to have paid each week by their card, each week's payment, and its tries.

Revises: 0087
"""

import sqlalchemy as sa
from alembic import op

from mobility.db.types import Instant

revision = "0088"
down_revision = "0087"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
LIVE = sa.text("ended_at IS NULL")


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
        "card_mandate",
        sa.Column("beneficiary_id", sa.BigInteger(), nullable=False),
        sa.Column("card_id", sa.BigInteger(), nullable=False),
        sa.Column("most_cents", sa.BigInteger(), nullable=False),
        sa.Column("words", sa.String(length=1200), nullable=True),
        sa.Column("agreed_at", Instant(), nullable=False),
        sa.Column("agreed_by", ID, nullable=True),
        sa.Column("ended_at", Instant(), nullable=True),
        sa.Column("ended_by", ID, nullable=True),
        sa.Column("ended_reason", sa.String(length=12), nullable=True),
        *_own("card_mandate"),
        _to("card_mandate", "beneficiary_id", "beneficiary"),
        _to("card_mandate", "card_id", "saved_card"),
        _by("card_mandate", "agreed_by"),
        _by("card_mandate", "ended_by"),
        sa.CheckConstraint("most_cents > 0", name=op.f("ck_card_mandate_amount")),
    )
    op.create_index("ix_card_mandate_beneficiary", "card_mandate", ["platform_id", "beneficiary_id"])
    op.create_index("ix_card_mandate_card", "card_mandate", ["platform_id", "card_id"])
    op.create_index(
        "uq_card_mandate_live", "card_mandate", ["platform_id", "beneficiary_id"], unique=True, sqlite_where=LIVE, postgresql_where=LIVE
    )
    op.create_table(
        "auto_payment",
        sa.Column("beneficiary_id", sa.BigInteger(), nullable=False),
        sa.Column("mandate_id", sa.BigInteger(), nullable=False),
        sa.Column("account_id", sa.BigInteger(), nullable=False),
        sa.Column("week_on", sa.Date(), nullable=False),
        sa.Column("cents", sa.BigInteger(), nullable=False),
        sa.Column("status", sa.String(length=10), nullable=False),
        sa.Column("reason", sa.String(length=12), nullable=True),
        sa.Column("told_at", Instant(), nullable=False),
        sa.Column("told_by", sa.String(length=8), nullable=False),
        sa.Column("next_on", sa.Date(), nullable=True),
        sa.Column("ended_at", Instant(), nullable=True),
        sa.Column("seen_at", Instant(), nullable=True),
        sa.Column("seen_by", ID, nullable=True),
        *_own("auto_payment"),
        _to("auto_payment", "beneficiary_id", "beneficiary"),
        _to("auto_payment", "mandate_id", "card_mandate"),
        _to("auto_payment", "account_id", "billing_account"),
        _by("auto_payment", "seen_by"),
        sa.UniqueConstraint("platform_id", "beneficiary_id", "week_on", name="uq_auto_payment_platform_id_beneficiary_id_week_on"),
        sa.CheckConstraint("cents > 0", name=op.f("ck_auto_payment_amount")),
    )
    op.create_index("ix_auto_payment_account", "auto_payment", ["platform_id", "account_id"])
    op.create_index("ix_auto_payment_status", "auto_payment", ["platform_id", "status", "next_on"])
    op.create_table(
        "auto_try",
        sa.Column("auto_payment_id", sa.BigInteger(), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("payment_id", sa.BigInteger(), nullable=False),
        sa.Column("status", sa.String(length=10), nullable=False),
        sa.Column("refusal", sa.String(length=12), nullable=True),
        sa.Column("asked_at", Instant(), nullable=False),
        sa.Column("answered_at", Instant(), nullable=True),
        *_own("auto_try"),
        _to("auto_try", "auto_payment_id", "auto_payment"),
        _to("auto_try", "payment_id", "payment"),
        sa.UniqueConstraint("platform_id", "auto_payment_id", "number", name="uq_auto_try_platform_id_auto_payment_id_number"),
        sa.UniqueConstraint("platform_id", "payment_id", name="uq_auto_try_platform_id_payment_id"),
    )
    op.create_index("ix_auto_try_status", "auto_try", ["platform_id", "status"])


def downgrade() -> None:
    op.drop_table("auto_try")
    op.drop_table("auto_payment")
    op.drop_table("card_mandate")
