"""Vehicles, bookings, follow-up."""

import sqlalchemy as sa
from alembic import op

from mobility.db.types import Instant

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "vehicle",
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("label", sa.String(length=80), nullable=False),
        sa.Column("plate", sa.String(length=20), nullable=True),
        sa.Column("site_id", sa.BigInteger(), nullable=False),
        sa.Column("gearbox", sa.String(length=12), nullable=True),
        sa.Column("in_service_on", sa.Date(), nullable=False),
        sa.Column("out_of_service_on", sa.Date(), nullable=True),
        sa.Column("inspection_until", sa.Date(), nullable=True),
        sa.Column("insured_until", sa.Date(), nullable=True),
        sa.Column("insurer", sa.String(length=120), nullable=True),
        sa.Column("policy", sa.String(length=60), nullable=True),
        sa.Column("excess_cents", sa.BigInteger(), nullable=True),
        sa.Column("keys_place", sa.String(length=80), nullable=True),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("platform_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(["platform_id", "site_id"], ["site.platform_id", "site.id"], name=op.f("fk_vehicle_platform_id_site_id")),
        sa.ForeignKeyConstraint(["platform_id"], ["platform.id"], name=op.f("fk_vehicle_platform_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_vehicle")),
        sa.UniqueConstraint("platform_id", "id", name=op.f("uq_vehicle_platform_id_id")),
        sa.UniqueConstraint("platform_id", "label", name=op.f("uq_vehicle_platform_id_label")),
        sa.UniqueConstraint("platform_id", "plate", name=op.f("uq_vehicle_platform_id_plate")),
    )
    op.create_index("ix_vehicle_kind_site", "vehicle", ["platform_id", "kind", "site_id"], unique=False)
    op.create_table(
        "block",
        sa.Column("vehicle_id", sa.BigInteger(), nullable=False),
        sa.Column("reason", sa.String(length=30), nullable=False),
        sa.Column("note", sa.String(length=300), nullable=True),
        sa.Column("starts_at", Instant(), nullable=False),
        sa.Column("ends_at", Instant(), nullable=False),
        sa.Column("lifted_at", Instant(), nullable=True),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("created_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("platform_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.CheckConstraint("ends_at > starts_at", name=op.f("ck_block_period")),
        sa.ForeignKeyConstraint(["created_by"], ["account.id"], name=op.f("fk_block_created_by")),
        sa.ForeignKeyConstraint(
            ["platform_id", "vehicle_id"], ["vehicle.platform_id", "vehicle.id"], name=op.f("fk_block_platform_id_vehicle_id")
        ),
        sa.ForeignKeyConstraint(["platform_id"], ["platform.id"], name=op.f("fk_block_platform_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_block")),
        sa.UniqueConstraint("platform_id", "id", name=op.f("uq_block_platform_id_id")),
    )
    op.create_index("ix_block_vehicle", "block", ["platform_id", "vehicle_id", "ends_at"], unique=False)
    op.create_table(
        "booking",
        sa.Column("number", sa.String(length=20), nullable=False),
        sa.Column("beneficiary_id", sa.BigInteger(), nullable=False),
        sa.Column("vehicle_id", sa.BigInteger(), nullable=False),
        sa.Column("account_id", sa.BigInteger(), nullable=True),
        sa.Column("job_id", sa.BigInteger(), nullable=True),
        sa.Column("action_id", sa.BigInteger(), nullable=True),
        sa.Column("starts_at", Instant(), nullable=False),
        sa.Column("ends_at", Instant(), nullable=False),
        sa.Column("status", sa.String(length=12), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("programme", sa.String(length=10), nullable=False),
        sa.Column("qpv", sa.Boolean(), nullable=False),
        sa.Column("hold_expires_at", Instant(), nullable=True),
        sa.Column("handed_over_at", Instant(), nullable=True),
        sa.Column("returned_at", Instant(), nullable=True),
        sa.Column("eligibility", sa.JSON(), nullable=False),
        sa.Column("waivers", sa.JSON(), nullable=False),
        sa.Column("price_sentence", sa.String(length=400), nullable=False),
        sa.Column("one_way_tenths", sa.BigInteger(), nullable=True),
        sa.Column("weekdays", sa.BigInteger(), nullable=False),
        sa.Column("cap_applies", sa.Boolean(), nullable=False),
        sa.Column("cancel_reason", sa.String(length=40), nullable=True),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("created_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("platform_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.CheckConstraint("ends_at > starts_at", name=op.f("ck_booking_period")),
        sa.ForeignKeyConstraint(["created_by"], ["account.id"], name=op.f("fk_booking_created_by")),
        sa.ForeignKeyConstraint(
            ["platform_id", "account_id"],
            ["billing_account.platform_id", "billing_account.id"],
            name=op.f("fk_booking_platform_id_account_id"),
        ),
        sa.ForeignKeyConstraint(
            ["platform_id", "action_id"], ["action.platform_id", "action.id"], name=op.f("fk_booking_platform_id_action_id")
        ),
        sa.ForeignKeyConstraint(
            ["platform_id", "beneficiary_id"],
            ["beneficiary.platform_id", "beneficiary.id"],
            name=op.f("fk_booking_platform_id_beneficiary_id"),
        ),
        sa.ForeignKeyConstraint(["platform_id", "job_id"], ["job.platform_id", "job.id"], name=op.f("fk_booking_platform_id_job_id")),
        sa.ForeignKeyConstraint(
            ["platform_id", "vehicle_id"], ["vehicle.platform_id", "vehicle.id"], name=op.f("fk_booking_platform_id_vehicle_id")
        ),
        sa.ForeignKeyConstraint(["platform_id"], ["platform.id"], name=op.f("fk_booking_platform_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_booking")),
        sa.UniqueConstraint("platform_id", "id", name=op.f("uq_booking_platform_id_id")),
        sa.UniqueConstraint("platform_id", "number", name=op.f("uq_booking_platform_id_number")),
    )
    op.create_index("ix_booking_beneficiary", "booking", ["platform_id", "beneficiary_id"], unique=False)
    op.create_index("ix_booking_status", "booking", ["platform_id", "status", "starts_at"], unique=False)
    op.create_table(
        "cap_decision",
        sa.Column("booking_id", sa.BigInteger(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("decision", sa.String(length=12), nullable=False),
        sa.Column("reason", sa.String(length=200), nullable=True),
        sa.Column("cap_tenths", sa.BigInteger(), nullable=True),
        sa.Column("driven_km", sa.BigInteger(), nullable=True),
        sa.Column("decided_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("platform_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(["decided_by"], ["account.id"], name=op.f("fk_cap_decision_decided_by")),
        sa.ForeignKeyConstraint(
            ["platform_id", "booking_id"], ["booking.platform_id", "booking.id"], name=op.f("fk_cap_decision_platform_id_booking_id")
        ),
        sa.ForeignKeyConstraint(["platform_id"], ["platform.id"], name=op.f("fk_cap_decision_platform_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cap_decision")),
        sa.UniqueConstraint("platform_id", "id", name=op.f("uq_cap_decision_platform_id_id")),
    )
    op.create_index("ix_cap_decision_booking", "cap_decision", ["platform_id", "booking_id", "at"], unique=False)
    op.create_table(
        "condition_report",
        sa.Column("booking_id", sa.BigInteger(), nullable=False),
        sa.Column("vehicle_id", sa.BigInteger(), nullable=False),
        sa.Column("moment", sa.String(length=12), nullable=False),
        sa.Column("zones", sa.JSON(), nullable=False),
        sa.Column("fuel", sa.String(length=12), nullable=True),
        sa.Column("note", sa.String(length=300), nullable=True),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("platform_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(["by"], ["account.id"], name=op.f("fk_condition_report_by")),
        sa.ForeignKeyConstraint(
            ["platform_id", "booking_id"], ["booking.platform_id", "booking.id"], name=op.f("fk_condition_report_platform_id_booking_id")
        ),
        sa.ForeignKeyConstraint(
            ["platform_id", "vehicle_id"], ["vehicle.platform_id", "vehicle.id"], name=op.f("fk_condition_report_platform_id_vehicle_id")
        ),
        sa.ForeignKeyConstraint(["platform_id"], ["platform.id"], name=op.f("fk_condition_report_platform_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_condition_report")),
        sa.UniqueConstraint("platform_id", "id", name=op.f("uq_condition_report_platform_id_id")),
    )
    op.create_index("ix_condition_report_booking", "condition_report", ["platform_id", "booking_id", "at"], unique=False)
    op.create_table(
        "contract",
        sa.Column("number", sa.String(length=30), nullable=False),
        sa.Column("booking_id", sa.BigInteger(), nullable=False),
        sa.Column("terms", sa.JSON(), nullable=False),
        sa.Column("made_at", Instant(), nullable=False),
        sa.Column("signed_at", Instant(), nullable=True),
        sa.Column("signed_how", sa.String(length=10), nullable=True),
        sa.Column("signer_name", sa.String(length=160), nullable=True),
        sa.Column("signature", sa.String(), nullable=True),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("platform_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(
            ["platform_id", "booking_id"], ["booking.platform_id", "booking.id"], name=op.f("fk_contract_platform_id_booking_id")
        ),
        sa.ForeignKeyConstraint(["platform_id"], ["platform.id"], name=op.f("fk_contract_platform_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contract")),
        sa.UniqueConstraint("platform_id", "id", name=op.f("uq_contract_platform_id_id")),
        sa.UniqueConstraint("platform_id", "number", name=op.f("uq_contract_platform_id_number")),
    )
    op.create_index("ix_contract_booking", "contract", ["platform_id", "booking_id"], unique=False)
    op.create_table(
        "granted_trip",
        sa.Column("booking_id", sa.BigInteger(), nullable=False),
        sa.Column("tenths", sa.BigInteger(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("reason", sa.String(length=30), nullable=False),
        sa.Column("granted_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("platform_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(["granted_by"], ["account.id"], name=op.f("fk_granted_trip_granted_by")),
        sa.ForeignKeyConstraint(
            ["platform_id", "booking_id"], ["booking.platform_id", "booking.id"], name=op.f("fk_granted_trip_platform_id_booking_id")
        ),
        sa.ForeignKeyConstraint(["platform_id"], ["platform.id"], name=op.f("fk_granted_trip_platform_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_granted_trip")),
        sa.UniqueConstraint("platform_id", "id", name=op.f("uq_granted_trip_platform_id_id")),
    )
    op.create_index("ix_granted_trip_booking", "granted_trip", ["platform_id", "booking_id"], unique=False)
    op.create_table(
        "occupancy",
        sa.Column("vehicle_id", sa.BigInteger(), nullable=False),
        sa.Column("booking_id", sa.BigInteger(), nullable=True),
        sa.Column("block_id", sa.BigInteger(), nullable=True),
        sa.Column("starts_at", Instant(), nullable=False),
        sa.Column("ends_at", Instant(), nullable=False),
        sa.Column("status", sa.String(length=12), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("platform_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.CheckConstraint("status IN ('held', 'confirmed', 'out', 'late', 'workshop', 'released')", name=op.f("ck_occupancy_status")),
        sa.CheckConstraint("(booking_id IS NULL) <> (block_id IS NULL)", name=op.f("ck_occupancy_one_holder")),
        sa.CheckConstraint("ends_at > starts_at", name=op.f("ck_occupancy_period")),
        sa.ForeignKeyConstraint(
            ["platform_id", "block_id"], ["block.platform_id", "block.id"], name=op.f("fk_occupancy_platform_id_block_id")
        ),
        sa.ForeignKeyConstraint(
            ["platform_id", "booking_id"], ["booking.platform_id", "booking.id"], name=op.f("fk_occupancy_platform_id_booking_id")
        ),
        sa.ForeignKeyConstraint(
            ["platform_id", "vehicle_id"], ["vehicle.platform_id", "vehicle.id"], name=op.f("fk_occupancy_platform_id_vehicle_id")
        ),
        sa.ForeignKeyConstraint(["platform_id"], ["platform.id"], name=op.f("fk_occupancy_platform_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_occupancy")),
        sa.UniqueConstraint("platform_id", "id", name=op.f("uq_occupancy_platform_id_id")),
    )
    op.create_index("ix_occupancy_booking", "occupancy", ["platform_id", "booking_id"], unique=False)
    op.create_index("ix_occupancy_vehicle", "occupancy", ["platform_id", "vehicle_id", "ends_at", "starts_at"], unique=False)
    op.create_table(
        "odometer_reading",
        sa.Column("vehicle_id", sa.BigInteger(), nullable=False),
        sa.Column("booking_id", sa.BigInteger(), nullable=True),
        sa.Column("km", sa.BigInteger(), nullable=False),
        sa.Column("read_at", Instant(), nullable=False),
        sa.Column("status", sa.String(length=12), nullable=False),
        sa.Column("source", sa.String(length=12), nullable=False),
        sa.Column("explanation", sa.String(length=300), nullable=True),
        sa.Column("reason", sa.String(length=200), nullable=True),
        sa.Column("supersedes_id", sa.BigInteger(), nullable=True),
        sa.Column("read_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("platform_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.CheckConstraint("km >= 0", name=op.f("ck_odometer_reading_km")),
        sa.ForeignKeyConstraint(
            ["platform_id", "booking_id"], ["booking.platform_id", "booking.id"], name=op.f("fk_odometer_reading_platform_id_booking_id")
        ),
        sa.ForeignKeyConstraint(
            ["platform_id", "supersedes_id"],
            ["odometer_reading.platform_id", "odometer_reading.id"],
            name=op.f("fk_odometer_reading_platform_id_supersedes_id"),
        ),
        sa.ForeignKeyConstraint(
            ["platform_id", "vehicle_id"], ["vehicle.platform_id", "vehicle.id"], name=op.f("fk_odometer_reading_platform_id_vehicle_id")
        ),
        sa.ForeignKeyConstraint(["platform_id"], ["platform.id"], name=op.f("fk_odometer_reading_platform_id")),
        sa.ForeignKeyConstraint(["read_by"], ["account.id"], name=op.f("fk_odometer_reading_read_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_odometer_reading")),
        sa.UniqueConstraint("platform_id", "id", name=op.f("uq_odometer_reading_platform_id_id")),
    )
    op.create_index("ix_odometer_reading_booking", "odometer_reading", ["platform_id", "booking_id", "read_at"], unique=False)
    op.create_index("ix_odometer_reading_vehicle", "odometer_reading", ["platform_id", "vehicle_id", "read_at"], unique=False)
    op.create_table(
        "outcome",
        sa.Column("beneficiary_id", sa.BigInteger(), nullable=False),
        sa.Column("booking_id", sa.BigInteger(), nullable=True),
        sa.Column("recorded_on", sa.Date(), nullable=False),
        sa.Column("end_reason", sa.String(length=30), nullable=False),
        sa.Column("job_kind", sa.String(length=20), nullable=False),
        sa.Column("lasting_solution", sa.String(length=30), nullable=False),
        sa.Column("recorded_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("platform_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(
            ["platform_id", "beneficiary_id"],
            ["beneficiary.platform_id", "beneficiary.id"],
            name=op.f("fk_outcome_platform_id_beneficiary_id"),
        ),
        sa.ForeignKeyConstraint(
            ["platform_id", "booking_id"], ["booking.platform_id", "booking.id"], name=op.f("fk_outcome_platform_id_booking_id")
        ),
        sa.ForeignKeyConstraint(["platform_id"], ["platform.id"], name=op.f("fk_outcome_platform_id")),
        sa.ForeignKeyConstraint(["recorded_by"], ["account.id"], name=op.f("fk_outcome_recorded_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outcome")),
        sa.UniqueConstraint("platform_id", "id", name=op.f("uq_outcome_platform_id_id")),
    )
    op.create_index("ix_outcome_beneficiary", "outcome", ["platform_id", "beneficiary_id"], unique=False)
    op.create_index("ix_outcome_recorded_on", "outcome", ["platform_id", "recorded_on"], unique=False)
    op.create_table(
        "point_etape",
        sa.Column("booking_id", sa.BigInteger(), nullable=False),
        sa.Column("meeting_id", sa.BigInteger(), nullable=True),
        sa.Column("planned_at", Instant(), nullable=False),
        sa.Column("held_at", Instant(), nullable=True),
        sa.Column("mode", sa.String(length=12), nullable=True),
        sa.Column("reading_id", sa.BigInteger(), nullable=True),
        sa.Column("condition_id", sa.BigInteger(), nullable=True),
        sa.Column("payment_id", sa.BigInteger(), nullable=True),
        sa.Column("cap", sa.JSON(), nullable=True),
        sa.Column("job_state", sa.String(length=20), nullable=True),
        sa.Column("next_step", sa.String(length=30), nullable=True),
        sa.Column("held_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("platform_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(["held_by"], ["account.id"], name=op.f("fk_point_etape_held_by")),
        sa.ForeignKeyConstraint(
            ["platform_id", "booking_id"], ["booking.platform_id", "booking.id"], name=op.f("fk_point_etape_platform_id_booking_id")
        ),
        sa.ForeignKeyConstraint(
            ["platform_id", "condition_id"],
            ["condition_report.platform_id", "condition_report.id"],
            name=op.f("fk_point_etape_platform_id_condition_id"),
        ),
        sa.ForeignKeyConstraint(
            ["platform_id", "meeting_id"], ["meeting.platform_id", "meeting.id"], name=op.f("fk_point_etape_platform_id_meeting_id")
        ),
        sa.ForeignKeyConstraint(
            ["platform_id", "payment_id"], ["payment.platform_id", "payment.id"], name=op.f("fk_point_etape_platform_id_payment_id")
        ),
        sa.ForeignKeyConstraint(
            ["platform_id", "reading_id"],
            ["odometer_reading.platform_id", "odometer_reading.id"],
            name=op.f("fk_point_etape_platform_id_reading_id"),
        ),
        sa.ForeignKeyConstraint(["platform_id"], ["platform.id"], name=op.f("fk_point_etape_platform_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_point_etape")),
        sa.UniqueConstraint("platform_id", "id", name=op.f("uq_point_etape_platform_id_id")),
    )
    op.create_index("ix_point_etape_booking", "point_etape", ["platform_id", "booking_id", "planned_at"], unique=False)
    op.create_index("ix_point_etape_planned", "point_etape", ["platform_id", "held_at", "planned_at"], unique=False)


def downgrade() -> None:
    op.drop_index("ix_point_etape_planned", table_name="point_etape")
    op.drop_index("ix_point_etape_booking", table_name="point_etape")
    op.drop_table("point_etape")
    op.drop_index("ix_outcome_recorded_on", table_name="outcome")
    op.drop_index("ix_outcome_beneficiary", table_name="outcome")
    op.drop_table("outcome")
    op.drop_index("ix_odometer_reading_vehicle", table_name="odometer_reading")
    op.drop_index("ix_odometer_reading_booking", table_name="odometer_reading")
    op.drop_table("odometer_reading")
    op.drop_index("ix_occupancy_vehicle", table_name="occupancy")
    op.drop_index("ix_occupancy_booking", table_name="occupancy")
    op.drop_table("occupancy")
    op.drop_index("ix_granted_trip_booking", table_name="granted_trip")
    op.drop_table("granted_trip")
    op.drop_index("ix_contract_booking", table_name="contract")
    op.drop_table("contract")
    op.drop_index("ix_condition_report_booking", table_name="condition_report")
    op.drop_table("condition_report")
    op.drop_index("ix_cap_decision_booking", table_name="cap_decision")
    op.drop_table("cap_decision")
    op.drop_index("ix_booking_status", table_name="booking")
    op.drop_index("ix_booking_beneficiary", table_name="booking")
    op.drop_table("booking")
    op.drop_index("ix_block_vehicle", table_name="block")
    op.drop_table("block")
    op.drop_index("ix_vehicle_kind_site", table_name="vehicle")
    op.drop_table("vehicle")
