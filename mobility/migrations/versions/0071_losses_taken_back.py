"""A loss written off by mistake is taken back by a step that names it, once.

Revises: 0070
"""

import sqlalchemy as sa
from alembic import op

revision = "0071"
down_revision = "0070"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("loss_step", sa.Column("undoes_number", sa.BigInteger(), nullable=True))
    op.create_index("ix_loss_step_undoes", "loss_step", ["platform_id", "undoes_number"], unique=True)


def downgrade() -> None:
    op.drop_index("ix_loss_step_undoes", "loss_step")
    op.drop_column("loss_step", "undoes_number")
