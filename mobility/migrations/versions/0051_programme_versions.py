"""The escalating programme as dated data; the rents that platforms had set one by one become its first versions."""

from datetime import date
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0051"
down_revision = "0050"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
RENTS = {"billing.first_rent_cents": 0, "billing.second_rent_cents": 4600, "billing.target_cents": 22_000}
COVERS = [["rental", "fuel", "insurance"], ["insurance"]]


def upgrade() -> None:
    versions = op.create_table(
        "programme_version",
        sa.Column("label", sa.String(length=80), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("months", sa.BigInteger(), nullable=False),
        sa.Column("brackets", sa.JSON(), nullable=False),
        sa.Column("second_rent_cents", sa.BigInteger(), nullable=False),
        sa.Column("target_cents", sa.BigInteger(), nullable=False),
        sa.Column("loan", sa.JSON(), nullable=True),
        sa.Column("rounding", sa.String(length=8), nullable=False),
        sa.Column("covers", sa.JSON(), nullable=False),
        sa.Column("set_by", ID, nullable=True),
        sa.Column("id", ID, nullable=False),
        sa.Column("platform_id", ID, nullable=False),
        sa.CheckConstraint("months BETWEEN 3 AND 5", name=op.f("ck_programme_version_months")),
        sa.CheckConstraint("rounding IN ('cent', 'half', 'euro')", name=op.f("ck_programme_version_rounding")),
        sa.ForeignKeyConstraint(["platform_id"], ["platform.id"], name=op.f("fk_programme_version_platform_id")),
        sa.ForeignKeyConstraint(["set_by"], ["account.id"], name=op.f("fk_programme_version_set_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_programme_version")),
        sa.UniqueConstraint("platform_id", "id", name=op.f("uq_programme_version_platform_id_id")),
        sa.UniqueConstraint("platform_id", "from_on", name=op.f("uq_programme_version_platform_id_from_on")),
    )
    _take_settings(versions)


def _take_settings(versions: sa.Table) -> None:
    """A version from each day on which one of the three rents changed; the settings stay where they were, read by nobody."""
    connection = op.get_bind()
    if connection.dialect.name == "postgresql":  # the owner fills every platform's rows; the guards force it again after the upgrade
        op.execute("ALTER TABLE setting NO FORCE ROW LEVEL SECURITY")
    setting = sa.table(
        "setting", sa.column("platform_id"), sa.column("key"), sa.column("from_on", sa.Date()), sa.column("value", sa.JSON())
    )
    asked = sa.select(setting).where(setting.c.key.in_(RENTS)).order_by(setting.c.platform_id, setting.c.from_on)
    held: dict[int, dict[str, Any]] = {}
    found: dict[tuple[int, date], dict[str, Any]] = {}
    for platform_id, key, from_on, value in connection.execute(asked).all():
        held.setdefault(platform_id, dict(RENTS))[key] = value
        found[platform_id, from_on] = dict(held[platform_id])
    for (platform_id, from_on), (first, second, target) in ((which, rents.values()) for which, rents in found.items()):
        connection.execute(
            versions.insert().values(
                platform_id=platform_id,
                label="AMIE",
                from_on=from_on,
                months=5,
                brackets=[{"up_to_cents": None, "first_rent_cents": first}],
                second_rent_cents=second,
                target_cents=target,
                rounding="cent",
                covers=COVERS,
            )
        )


def downgrade() -> None:
    op.drop_table("programme_version")
