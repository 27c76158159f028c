"""Tariffs, accounts, deposits, payments, books."""

import sqlalchemy as sa
from alembic import op

from mobility.db.types import Instant

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "books",
        sa.Column("last_entry", sa.BigInteger(), nullable=False),
        sa.Column("last_hash", sa.String(length=64), nullable=False),
        sa.Column("anchor", sa.String(length=64), nullable=False),
        sa.Column("last_receipt", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("platform_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(["platform_id"], ["platform.id"], name=op.f("fk_books_platform_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_books")),
        sa.UniqueConstraint("platform_id", "id", name=op.f("uq_books_platform_id_id")),
        sa.UniqueConstraint("platform_id", name=op.f("uq_books_platform_id")),
    )
    op.create_table(
        "gateway_event",
        sa.Column("event_id", sa.String(length=120), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("payment_id", sa.BigInteger(), nullable=True),
        sa.Column("cents", sa.BigInteger(), nullable=True),
        sa.Column("currency", sa.String(length=3), nullable=True),
        sa.Column("outcome", sa.String(length=12), nullable=False),
        sa.Column("reason", sa.String(length=200), nullable=True),
        sa.Column("received_at", Instant(), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("handled_at", Instant(), nullable=True),
        sa.Column("handled_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("handled_note", sa.String(length=200), nullable=True),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("platform_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(["handled_by"], ["account.id"], name=op.f("fk_gateway_event_handled_by")),
        sa.ForeignKeyConstraint(["platform_id"], ["platform.id"], name=op.f("fk_gateway_event_platform_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_gateway_event")),
        sa.UniqueConstraint("platform_id", "event_id", name=op.f("uq_gateway_event_platform_id_event_id")),
        sa.UniqueConstraint("platform_id", "id", name=op.f("uq_gateway_event_platform_id_id")),
    )
    op.create_index("ix_gateway_event_outcome", "gateway_event", ["platform_id", "outcome"], unique=False)
    op.create_table(
        "gateway_keys",
        sa.Column("secret_key", sa.String(length=600), nullable=False),
        sa.Column("webhook_secret", sa.String(length=600), nullable=False),
        sa.Column("set_at", Instant(), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("platform_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(["platform_id"], ["platform.id"], name=op.f("fk_gateway_keys_platform_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_gateway_keys")),
        sa.UniqueConstraint("platform_id", "id", name=op.f("uq_gateway_keys_platform_id_id")),
        sa.UniqueConstraint("platform_id", name=op.f("uq_gateway_keys_platform_id")),
    )
    op.create_table(
        "journal_entry",
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("journal", sa.String(length=4), nullable=False),
        sa.Column("label", sa.String(length=200), nullable=False),
        sa.Column("reference", sa.String(length=60), nullable=False),
        sa.Column("reverses", sa.BigInteger(), nullable=True),
        sa.Column("previous_hash", sa.String(length=64), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("platform_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(["platform_id"], ["platform.id"], name=op.f("fk_journal_entry_platform_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_journal_entry")),
        sa.UniqueConstraint("platform_id", "id", name=op.f("uq_journal_entry_platform_id_id")),
        sa.UniqueConstraint("platform_id", "number", name=op.f("uq_journal_entry_platform_id_number")),
    )
    op.create_index("ix_journal_entry_on", "journal_entry", ["platform_id", "on"], unique=False)
    op.create_table(
        "tariff_version",
        sa.Column("label", sa.String(length=80), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("day_cents", sa.JSON(), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("platform_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(["platform_id"], ["platform.id"], name=op.f("fk_tariff_version_platform_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tariff_version")),
        sa.UniqueConstraint("platform_id", "from_on", name=op.f("uq_tariff_version_platform_id_from_on")),
        sa.UniqueConstraint("platform_id", "id", name=op.f("uq_tariff_version_platform_id_id")),
    )
    op.create_table(
        "tier",
        sa.Column("code", sa.String(length=20), nullable=False),
        sa.Column("label", sa.String(length=80), nullable=False),
        sa.Column("share_numerator", sa.BigInteger(), nullable=True),
        sa.Column("share_denominator", sa.BigInteger(), nullable=True),
        sa.Column("price_cents", sa.JSON(), nullable=True),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("to_on", sa.Date(), nullable=True),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("platform_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.CheckConstraint("(share_denominator > 0) OR (price_cents IS NOT NULL)", name=op.f("ck_tier_share_or_price")),
        sa.ForeignKeyConstraint(["platform_id"], ["platform.id"], name=op.f("fk_tier_platform_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tier")),
        sa.UniqueConstraint("platform_id", "code", "from_on", name=op.f("uq_tier_platform_id_code_from_on")),
        sa.UniqueConstraint("platform_id", "id", name=op.f("uq_tier_platform_id_id")),
    )
    op.create_table(
        "billing_account",
        sa.Column("beneficiary_id", sa.BigInteger(), nullable=False),
        sa.Column("reference", sa.String(length=40), nullable=False),
        sa.Column("label", sa.String(length=120), nullable=False),
        sa.Column("programme", sa.String(length=10), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("tariff_version_id", sa.BigInteger(), nullable=True),
        sa.Column("qpv", sa.Boolean(), nullable=False),
        sa.Column("first_on", sa.Date(), nullable=False),
        sa.Column("last_on", sa.Date(), nullable=True),
        sa.Column("terms", sa.JSON(), nullable=False),
        sa.Column("out_of_service", sa.JSON(), nullable=False),
        sa.Column("started_at", Instant(), nullable=True),
        sa.Column("ended_at", Instant(), nullable=True),
        sa.Column("opened_at", Instant(), nullable=False),
        sa.Column("closed_at", Instant(), nullable=True),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("platform_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(
            ["platform_id", "beneficiary_id"],
            ["beneficiary.platform_id", "beneficiary.id"],
            name=op.f("fk_billing_account_platform_id_beneficiary_id"),
        ),
        sa.ForeignKeyConstraint(
            ["platform_id", "tariff_version_id"],
            ["tariff_version.platform_id", "tariff_version.id"],
            name=op.f("fk_billing_account_platform_id_tariff_version_id"),
        ),
        sa.ForeignKeyConstraint(["platform_id"], ["platform.id"], name=op.f("fk_billing_account_platform_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_billing_account")),
        sa.UniqueConstraint("platform_id", "id", name=op.f("uq_billing_account_platform_id_id")),
        sa.UniqueConstraint("platform_id", "reference", name=op.f("uq_billing_account_platform_id_reference")),
    )
    op.create_index("ix_billing_account_beneficiary", "billing_account", ["platform_id", "beneficiary_id"], unique=False)
    op.create_index("ix_billing_account_running", "billing_account", ["platform_id", "ended_at"], unique=False)
    op.create_table(
        "ledger_line",
        sa.Column("entry_number", sa.BigInteger(), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("ledger_code", sa.String(length=12), nullable=False),
        sa.Column("subject_number", sa.String(length=20), nullable=True),
        sa.Column("account_id", sa.BigInteger(), nullable=True),
        sa.Column("debit_cents", sa.BigInteger(), nullable=False),
        sa.Column("credit_cents", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("platform_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.CheckConstraint(
            "debit_cents >= 0 AND credit_cents >= 0 AND (debit_cents = 0 OR credit_cents = 0) AND debit_cents + credit_cents > 0",
            name=op.f("ck_ledger_line_one_side"),
        ),
        sa.ForeignKeyConstraint(
            ["platform_id", "entry_number"],
            ["journal_entry.platform_id", "journal_entry.number"],
            name=op.f("fk_ledger_line_platform_id_entry_number"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(["platform_id"], ["platform.id"], name=op.f("fk_ledger_line_platform_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ledger_line")),
        sa.UniqueConstraint("platform_id", "entry_number", "position", name=op.f("uq_ledger_line_platform_id_entry_number_position")),
        sa.UniqueConstraint("platform_id", "id", name=op.f("uq_ledger_line_platform_id_id")),
    )
    op.create_index("ix_ledger_line_account", "ledger_line", ["platform_id", "account_id", "ledger_code"], unique=False)
    op.create_index("ix_ledger_line_ledger_code", "ledger_line", ["platform_id", "ledger_code"], unique=False)
    op.create_index("ix_ledger_line_subject", "ledger_line", ["platform_id", "subject_number", "ledger_code"], unique=False)
    op.create_table(
        "tier_proof",
        sa.Column("beneficiary_id", sa.BigInteger(), nullable=False),
        sa.Column("tier_code", sa.String(length=20), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("to_on", sa.Date(), nullable=True),
        sa.Column("paper_issued_on", sa.Date(), nullable=True),
        sa.Column("paper_valid_until", sa.Date(), nullable=True),
        sa.Column("recorded_at", Instant(), nullable=False),
        sa.Column("recorded_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("platform_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(
            ["platform_id", "beneficiary_id"],
            ["beneficiary.platform_id", "beneficiary.id"],
            name=op.f("fk_tier_proof_platform_id_beneficiary_id"),
        ),
        sa.ForeignKeyConstraint(["platform_id"], ["platform.id"], name=op.f("fk_tier_proof_platform_id")),
        sa.ForeignKeyConstraint(["recorded_by"], ["account.id"], name=op.f("fk_tier_proof_recorded_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tier_proof")),
        sa.UniqueConstraint("platform_id", "id", name=op.f("uq_tier_proof_platform_id_id")),
    )
    op.create_index("ix_tier_proof_beneficiary", "tier_proof", ["platform_id", "beneficiary_id", "from_on"], unique=False)
    op.create_table(
        "charge",
        sa.Column("account_id", sa.BigInteger(), nullable=False),
        sa.Column("key", sa.String(length=40), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("first_on", sa.Date(), nullable=False),
        sa.Column("last_on", sa.Date(), nullable=False),
        sa.Column("cents", sa.BigInteger(), nullable=False),
        sa.Column("sentence", sa.String(length=400), nullable=False),
        sa.Column("days", sa.JSON(), nullable=False),
        sa.Column("posted_at", Instant(), nullable=False),
        sa.Column("entry_number", sa.BigInteger(), nullable=True),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("platform_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(
            ["platform_id", "account_id"],
            ["billing_account.platform_id", "billing_account.id"],
            name=op.f("fk_charge_platform_id_account_id"),
        ),
        sa.ForeignKeyConstraint(["platform_id"], ["platform.id"], name=op.f("fk_charge_platform_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_charge")),
        sa.UniqueConstraint("platform_id", "account_id", "key", name=op.f("uq_charge_platform_id_account_id_key")),
        sa.UniqueConstraint("platform_id", "id", name=op.f("uq_charge_platform_id_id")),
    )
    op.create_index("ix_charge_first_on", "charge", ["platform_id", "first_on"], unique=False)
    op.create_table(
        "deposit",
        sa.Column("account_id", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("status", sa.String(length=20), nullable=False),
        sa.Column("due_cents", sa.BigInteger(), nullable=False),
        sa.Column("held_cents", sa.BigInteger(), nullable=False),
        sa.Column("plan", sa.JSON(), nullable=False),
        sa.Column("deferred_reason", sa.String(length=40), nullable=True),
        sa.Column("release_on", sa.Date(), nullable=True),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("platform_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.CheckConstraint("held_cents >= 0 AND due_cents >= 0", name=op.f("ck_deposit_amounts")),
        sa.ForeignKeyConstraint(
            ["platform_id", "account_id"],
            ["billing_account.platform_id", "billing_account.id"],
            name=op.f("fk_deposit_platform_id_account_id"),
        ),
        sa.ForeignKeyConstraint(["platform_id"], ["platform.id"], name=op.f("fk_deposit_platform_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deposit")),
        sa.UniqueConstraint("platform_id", "id", name=op.f("uq_deposit_platform_id_id")),
    )
    op.create_index("ix_deposit_account", "deposit", ["platform_id", "account_id"], unique=False)
    op.create_table(
        "deposit_step",
        sa.Column("deposit_id", sa.BigInteger(), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=True),
        sa.Column("act", sa.String(length=20), nullable=False),
        sa.Column("cents", sa.BigInteger(), nullable=False),
        sa.Column("means", sa.String(length=20), nullable=True),
        sa.Column("reason", sa.String(length=200), nullable=True),
        sa.Column("reference", sa.String(length=120), nullable=True),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("entry_number", sa.BigInteger(), nullable=True),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("platform_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(["by"], ["account.id"], name=op.f("fk_deposit_step_by")),
        sa.ForeignKeyConstraint(
            ["platform_id", "deposit_id"], ["deposit.platform_id", "deposit.id"], name=op.f("fk_deposit_step_platform_id_deposit_id")
        ),
        sa.ForeignKeyConstraint(["platform_id"], ["platform.id"], name=op.f("fk_deposit_step_platform_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deposit_step")),
        sa.UniqueConstraint("platform_id", "id", name=op.f("uq_deposit_step_platform_id_id")),
    )
    op.create_index("ix_deposit_step_deposit", "deposit_step", ["platform_id", "deposit_id"], unique=False)
    op.create_table(
        "payment",
        sa.Column("account_id", sa.BigInteger(), nullable=False),
        sa.Column("deposit_id", sa.BigInteger(), nullable=True),
        sa.Column("purpose", sa.String(length=10), nullable=False),
        sa.Column("means", sa.String(length=20), nullable=False),
        sa.Column("cents", sa.BigInteger(), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("status", sa.String(length=12), nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("reference", sa.String(length=60), nullable=False),
        sa.Column("voucher", sa.String(length=60), nullable=True),
        sa.Column("session_reference", sa.String(length=120), nullable=True),
        sa.Column("charge_reference", sa.String(length=120), nullable=True),
        sa.Column("checkout_url", sa.String(length=2000), nullable=True),
        sa.Column("checkout_opened_at", Instant(), nullable=True),
        sa.Column("failure", sa.String(length=200), nullable=True),
        sa.Column("refunded_cents", sa.BigInteger(), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("settled_at", Instant(), nullable=True),
        sa.Column("taken_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("entry_number", sa.BigInteger(), nullable=True),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("platform_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.CheckConstraint("cents > 0 AND refunded_cents >= 0 AND refunded_cents <= cents", name=op.f("ck_payment_amounts")),
        sa.ForeignKeyConstraint(
            ["platform_id", "account_id"],
            ["billing_account.platform_id", "billing_account.id"],
            name=op.f("fk_payment_platform_id_account_id"),
        ),
        sa.ForeignKeyConstraint(
            ["platform_id", "deposit_id"], ["deposit.platform_id", "deposit.id"], name=op.f("fk_payment_platform_id_deposit_id")
        ),
        sa.ForeignKeyConstraint(["platform_id"], ["platform.id"], name=op.f("fk_payment_platform_id")),
        sa.ForeignKeyConstraint(["taken_by"], ["account.id"], name=op.f("fk_payment_taken_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_payment")),
        sa.UniqueConstraint("platform_id", "id", name=op.f("uq_payment_platform_id_id")),
        sa.UniqueConstraint("platform_id", "key", name=op.f("uq_payment_platform_id_key")),
        sa.UniqueConstraint("platform_id", "reference", name=op.f("uq_payment_platform_id_reference")),
    )
    op.create_index("ix_payment_account", "payment", ["platform_id", "account_id"], unique=False)
    op.create_index("ix_payment_session_reference", "payment", ["platform_id", "session_reference"], unique=False)
    op.create_index("ix_payment_status", "payment", ["platform_id", "status", "created_at"], unique=False)
    op.create_table(
        "payment_refund",
        sa.Column("payment_id", sa.BigInteger(), nullable=False),
        sa.Column("cents", sa.BigInteger(), nullable=False),
        sa.Column("reason", sa.String(length=200), nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("status", sa.String(length=12), nullable=False),
        sa.Column("failure", sa.String(length=200), nullable=True),
        sa.Column("refund_reference", sa.String(length=120), nullable=True),
        sa.Column("asked_at", Instant(), nullable=False),
        sa.Column("asked_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("settled_at", Instant(), nullable=True),
        sa.Column("entry_number", sa.BigInteger(), nullable=True),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("platform_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.CheckConstraint("cents > 0", name=op.f("ck_payment_refund_amount")),
        sa.ForeignKeyConstraint(["asked_by"], ["account.id"], name=op.f("fk_payment_refund_asked_by")),
        sa.ForeignKeyConstraint(
            ["platform_id", "payment_id"], ["payment.platform_id", "payment.id"], name=op.f("fk_payment_refund_platform_id_payment_id")
        ),
        sa.ForeignKeyConstraint(["platform_id"], ["platform.id"], name=op.f("fk_payment_refund_platform_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_payment_refund")),
        sa.UniqueConstraint("platform_id", "id", name=op.f("uq_payment_refund_platform_id_id")),
        sa.UniqueConstraint("platform_id", "key", name=op.f("uq_payment_refund_platform_id_key")),
    )
    op.create_index("ix_payment_refund_payment", "payment_refund", ["platform_id", "payment_id"], unique=False)
    op.create_index("ix_payment_refund_status", "payment_refund", ["platform_id", "status"], unique=False)
    op.create_table(
        "receipt",
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("payment_id", sa.BigInteger(), nullable=False),
        sa.Column("issued_at", Instant(), nullable=False),
        sa.Column("cents", sa.BigInteger(), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("platform_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(
            ["platform_id", "payment_id"], ["payment.platform_id", "payment.id"], name=op.f("fk_receipt_platform_id_payment_id")
        ),
        sa.ForeignKeyConstraint(["platform_id"], ["platform.id"], name=op.f("fk_receipt_platform_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_receipt")),
        sa.UniqueConstraint("platform_id", "id", name=op.f("uq_receipt_platform_id_id")),
        sa.UniqueConstraint("platform_id", "number", name=op.f("uq_receipt_platform_id_number")),
        sa.UniqueConstraint("platform_id", "payment_id", name=op.f("uq_receipt_platform_id_payment_id")),
    )


def downgrade() -> None:
    op.drop_table("receipt")
    op.drop_index("ix_payment_refund_status", table_name="payment_refund")
    op.drop_index("ix_payment_refund_payment", table_name="payment_refund")
    op.drop_table("payment_refund")
    op.drop_index("ix_payment_status", table_name="payment")
    op.drop_index("ix_payment_session_reference", table_name="payment")
    op.drop_index("ix_payment_account", table_name="payment")
    op.drop_table("payment")
    op.drop_index("ix_deposit_step_deposit", table_name="deposit_step")
    op.drop_table("deposit_step")
    op.drop_index("ix_deposit_account", table_name="deposit")
    op.drop_table("deposit")
    op.drop_index("ix_charge_first_on", table_name="charge")
    op.drop_table("charge")
    op.drop_index("ix_tier_proof_beneficiary", table_name="tier_proof")
    op.drop_table("tier_proof")
    op.drop_index("ix_ledger_line_subject", table_name="ledger_line")
    op.drop_index("ix_ledger_line_ledger_code", table_name="ledger_line")
    op.drop_index("ix_ledger_line_account", table_name="ledger_line")
    op.drop_table("ledger_line")
    op.drop_index("ix_billing_account_running", table_name="billing_account")
    op.drop_index("ix_billing_account_beneficiary", table_name="billing_account")
    op.drop_table("billing_account")
    op.drop_table("tier")
    op.drop_table("tariff_version")
    op.drop_index("ix_journal_entry_on", table_name="journal_entry")
    op.drop_table("journal_entry")
    op.drop_table("gateway_keys")
    op.drop_index("ix_gateway_event_outcome", table_name="gateway_event")
    op.drop_table("gateway_event")
    op.drop_table("books")
