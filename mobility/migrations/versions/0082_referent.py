"""Who follows the person when it is not who prescribes, with its own agreement; a proof seen; how the person
asked the sender to be reached; the draft that a form comes from; the day one was
taken in while it still waited.

Revises: 0081
"""

from typing import Any

import sqlalchemy as sa
from alembic import op

from mobility.db.types import Instant

revision = "0082"
down_revision = "0081"
branch_labels = None
depends_on = None

COLUMNS: dict[str, sa.types.TypeEngine[Any]] = {
    "referent_name": sa.String(length=120),
    "referent_email": sa.String(length=200),
    "referent_phone": sa.String(length=20),
    "referent_consent_on": sa.Date(),
    "referent_withdrawn_at": Instant(),
    "contact_given": sa.String(length=12),
    "imported_on": sa.Date(),
    "rsa_seen": sa.Boolean(),
    "draft_key": sa.String(length=40),
}


def upgrade() -> None:
    for name, kind in COLUMNS.items():
        op.add_column("liaison_form", sa.Column(name, kind, nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("liaison_form") as table:
        for name in reversed(COLUMNS):
            table.drop_column(name)
