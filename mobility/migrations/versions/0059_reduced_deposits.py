"""A deposit brought down to the solidarity amount, with why; the bank or the structure behind a cheque or a letter, and its day."""

import sqlalchemy as sa
from alembic import op

revision = "0059"
down_revision = "0058"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("deposit", sa.Column("reduced_reason", sa.String(40), nullable=True))
    op.add_column("deposit_step", sa.Column("issuer", sa.String(120), nullable=True))
    op.add_column("deposit_step", sa.Column("dated_on", sa.Date(), nullable=True))


def downgrade() -> None:
    op.drop_column("deposit_step", "dated_on")
    op.drop_column("deposit_step", "issuer")
    op.drop_column("deposit", "reduced_reason")
