"""From when to when a borrower had the keys of what another platform lent it; what was lent until now takes it from the audit."""

import sqlalchemy as sa
from alembic import op

from mobility.db.types import Instant

revision = "0055"
down_revision = "0054"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("vehicle_loan", sa.Column("received_at", Instant(), nullable=True))
    op.add_column("vehicle_loan", sa.Column("given_back_at", Instant(), nullable=True))
    if op.get_bind().dialect.name == "postgresql":  # the owner fills every platform's rows; the guards force it again after the upgrade
        for table in ("vehicle_loan", "audit_entry"):
            op.execute(f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY")
    _fill("received_at", "received", "starts_at", "counterpart_id IS NOT NULL")
    _fill("given_back_at", "given_back", "moved_at", "counterpart_id IS NOT NULL AND status IN ('given_back', 'ended')")


def _fill(column: str, verb: str, without: str, which: str) -> None:
    """The instant of the step; `without` a trace of it, the nearest that the loan itself tells."""
    noted = (
        f"SELECT min(a.at) FROM audit_entry AS a WHERE a.table_name = 'vehicle_loan' AND a.verb = '{verb}' AND a.row_id = vehicle_loan.id"
    )
    op.execute(f"UPDATE vehicle_loan SET {column} = coalesce(({noted}), {without}) WHERE {which}")


def downgrade() -> None:
    op.drop_column("vehicle_loan", "given_back_at")
    op.drop_column("vehicle_loan", "received_at")
