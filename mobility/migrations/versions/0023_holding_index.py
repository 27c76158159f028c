"""What holds a vehicle is found by an index of the rows that hold alone: what was cancelled is never read on the way."""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None

_HOLDING = sa.text("status <> 'released'")
_COLUMNS = ["platform_id", "vehicle_id", "ends_at", "starts_at"]


def upgrade() -> None:
    op.create_index("ix_occupancy_holding", "occupancy", _COLUMNS, unique=False, sqlite_where=_HOLDING, postgresql_where=_HOLDING)
    op.drop_index("ix_occupancy_vehicle", table_name="occupancy")


def downgrade() -> None:
    op.create_index("ix_occupancy_vehicle", "occupancy", _COLUMNS, unique=False)
    op.drop_index("ix_occupancy_holding", table_name="occupancy")
