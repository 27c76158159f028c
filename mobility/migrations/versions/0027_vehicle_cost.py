"""What vehicles cost; the work orders closed until now bring theirs."""

import sqlalchemy as sa
from alembic import op

from mobility.db.types import Instant
from mobility.periods import paris_day

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    costs = op.create_table(
        "vehicle_cost",
        sa.Column("vehicle_id", sa.BigInteger(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("cents", sa.BigInteger(), nullable=False),
        sa.Column("note", sa.String(length=200), nullable=True),
        sa.Column("document_number", sa.String(length=40), nullable=True),
        sa.Column("work_order_id", sa.BigInteger(), nullable=True),
        sa.Column("attachment_id", sa.BigInteger(), nullable=True),
        sa.Column("noted_at", Instant(), nullable=False),
        sa.Column("noted_by", ID, nullable=True),
        sa.Column("id", ID, nullable=False),
        sa.Column("platform_id", ID, nullable=False),
        sa.CheckConstraint(
            "kind IN ('workshop', 'fuel', 'insurance', 'rent', 'repair', 'inspection', 'cleaning', 'equipment', 'other')",
            name=op.f("ck_vehicle_cost_kind"),
        ),
        sa.CheckConstraint("cents > 0", name=op.f("ck_vehicle_cost_amount")),
        sa.ForeignKeyConstraint(
            ["platform_id", "vehicle_id"], ["vehicle.platform_id", "vehicle.id"], name=op.f("fk_vehicle_cost_platform_id_vehicle_id")
        ),
        sa.ForeignKeyConstraint(
            ["platform_id", "work_order_id"],
            ["work_order.platform_id", "work_order.id"],
            name=op.f("fk_vehicle_cost_platform_id_work_order_id"),
        ),
        sa.ForeignKeyConstraint(
            ["platform_id", "attachment_id"],
            ["attachment.platform_id", "attachment.id"],
            name=op.f("fk_vehicle_cost_platform_id_attachment_id"),
        ),
        sa.ForeignKeyConstraint(["platform_id"], ["platform.id"], name=op.f("fk_vehicle_cost_platform_id")),
        sa.ForeignKeyConstraint(["noted_by"], ["account.id"], name=op.f("fk_vehicle_cost_noted_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_vehicle_cost")),
        sa.UniqueConstraint("platform_id", "id", name=op.f("uq_vehicle_cost_platform_id_id")),
        sa.UniqueConstraint("platform_id", "work_order_id", name=op.f("uq_vehicle_cost_platform_id_work_order_id")),
    )
    op.create_index("ix_vehicle_cost_vehicle", "vehicle_cost", ["platform_id", "vehicle_id", "on"], unique=False)
    op.create_index("ix_vehicle_cost_on", "vehicle_cost", ["platform_id", "on"], unique=False)
    _take_closed_orders(costs)


def _take_closed_orders(costs: sa.Table) -> None:
    connection = op.get_bind()
    if connection.dialect.name == "postgresql":  # the owner fills every platform's rows; the guards force it again after the upgrade
        for table in ("work_order", "work_line"):
            op.execute(f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY")
    closed = sa.text(
        "SELECT o.platform_id, o.id, o.number, o.vehicle_id, o.closed_at, o.done_at, SUM(l.amount_cents) FROM work_order o"
        " JOIN work_line l ON l.platform_id = o.platform_id AND l.work_order_id = o.id WHERE o.status = 'closed'"
        " GROUP BY o.platform_id, o.id, o.number, o.vehicle_id, o.closed_at, o.done_at HAVING SUM(l.amount_cents) > 0"
    ).columns(closed_at=Instant(), done_at=Instant())
    for platform_id, order_id, number, vehicle_id, closed_at, done_at, cents in connection.execute(closed).all():
        connection.execute(
            costs.insert().values(
                platform_id=platform_id,
                vehicle_id=vehicle_id,
                on=paris_day(done_at or closed_at),
                kind="workshop",
                cents=int(cents),
                document_number=number,
                work_order_id=order_id,
                noted_at=closed_at,
            )
        )


def downgrade() -> None:
    op.drop_index("ix_vehicle_cost_on", table_name="vehicle_cost")
    op.drop_index("ix_vehicle_cost_vehicle", table_name="vehicle_cost")
    op.drop_table("vehicle_cost")
