"""Why a booking begins a chain of contracts anew."""

import sqlalchemy as sa
from alembic import op

revision = "0047"
down_revision = "0046"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("booking", sa.Column("new_chain_reason", sa.String(length=40), nullable=True))


def downgrade() -> None:
    op.drop_column("booking", "new_chain_reason")
