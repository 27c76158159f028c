"""The day a person takes back their agreement to news about them being sent to whoever prescribed.

Revises: 0072
"""

import sqlalchemy as sa
from alembic import op

from mobility.db.types import Instant

revision = "0073"
down_revision = "0072"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("liaison_form", sa.Column("withdrawn_at", Instant(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("liaison_form") as table:
        table.drop_column("withdrawn_at")
