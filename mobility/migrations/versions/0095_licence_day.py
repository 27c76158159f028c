"""Since when the licence that a liaison form declares is held.

Revises: 0094
"""

import sqlalchemy as sa
from alembic import op

revision = "0095"
down_revision = "0094"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("liaison_form", sa.Column("licence_on", sa.Date(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("liaison_form") as table:
        table.drop_column("licence_on")
