"""One deposit over a chain of contracts; a part kept has its coded reason, its documented cost and its pictures."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0056"
down_revision = "0055"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
KEPT: dict[str, sa.types.TypeEngine[Any]] = {"why": sa.String(20), "cost_cents": sa.BigInteger(), "owing_id": sa.BigInteger()}


def upgrade() -> None:
    for name, type_ in KEPT.items():
        op.add_column("deposit_step", sa.Column(name, type_, nullable=True))
    op.create_table(
        "carried_deposit",
        sa.Column("account_id", sa.BigInteger(), nullable=False),
        sa.Column("deposit_id", sa.BigInteger(), nullable=False),
        sa.Column("id", ID, nullable=False),
        sa.Column("platform_id", ID, nullable=False),
        _points_to("carried_deposit", "account_id", "billing_account"),
        _points_to("carried_deposit", "deposit_id", "deposit"),
        *_of_platform("carried_deposit"),
        sa.UniqueConstraint("platform_id", "account_id", name=op.f("uq_carried_deposit_platform_id_account_id")),
    )
    op.create_index("ix_carried_deposit_deposit", "carried_deposit", ["platform_id", "deposit_id"])
    op.create_table(
        "deposit_photo",
        sa.Column("attachment_id", sa.BigInteger(), nullable=False),
        sa.Column("step_id", sa.BigInteger(), nullable=False),
        sa.Column("id", ID, nullable=False),
        sa.Column("platform_id", ID, nullable=False),
        _points_to("deposit_photo", "attachment_id", "attachment"),
        _points_to("deposit_photo", "step_id", "deposit_step"),
        *_of_platform("deposit_photo"),
    )
    op.create_index("ix_deposit_photo_step", "deposit_photo", ["platform_id", "step_id"])


def downgrade() -> None:
    op.drop_index("ix_deposit_photo_step", table_name="deposit_photo")
    op.drop_table("deposit_photo")
    op.drop_index("ix_carried_deposit_deposit", table_name="carried_deposit")
    op.drop_table("carried_deposit")
    for name in KEPT:
        op.drop_column("deposit_step", name)


def _points_to(table: str, column: str, other: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_platform_id_{column}")
    return sa.ForeignKeyConstraint(["platform_id", column], [f"{other}.platform_id", f"{other}.id"], name=name)


def _of_platform(table: str) -> tuple[sa.Constraint, ...]:
    return (
        sa.ForeignKeyConstraint(["platform_id"], ["platform.id"], name=op.f(f"fk_{table}_platform_id")),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
        sa.UniqueConstraint("platform_id", "id", name=op.f(f"uq_{table}_platform_id_id")),
    )
