"""What an account's days were lived with, once another vehicle was handed over."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("billing_account", sa.Column("names", sa.JSON(), nullable=False, server_default="[]"))


def downgrade() -> None:
    with op.batch_alter_table("billing_account") as batch:
        batch.drop_column("names")
