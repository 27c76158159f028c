"""A condition report signed without network: when by the device's clock, the adviser's drawing, and why it could not be kept.

Revises: 0080
"""

import sqlalchemy as sa
from alembic import op

from mobility.db.types import Instant

revision = "0081"
down_revision = "0080"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("condition_report", sa.Column("signed_on_device_at", Instant(), nullable=True))
    op.add_column("condition_report", sa.Column("adviser_signature", sa.String(), nullable=True))
    op.add_column("condition_report", sa.Column("device_refusal", sa.String(length=600), nullable=True))


def downgrade() -> None:
    for column in ("device_refusal", "adviser_signature", "signed_on_device_at"):
        op.drop_column("condition_report", column)
