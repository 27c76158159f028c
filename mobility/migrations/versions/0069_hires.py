"""Hirers, what is ordered of them, and what happens to each order.

Revises: 0068
"""

import sqlalchemy as sa
from alembic import op

from mobility.db.types import Instant

revision = "0069"
down_revision = "0068"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def _of_platform(table: str) -> list[sa.schema.SchemaItem]:
    """What every table of a platform has."""
    return [
        sa.Column("id", ID, nullable=False),
        sa.Column("platform_id", ID, nullable=False),
        sa.ForeignKeyConstraint(["platform_id"], ["platform.id"], name=op.f(f"fk_{table}_platform_id")),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
        sa.UniqueConstraint("platform_id", "id", name=op.f(f"uq_{table}_platform_id_id")),
    ]


def _to(table: str, column: str, other: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["platform_id", column], [f"{other}.platform_id", f"{other}.id"], name=op.f(f"fk_{table}_platform_id_{column}")
    )


def upgrade() -> None:
    op.create_table(
        "hirer",
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("address", sa.String(length=200), nullable=False),
        sa.Column("siret", sa.String(length=14), nullable=True),
        sa.Column("contact", sa.String(length=120), nullable=True),
        sa.Column("phone", sa.String(length=30), nullable=True),
        sa.Column("email", sa.String(length=254), nullable=True),
        sa.Column("added_at", Instant(), nullable=False),
        *_of_platform("hirer"),
        sa.UniqueConstraint("platform_id", "name", name=op.f("uq_hirer_platform_id_name")),
    )
    op.create_table(
        "hire_order",
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("account_id", sa.BigInteger(), nullable=False),
        sa.Column("hirer_id", sa.BigInteger(), nullable=False),
        sa.Column("first_on", sa.Date(), nullable=False),
        sa.Column("last_on", sa.Date(), nullable=False),
        sa.Column("unit", sa.String(length=5), nullable=False),
        sa.Column("unit_cents", sa.BigInteger(), nullable=False),
        sa.Column("conditions", sa.String(length=300), nullable=True),
        sa.Column("names_person", sa.Boolean(), nullable=False),
        sa.Column("contract_number", sa.String(length=40), nullable=True),
        sa.Column("contract_on", sa.Date(), nullable=True),
        sa.Column("cancelled_at", Instant(), nullable=True),
        sa.Column("ordered_at", Instant(), nullable=False),
        sa.Column("ordered_by", ID, nullable=True),
        sa.CheckConstraint("last_on >= first_on", name=op.f("ck_hire_order_days")),
        sa.CheckConstraint("unit IN ('day', 'month') AND unit_cents > 0", name=op.f("ck_hire_order_price")),
        sa.ForeignKeyConstraint(["ordered_by"], ["account.id"], name=op.f("fk_hire_order_ordered_by")),
        _to("hire_order", "account_id", "billing_account"),
        _to("hire_order", "hirer_id", "hirer"),
        *_of_platform("hire_order"),
        sa.UniqueConstraint("platform_id", "number", name=op.f("uq_hire_order_platform_id_number")),
    )
    op.create_index("ix_hire_order_account", "hire_order", ["platform_id", "account_id"])
    op.create_index("ix_hire_order_hirer", "hire_order", ["platform_id", "hirer_id"])
    op.create_table(
        "hire_step",
        sa.Column("hire_id", sa.BigInteger(), nullable=False),
        sa.Column("about_id", sa.BigInteger(), nullable=True),
        sa.Column("act", sa.String(length=12), nullable=False),
        sa.Column("cents", sa.BigInteger(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("reference", sa.String(length=60), nullable=True),
        sa.Column("reason", sa.String(length=200), nullable=True),
        sa.Column("payer_id", sa.BigInteger(), nullable=True),
        sa.Column("content", sa.JSON(), nullable=True),
        sa.Column("attachment_id", sa.BigInteger(), nullable=True),
        sa.Column("entry_number", sa.BigInteger(), nullable=True),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("by", ID, nullable=True),
        sa.CheckConstraint("cents >= 0", name=op.f("ck_hire_step_amount")),
        sa.ForeignKeyConstraint(["by"], ["account.id"], name=op.f("fk_hire_step_by")),
        _to("hire_step", "hire_id", "hire_order"),
        _to("hire_step", "about_id", "hire_step"),
        _to("hire_step", "payer_id", "payer"),
        _to("hire_step", "attachment_id", "attachment"),
        *_of_platform("hire_step"),
    )
    op.create_index("ix_hire_step_hire", "hire_step", ["platform_id", "hire_id"])
    op.create_index("ix_hire_step_about", "hire_step", ["platform_id", "about_id"])


def downgrade() -> None:
    op.drop_table("hire_step")
    op.drop_table("hire_order")
    op.drop_table("hirer")
