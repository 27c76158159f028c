"""What moved at the card gateway, what it sent to the bank, the card payments claimed back.

Revises: 0093
"""

import sqlalchemy as sa
from alembic import op

from mobility.db.types import Instant

revision = "0094"
down_revision = "0093"
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
        sa.UniqueConstraint("platform_id", "reference", name=f"uq_{table}_platform_id_reference"),
    )


def _to(table: str, other: str) -> sa.ForeignKeyConstraint:
    columns = [f"{other}.platform_id", f"{other}.id"]
    return sa.ForeignKeyConstraint(["platform_id", f"{other}_id"], columns, name=f"fk_{table}_platform_id_{other}_id")


def _by(table: str, column: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], ["account.id"], name=f"fk_{table}_{column}")


def upgrade() -> None:
    op.create_table(
        "gateway_move",
        sa.Column("reference", sa.String(length=120), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("cents", sa.BigInteger(), nullable=False),
        sa.Column("fee_cents", sa.BigInteger(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("charge_reference", sa.String(length=120), nullable=True),
        sa.Column("payment_id", sa.BigInteger(), nullable=True),
        sa.Column("is_elsewhere", sa.Boolean(), nullable=False),
        sa.Column("entry_number", sa.BigInteger(), nullable=True),
        sa.Column("fee_entry", sa.BigInteger(), nullable=True),
        sa.Column("read_at", Instant(), nullable=False),
        *_own("gateway_move"),
        _to("gateway_move", "payment"),
    )
    op.create_index("ix_gateway_move_payment", "gateway_move", ["platform_id", "payment_id"])
    op.create_index("ix_gateway_move_charge", "gateway_move", ["platform_id", "charge_reference"])
    op.create_table(
        "gateway_payout",
        sa.Column("reference", sa.String(length=120), nullable=False),
        sa.Column("cents", sa.BigInteger(), nullable=False),
        sa.Column("status", sa.String(length=12), nullable=False),
        sa.Column("made_at", Instant(), nullable=False),
        sa.Column("arrives_on", sa.Date(), nullable=True),
        sa.Column("entry_number", sa.BigInteger(), nullable=False),
        sa.Column("back_entry", sa.BigInteger(), nullable=True),
        sa.Column("banked_on", sa.Date(), nullable=True),
        sa.Column("banked_cents", sa.BigInteger(), nullable=True),
        sa.Column("banked_at", Instant(), nullable=True),
        sa.Column("banked_by", ID, nullable=True),
        sa.Column("banked_entry", sa.BigInteger(), nullable=True),
        sa.Column("bank_line_id", sa.BigInteger(), nullable=True),
        sa.Column("short_entry", sa.BigInteger(), nullable=True),
        *_own("gateway_payout"),
        _by("gateway_payout", "banked_by"),
        _to("gateway_payout", "bank_line"),
        sa.CheckConstraint("cents > 0 AND (banked_on IS NULL) = (banked_cents IS NULL)", name=op.f("ck_gateway_payout_amounts")),
    )
    op.create_index("ix_gateway_payout_banked", "gateway_payout", ["platform_id", "banked_on"])
    op.create_table(
        "card_dispute",
        sa.Column("reference", sa.String(length=120), nullable=False),
        sa.Column("payment_id", sa.BigInteger(), nullable=False),
        sa.Column("cents", sa.BigInteger(), nullable=False),
        sa.Column("status", sa.String(length=10), nullable=False),
        sa.Column("opened_at", Instant(), nullable=False),
        sa.Column("reply_by", Instant(), nullable=True),
        sa.Column("closed_at", Instant(), nullable=True),
        sa.Column("decided", sa.String(length=12), nullable=True),
        sa.Column("decided_at", Instant(), nullable=True),
        sa.Column("decided_by", ID, nullable=True),
        sa.Column("decided_entry", sa.BigInteger(), nullable=True),
        *_own("card_dispute"),
        _to("card_dispute", "payment"),
        _by("card_dispute", "decided_by"),
        sa.CheckConstraint("cents > 0 AND (decided IS NULL) = (decided_at IS NULL)", name=op.f("ck_card_dispute_decided")),
    )
    op.create_index("ix_card_dispute_payment", "card_dispute", ["platform_id", "payment_id"])
    op.create_index("ix_card_dispute_status", "card_dispute", ["platform_id", "status", "decided"])


def downgrade() -> None:
    op.drop_table("card_dispute")
    op.drop_table("gateway_payout")
    op.drop_table("gateway_move")
