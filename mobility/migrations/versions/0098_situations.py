"""What a liaison form says of the person's situation beside the RSA and the district.

Revises: 0097
"""

import sqlalchemy as sa
from alembic import op

revision = "0098"
down_revision = "0097"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("liaison_form", sa.Column("situations", sa.JSON(none_as_null=True), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("liaison_form") as table:
        table.drop_column("situations")
