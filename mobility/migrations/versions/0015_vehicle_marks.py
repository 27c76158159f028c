"""Marks carried from rental to rental, the pictures of each look over a vehicle, and the signature of its report."""

import sqlalchemy as sa
from alembic import op

from mobility.db.types import Instant

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("condition_report", sa.Column("signed_at", Instant(), nullable=True))
    op.add_column("condition_report", sa.Column("signed_how", sa.String(length=10), nullable=True))
    op.add_column("condition_report", sa.Column("signer_name", sa.String(length=160), nullable=True))
    op.add_column("condition_report", sa.Column("signature", sa.String(), nullable=True))
    op.create_table(
        "vehicle_mark",
        sa.Column("vehicle_id", sa.BigInteger(), nullable=False),
        sa.Column("report_id", sa.BigInteger(), nullable=False),
        sa.Column("zone", sa.String(length=12), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("x", sa.BigInteger(), nullable=True),
        sa.Column("y", sa.BigInteger(), nullable=True),
        sa.Column("note", sa.String(length=120), nullable=True),
        sa.Column("seen_at", Instant(), nullable=False),
        sa.Column("seen_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("gone_at", Instant(), nullable=True),
        sa.Column("gone_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("platform_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.CheckConstraint("(x IS NULL) = (y IS NULL)", name=op.f("ck_vehicle_mark_whole_place")),
        sa.CheckConstraint("gone_at >= seen_at", name=op.f("ck_vehicle_mark_seen_before_gone")),
        sa.CheckConstraint("x BETWEEN 0 AND 1000 AND y BETWEEN 0 AND 1000", name=op.f("ck_vehicle_mark_on_the_sketch")),
        sa.ForeignKeyConstraint(["gone_by"], ["account.id"], name=op.f("fk_vehicle_mark_gone_by")),
        sa.ForeignKeyConstraint(
            ["platform_id", "report_id"],
            ["condition_report.platform_id", "condition_report.id"],
            name=op.f("fk_vehicle_mark_platform_id_report_id"),
        ),
        sa.ForeignKeyConstraint(
            ["platform_id", "vehicle_id"], ["vehicle.platform_id", "vehicle.id"], name=op.f("fk_vehicle_mark_platform_id_vehicle_id")
        ),
        sa.ForeignKeyConstraint(["platform_id"], ["platform.id"], name=op.f("fk_vehicle_mark_platform_id")),
        sa.ForeignKeyConstraint(["seen_by"], ["account.id"], name=op.f("fk_vehicle_mark_seen_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_vehicle_mark")),
        sa.UniqueConstraint("platform_id", "id", name=op.f("uq_vehicle_mark_platform_id_id")),
    )
    op.create_index("ix_vehicle_mark_report", "vehicle_mark", ["platform_id", "report_id"], unique=False)
    op.create_index("ix_vehicle_mark_vehicle", "vehicle_mark", ["platform_id", "vehicle_id", "seen_at"], unique=False)
    op.create_table(
        "look_photo",
        sa.Column("attachment_id", sa.BigInteger(), nullable=False),
        sa.Column("report_id", sa.BigInteger(), nullable=True),
        sa.Column("mark_id", sa.BigInteger(), nullable=True),
        sa.Column("reading_id", sa.BigInteger(), nullable=True),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("platform_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.CheckConstraint("(report_id IS NULL) <> (reading_id IS NULL)", name=op.f("ck_look_photo_of_one_look")),
        sa.ForeignKeyConstraint(
            ["platform_id", "attachment_id"],
            ["attachment.platform_id", "attachment.id"],
            name=op.f("fk_look_photo_platform_id_attachment_id"),
        ),
        sa.ForeignKeyConstraint(
            ["platform_id", "mark_id"], ["vehicle_mark.platform_id", "vehicle_mark.id"], name=op.f("fk_look_photo_platform_id_mark_id")
        ),
        sa.ForeignKeyConstraint(
            ["platform_id", "reading_id"],
            ["odometer_reading.platform_id", "odometer_reading.id"],
            name=op.f("fk_look_photo_platform_id_reading_id"),
        ),
        sa.ForeignKeyConstraint(
            ["platform_id", "report_id"],
            ["condition_report.platform_id", "condition_report.id"],
            name=op.f("fk_look_photo_platform_id_report_id"),
        ),
        sa.ForeignKeyConstraint(["platform_id"], ["platform.id"], name=op.f("fk_look_photo_platform_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_look_photo")),
        sa.UniqueConstraint("platform_id", "id", name=op.f("uq_look_photo_platform_id_id")),
    )
    op.create_index("ix_look_photo_mark", "look_photo", ["platform_id", "mark_id"], unique=False)
    op.create_index("ix_look_photo_reading", "look_photo", ["platform_id", "reading_id"], unique=False)
    op.create_index("ix_look_photo_report", "look_photo", ["platform_id", "report_id"], unique=False)


def downgrade() -> None:
    op.drop_table("look_photo")
    op.drop_table("vehicle_mark")
    with op.batch_alter_table("condition_report") as batch:
        for name in ("signed_at", "signed_how", "signer_name", "signature"):
            batch.drop_column(name)
