"""What a payer pays at most of one rental, in all; until when what holds a deposit is good.

Revises: 0087
"""

import sqlalchemy as sa
from alembic import op

revision = "0089"
down_revision = "0088"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("payer_agreement", sa.Column("most_cents", sa.BigInteger(), nullable=True))
    op.add_column("deposit", sa.Column("expires_on", sa.Date(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("deposit") as table:
        table.drop_column("expires_on")
    with op.batch_alter_table("payer_agreement") as table:
        table.drop_column("most_cents")
