"""When an appointment was planned, and its reminder: when and how it left, or who said it.

Revises: 0083
"""

from typing import Any

import sqlalchemy as sa
from alembic import op

from mobility.db.types import Instant

revision = "0084"
down_revision = "0083"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
COLUMNS: dict[str, sa.types.TypeEngine[Any]] = {
    "planned_at": Instant(),
    "reminded_at": Instant(),
    "reminder_channel": sa.String(length=10),
    "reminder_outbox_id": ID,
    "told_at": Instant(),
    "told_by": ID,
}


def upgrade() -> None:
    with op.batch_alter_table("meeting") as table:
        for name, kind in COLUMNS.items():
            table.add_column(sa.Column(name, kind, nullable=True))
        table.create_foreign_key(op.f("fk_meeting_reminder_outbox_id"), "outbox", ["reminder_outbox_id"], ["id"])
        table.create_foreign_key(op.f("fk_meeting_told_by"), "account", ["told_by"], ["id"])


def downgrade() -> None:
    with op.batch_alter_table("meeting") as table:
        table.drop_constraint("fk_meeting_told_by", type_="foreignkey")
        table.drop_constraint("fk_meeting_reminder_outbox_id", type_="foreignkey")
        for name in reversed(COLUMNS):
            table.drop_column(name)
