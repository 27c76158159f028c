"""The ground: platforms, accounts, people, paths, records."""

import sqlalchemy as sa
from alembic import op

from mobility.db.types import Instant

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "account",
        sa.Column("email", sa.String(length=200), nullable=True),
        sa.Column("identifier", sa.String(length=40), nullable=True),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("password_hash", sa.String(length=200), nullable=True),
        sa.Column("must_change", sa.Boolean(), nullable=False),
        sa.Column("code_until_at", Instant(), nullable=True),
        sa.Column("totp_secret", sa.String(length=300), nullable=True),
        sa.Column("totp_last_step", sa.BigInteger(), nullable=True),
        sa.Column("disabled_at", Instant(), nullable=True),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_account")),
        sa.UniqueConstraint("email", name=op.f("uq_account_email")),
        sa.UniqueConstraint("identifier", name=op.f("uq_account_identifier")),
    )
    op.create_table(
        "login_attempt",
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_login_attempt")),
    )
    op.create_index("ix_login_attempt_kind_key_at", "login_attempt", ["kind", "key", "at"], unique=False)
    op.create_table(
        "platform",
        sa.Column("slug", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("legal_name", sa.String(length=200), nullable=True),
        sa.Column("address", sa.String(length=300), nullable=True),
        sa.Column("phone", sa.String(length=30), nullable=True),
        sa.Column("email", sa.String(length=200), nullable=True),
        sa.Column("siren", sa.String(length=9), nullable=True),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_platform")),
        sa.UniqueConstraint("slug", name=op.f("uq_platform_slug")),
    )
    op.create_table(
        "account_session",
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("account_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("expires_at", Instant(), nullable=False),
        sa.Column("ended_at", Instant(), nullable=True),
        sa.Column("second_factor_at", Instant(), nullable=True),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_account_session_account_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_account_session")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_account_session_token_hash")),
    )
    op.create_index(op.f("ix_account_session_account_id"), "account_session", ["account_id"], unique=False)
    op.create_table(
        "api_token",
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("account_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("role", sa.String(length=20), nullable=False),
        sa.Column("label", sa.String(length=80), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("expires_at", Instant(), nullable=False),
        sa.Column("ended_at", Instant(), nullable=True),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("platform_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_api_token_account_id")),
        sa.ForeignKeyConstraint(["platform_id"], ["platform.id"], name=op.f("fk_api_token_platform_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_api_token")),
        sa.UniqueConstraint("platform_id", "id", name=op.f("uq_api_token_platform_id_id")),
        sa.UniqueConstraint("platform_id", "token_hash", name=op.f("uq_api_token_platform_id_token_hash")),
    )
    op.create_table(
        "audit_entry",
        sa.Column("at", Instant(), nullable=False),
        sa.Column("account_id", sa.BigInteger(), nullable=True),
        sa.Column("role", sa.String(length=20), nullable=True),
        sa.Column("verb", sa.String(length=60), nullable=False),
        sa.Column("table_name", sa.String(length=60), nullable=False),
        sa.Column("row_id", sa.BigInteger(), nullable=True),
        sa.Column("subject_number", sa.String(length=20), nullable=True),
        sa.Column("changes", sa.JSON(), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("platform_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(["platform_id"], ["platform.id"], name=op.f("fk_audit_entry_platform_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_entry")),
        sa.UniqueConstraint("platform_id", "id", name=op.f("uq_audit_entry_platform_id_id")),
    )
    op.create_index("ix_audit_entry_at", "audit_entry", ["platform_id", "at"], unique=False)
    op.create_index("ix_audit_entry_subject", "audit_entry", ["platform_id", "subject_number", "at"], unique=False)
    op.create_table(
        "beneficiary",
        sa.Column("number", sa.String(length=20), nullable=False),
        sa.Column("first_name", sa.String(length=80), nullable=False),
        sa.Column("last_name", sa.String(length=80), nullable=False),
        sa.Column("birth_on", sa.Date(), nullable=True),
        sa.Column("sex", sa.String(length=1), nullable=True),
        sa.Column("phone", sa.String(length=20), nullable=True),
        sa.Column("email", sa.String(length=200), nullable=True),
        sa.Column("contact_by", sa.String(length=12), nullable=False),
        sa.Column("address", sa.String(length=300), nullable=True),
        sa.Column("postcode", sa.String(length=5), nullable=True),
        sa.Column("commune", sa.String(length=120), nullable=True),
        sa.Column("lat", sa.Double(), nullable=True),
        sa.Column("lon", sa.Double(), nullable=True),
        sa.Column("without_bank_declared_on", sa.Date(), nullable=True),
        sa.Column("search_key", sa.String(length=300), nullable=False),
        sa.Column("identity_key", sa.String(length=300), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("last_contact_at", Instant(), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("platform_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(["platform_id"], ["platform.id"], name=op.f("fk_beneficiary_platform_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_beneficiary")),
        sa.UniqueConstraint("platform_id", "id", name=op.f("uq_beneficiary_platform_id_id")),
        sa.UniqueConstraint("platform_id", "number", name=op.f("uq_beneficiary_platform_id_number")),
    )
    op.create_index("ix_beneficiary_identity", "beneficiary", ["platform_id", "identity_key"], unique=False)
    op.create_index("ix_beneficiary_search", "beneficiary", ["platform_id", "search_key"], unique=False)
    op.create_table(
        "counter",
        sa.Column("series", sa.String(length=30), nullable=False),
        sa.Column("year", sa.BigInteger(), nullable=False),
        sa.Column("last", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("platform_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(["platform_id"], ["platform.id"], name=op.f("fk_counter_platform_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_counter")),
        sa.UniqueConstraint("platform_id", "id", name=op.f("uq_counter_platform_id_id")),
    )
    op.create_index("ix_counter_series", "counter", ["platform_id", "series", "year"], unique=True)
    op.create_table(
        "grant",
        sa.Column("account_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("platform_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("role", sa.String(length=20), nullable=False),
        sa.Column("structure_id", sa.BigInteger(), nullable=True),
        sa.Column("beneficiary_id", sa.BigInteger(), nullable=True),
        sa.Column("ended_at", Instant(), nullable=True),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_grant_account_id")),
        sa.ForeignKeyConstraint(["platform_id"], ["platform.id"], name=op.f("fk_grant_platform_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_grant")),
        sa.UniqueConstraint(
            "account_id", "platform_id", "role", "structure_id", name=op.f("uq_grant_account_id_platform_id_role_structure_id")
        ),
    )
    op.create_table(
        "import_run",
        sa.Column("kind", sa.String(length=30), nullable=False),
        sa.Column("source", sa.String(length=200), nullable=False),
        sa.Column("started_at", Instant(), nullable=False),
        sa.Column("finished_at", Instant(), nullable=True),
        sa.Column("by", sa.BigInteger(), nullable=True),
        sa.Column("lines_total", sa.BigInteger(), nullable=False),
        sa.Column("lines_done", sa.BigInteger(), nullable=False),
        sa.Column("counts", sa.JSON(), nullable=False),
        sa.Column("failed", sa.String(length=300), nullable=True),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("platform_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(["platform_id"], ["platform.id"], name=op.f("fk_import_run_platform_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_run")),
        sa.UniqueConstraint("platform_id", "id", name=op.f("uq_import_run_platform_id_id")),
    )
    op.create_table(
        "link",
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("purpose", sa.String(length=20), nullable=False),
        sa.Column("account_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("subject_id", sa.BigInteger(), nullable=True),
        sa.Column("email", sa.String(length=200), nullable=True),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("expires_at", Instant(), nullable=False),
        sa.Column("used_at", Instant(), nullable=True),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("platform_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_link_account_id")),
        sa.ForeignKeyConstraint(["platform_id"], ["platform.id"], name=op.f("fk_link_platform_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_link")),
        sa.UniqueConstraint("platform_id", "id", name=op.f("uq_link_platform_id_id")),
        sa.UniqueConstraint("platform_id", "token_hash", name=op.f("uq_link_platform_id_token_hash")),
    )
    op.create_table(
        "outbox",
        sa.Column("platform_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("topic", sa.String(length=30), nullable=False),
        sa.Column("due_at", Instant(), nullable=False),
        sa.Column("tries", sa.BigInteger(), nullable=False),
        sa.Column("done_at", Instant(), nullable=True),
        sa.Column("gave_up_at", Instant(), nullable=True),
        sa.Column("last_error", sa.String(length=120), nullable=True),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(["platform_id"], ["platform.id"], name=op.f("fk_outbox_platform_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outbox")),
    )
    op.create_index("ix_outbox_due", "outbox", ["done_at", "due_at"], unique=False)
    op.create_table(
        "sent_form",
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("body_hash", sa.String(length=64), nullable=False),
        sa.Column("status", sa.BigInteger(), nullable=True),
        sa.Column("location", sa.String(length=500), nullable=True),
        sa.Column("answer", sa.String(), nullable=True),
        sa.Column("sent_at", Instant(), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("platform_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(["platform_id"], ["platform.id"], name=op.f("fk_sent_form_platform_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sent_form")),
        sa.UniqueConstraint("platform_id", "id", name=op.f("uq_sent_form_platform_id_id")),
        sa.UniqueConstraint("platform_id", "key", name=op.f("uq_sent_form_platform_id_key")),
    )
    op.create_table(
        "setting",
        sa.Column("key", sa.String(length=60), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("value", sa.JSON(), nullable=False),
        sa.Column("set_by", sa.BigInteger(), nullable=True),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("platform_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(["platform_id"], ["platform.id"], name=op.f("fk_setting_platform_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_setting")),
        sa.UniqueConstraint("platform_id", "id", name=op.f("uq_setting_platform_id_id")),
        sa.UniqueConstraint("platform_id", "key", "from_on", name=op.f("uq_setting_platform_id_key_from_on")),
    )
    op.create_table(
        "site",
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("address", sa.String(length=300), nullable=True),
        sa.Column("postcode", sa.String(length=5), nullable=True),
        sa.Column("commune", sa.String(length=120), nullable=True),
        sa.Column("lat", sa.Double(), nullable=True),
        sa.Column("lon", sa.Double(), nullable=True),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("platform_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(["platform_id"], ["platform.id"], name=op.f("fk_site_platform_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_site")),
        sa.UniqueConstraint("platform_id", "id", name=op.f("uq_site_platform_id_id")),
        sa.UniqueConstraint("platform_id", "name", name=op.f("uq_site_platform_id_name")),
    )
    op.create_table(
        "structure",
        sa.Column("code", sa.String(length=20), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("kind", sa.String(length=60), nullable=False),
        sa.Column("commune", sa.String(length=120), nullable=True),
        sa.Column("email", sa.String(length=200), nullable=True),
        sa.Column("email_domain", sa.String(length=120), nullable=True),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("platform_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(["platform_id"], ["platform.id"], name=op.f("fk_structure_platform_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_structure")),
        sa.UniqueConstraint("platform_id", "code", name=op.f("uq_structure_platform_id_code")),
        sa.UniqueConstraint("platform_id", "id", name=op.f("uq_structure_platform_id_id")),
    )
    op.create_table(
        "document",
        sa.Column("beneficiary_id", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.String(length=30), nullable=False),
        sa.Column("category", sa.String(length=20), nullable=True),
        sa.Column("restriction", sa.String(length=20), nullable=True),
        sa.Column("issued_on", sa.Date(), nullable=True),
        sa.Column("valid_until", sa.Date(), nullable=True),
        sa.Column("outside_eu", sa.Boolean(), nullable=False),
        sa.Column("resident_since_on", sa.Date(), nullable=True),
        sa.Column("seen_at", Instant(), nullable=False),
        sa.Column("seen_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("platform_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(
            ["platform_id", "beneficiary_id"],
            ["beneficiary.platform_id", "beneficiary.id"],
            name=op.f("fk_document_platform_id_beneficiary_id"),
        ),
        sa.ForeignKeyConstraint(["platform_id"], ["platform.id"], name=op.f("fk_document_platform_id")),
        sa.ForeignKeyConstraint(["seen_by"], ["account.id"], name=op.f("fk_document_seen_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_document")),
        sa.UniqueConstraint("platform_id", "id", name=op.f("uq_document_platform_id_id")),
    )
    op.create_index("ix_document_beneficiary", "document", ["platform_id", "beneficiary_id", "kind"], unique=False)
    op.create_table(
        "file_look",
        sa.Column("beneficiary_id", sa.BigInteger(), nullable=False),
        sa.Column("account_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("page", sa.String(length=60), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("platform_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_file_look_account_id")),
        sa.ForeignKeyConstraint(
            ["platform_id", "beneficiary_id"],
            ["beneficiary.platform_id", "beneficiary.id"],
            name=op.f("fk_file_look_platform_id_beneficiary_id"),
        ),
        sa.ForeignKeyConstraint(["platform_id"], ["platform.id"], name=op.f("fk_file_look_platform_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_file_look")),
        sa.UniqueConstraint("platform_id", "id", name=op.f("uq_file_look_platform_id_id")),
    )
    op.create_index("ix_file_look_beneficiary", "file_look", ["platform_id", "beneficiary_id", "at"], unique=False)
    op.create_table(
        "import_doubt",
        sa.Column("import_run_id", sa.BigInteger(), nullable=False),
        sa.Column("file", sa.String(length=120), nullable=False),
        sa.Column("line", sa.BigInteger(), nullable=False),
        sa.Column("reason", sa.String(length=300), nullable=False),
        sa.Column("taken", sa.Boolean(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("platform_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(
            ["platform_id", "import_run_id"],
            ["import_run.platform_id", "import_run.id"],
            name=op.f("fk_import_doubt_platform_id_import_run_id"),
        ),
        sa.ForeignKeyConstraint(["platform_id"], ["platform.id"], name=op.f("fk_import_doubt_platform_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_doubt")),
        sa.UniqueConstraint("platform_id", "id", name=op.f("uq_import_doubt_platform_id_id")),
    )
    op.create_index("ix_import_doubt_run", "import_doubt", ["platform_id", "import_run_id"], unique=False)
    op.create_table(
        "liaison_form",
        sa.Column("number", sa.String(length=20), nullable=False),
        sa.Column("beneficiary_id", sa.BigInteger(), nullable=False),
        sa.Column("structure_id", sa.BigInteger(), nullable=False),
        sa.Column("prescriber_account_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("prescriber_name", sa.String(length=120), nullable=True),
        sa.Column("prescriber_email", sa.String(length=200), nullable=True),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("motive", sa.String(length=30), nullable=False),
        sa.Column("wish", sa.String(length=30), nullable=True),
        sa.Column("licence_declared", sa.String(length=20), nullable=True),
        sa.Column("rsa_declared", sa.Boolean(), nullable=True),
        sa.Column("qpv_declared", sa.Boolean(), nullable=True),
        sa.Column("consent_on", sa.Date(), nullable=True),
        sa.Column("status", sa.String(length=20), nullable=False),
        sa.Column("met_on", sa.Date(), nullable=True),
        sa.Column("decided_at", Instant(), nullable=True),
        sa.Column("decided_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("reason", sa.String(length=40), nullable=True),
        sa.Column("other_offer", sa.String(length=40), nullable=True),
        sa.Column("sent_at", Instant(), nullable=True),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("phone_given", sa.String(length=20), nullable=True),
        sa.Column("email_given", sa.String(length=200), nullable=True),
        sa.Column("import_key", sa.String(length=80), nullable=True),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("platform_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(["decided_by"], ["account.id"], name=op.f("fk_liaison_form_decided_by")),
        sa.ForeignKeyConstraint(
            ["platform_id", "beneficiary_id"],
            ["beneficiary.platform_id", "beneficiary.id"],
            name=op.f("fk_liaison_form_platform_id_beneficiary_id"),
        ),
        sa.ForeignKeyConstraint(
            ["platform_id", "structure_id"],
            ["structure.platform_id", "structure.id"],
            name=op.f("fk_liaison_form_platform_id_structure_id"),
        ),
        sa.ForeignKeyConstraint(["platform_id"], ["platform.id"], name=op.f("fk_liaison_form_platform_id")),
        sa.ForeignKeyConstraint(["prescriber_account_id"], ["account.id"], name=op.f("fk_liaison_form_prescriber_account_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_liaison_form")),
        sa.UniqueConstraint("platform_id", "id", name=op.f("uq_liaison_form_platform_id_id")),
        sa.UniqueConstraint("platform_id", "import_key", name=op.f("uq_liaison_form_platform_id_import_key")),
        sa.UniqueConstraint("platform_id", "number", name=op.f("uq_liaison_form_platform_id_number")),
    )
    op.create_index("ix_liaison_form_beneficiary", "liaison_form", ["platform_id", "beneficiary_id"], unique=False)
    op.create_index("ix_liaison_form_status", "liaison_form", ["platform_id", "status", "received_on"], unique=False)
    op.create_index("ix_liaison_form_structure", "liaison_form", ["platform_id", "structure_id"], unique=False)
    op.create_table(
        "meeting",
        sa.Column("beneficiary_id", sa.BigInteger(), nullable=False),
        sa.Column("site_id", sa.BigInteger(), nullable=True),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("starts_at", Instant(), nullable=False),
        sa.Column("adviser_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("held_at", Instant(), nullable=True),
        sa.Column("cancelled_at", Instant(), nullable=True),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("platform_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(["adviser_id"], ["account.id"], name=op.f("fk_meeting_adviser_id")),
        sa.ForeignKeyConstraint(
            ["platform_id", "beneficiary_id"],
            ["beneficiary.platform_id", "beneficiary.id"],
            name=op.f("fk_meeting_platform_id_beneficiary_id"),
        ),
        sa.ForeignKeyConstraint(["platform_id", "site_id"], ["site.platform_id", "site.id"], name=op.f("fk_meeting_platform_id_site_id")),
        sa.ForeignKeyConstraint(["platform_id"], ["platform.id"], name=op.f("fk_meeting_platform_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meeting")),
        sa.UniqueConstraint("platform_id", "id", name=op.f("uq_meeting_platform_id_id")),
    )
    op.create_index("ix_meeting_beneficiary", "meeting", ["platform_id", "beneficiary_id", "starts_at"], unique=False)
    op.create_index("ix_meeting_starts_at", "meeting", ["platform_id", "starts_at"], unique=False)
    op.create_table(
        "message",
        sa.Column("outbox_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("channel", sa.String(length=10), nullable=False),
        sa.Column("recipient", sa.String(length=200), nullable=False),
        sa.Column("subject", sa.String(length=200), nullable=False),
        sa.Column("body", sa.String(), nullable=False),
        sa.Column("beneficiary_id", sa.BigInteger(), nullable=True),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("sent_at", Instant(), nullable=True),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("platform_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(["outbox_id"], ["outbox.id"], name=op.f("fk_message_outbox_id")),
        sa.ForeignKeyConstraint(
            ["platform_id", "beneficiary_id"],
            ["beneficiary.platform_id", "beneficiary.id"],
            name=op.f("fk_message_platform_id_beneficiary_id"),
        ),
        sa.ForeignKeyConstraint(["platform_id"], ["platform.id"], name=op.f("fk_message_platform_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_message")),
        sa.UniqueConstraint("platform_id", "id", name=op.f("uq_message_platform_id_id")),
        sa.UniqueConstraint("platform_id", "outbox_id", name=op.f("uq_message_platform_id_outbox_id")),
    )
    op.create_index("ix_message_beneficiary", "message", ["platform_id", "beneficiary_id"], unique=False)
    op.create_table(
        "action",
        sa.Column("beneficiary_id", sa.BigInteger(), nullable=False),
        sa.Column("liaison_form_id", sa.BigInteger(), nullable=True),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("started_on", sa.Date(), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("charter_on", sa.Date(), nullable=True),
        sa.Column("import_key", sa.String(length=80), nullable=True),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("platform_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(
            ["platform_id", "beneficiary_id"],
            ["beneficiary.platform_id", "beneficiary.id"],
            name=op.f("fk_action_platform_id_beneficiary_id"),
        ),
        sa.ForeignKeyConstraint(
            ["platform_id", "liaison_form_id"],
            ["liaison_form.platform_id", "liaison_form.id"],
            name=op.f("fk_action_platform_id_liaison_form_id"),
        ),
        sa.ForeignKeyConstraint(["platform_id"], ["platform.id"], name=op.f("fk_action_platform_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_action")),
        sa.UniqueConstraint("platform_id", "id", name=op.f("uq_action_platform_id_id")),
        sa.UniqueConstraint("platform_id", "import_key", name=op.f("uq_action_platform_id_import_key")),
    )
    op.create_index("ix_action_beneficiary", "action", ["platform_id", "beneficiary_id"], unique=False)
    op.create_index("ix_action_started_on", "action", ["platform_id", "started_on"], unique=False)
    op.create_table(
        "job",
        sa.Column("beneficiary_id", sa.BigInteger(), nullable=False),
        sa.Column("liaison_form_id", sa.BigInteger(), nullable=True),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("employer", sa.String(length=120), nullable=True),
        sa.Column("place", sa.String(length=200), nullable=True),
        sa.Column("starts_on", sa.Date(), nullable=True),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("hours", sa.String(length=80), nullable=True),
        sa.Column("one_way_tenths", sa.BigInteger(), nullable=True),
        sa.Column("weekdays", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("platform_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(
            ["platform_id", "beneficiary_id"], ["beneficiary.platform_id", "beneficiary.id"], name=op.f("fk_job_platform_id_beneficiary_id")
        ),
        sa.ForeignKeyConstraint(
            ["platform_id", "liaison_form_id"],
            ["liaison_form.platform_id", "liaison_form.id"],
            name=op.f("fk_job_platform_id_liaison_form_id"),
        ),
        sa.ForeignKeyConstraint(["platform_id"], ["platform.id"], name=op.f("fk_job_platform_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_job")),
        sa.UniqueConstraint("platform_id", "id", name=op.f("uq_job_platform_id_id")),
    )
    op.create_index("ix_job_beneficiary", "job", ["platform_id", "beneficiary_id"], unique=False)
    op.create_index("ix_job_starts_on", "job", ["platform_id", "starts_on"], unique=False)


def downgrade() -> None:
    op.drop_index("ix_job_starts_on", table_name="job")
    op.drop_index("ix_job_beneficiary", table_name="job")
    op.drop_table("job")
    op.drop_index("ix_action_started_on", table_name="action")
    op.drop_index("ix_action_beneficiary", table_name="action")
    op.drop_table("action")
    op.drop_index("ix_message_beneficiary", table_name="message")
    op.drop_table("message")
    op.drop_index("ix_meeting_starts_at", table_name="meeting")
    op.drop_index("ix_meeting_beneficiary", table_name="meeting")
    op.drop_table("meeting")
    op.drop_index("ix_liaison_form_structure", table_name="liaison_form")
    op.drop_index("ix_liaison_form_status", table_name="liaison_form")
    op.drop_index("ix_liaison_form_beneficiary", table_name="liaison_form")
    op.drop_table("liaison_form")
    op.drop_index("ix_import_doubt_run", table_name="import_doubt")
    op.drop_table("import_doubt")
    op.drop_index("ix_file_look_beneficiary", table_name="file_look")
    op.drop_table("file_look")
    op.drop_index("ix_document_beneficiary", table_name="document")
    op.drop_table("document")
    op.drop_table("structure")
    op.drop_table("site")
    op.drop_table("setting")
    op.drop_table("sent_form")
    op.drop_index("ix_outbox_due", table_name="outbox")
    op.drop_table("outbox")
    op.drop_table("link")
    op.drop_table("import_run")
    op.drop_table("grant")
    op.drop_index("ix_counter_series", table_name="counter")
    op.drop_table("counter")
    op.drop_index("ix_beneficiary_search", table_name="beneficiary")
    op.drop_index("ix_beneficiary_identity", table_name="beneficiary")
    op.drop_table("beneficiary")
    op.drop_index("ix_audit_entry_subject", table_name="audit_entry")
    op.drop_index("ix_audit_entry_at", table_name="audit_entry")
    op.drop_table("audit_entry")
    op.drop_table("api_token")
    op.drop_index(op.f("ix_account_session_account_id"), table_name="account_session")
    op.drop_table("account_session")
    op.drop_table("platform")
    op.drop_index("ix_login_attempt_kind_key_at", table_name="login_attempt")
    op.drop_table("login_attempt")
    op.drop_table("account")
