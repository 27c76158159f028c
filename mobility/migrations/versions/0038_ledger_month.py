"""The sums of each month of the ledger; the entries written until now are added up."""

import sqlalchemy as sa
from alembic import op

revision = "0038"
down_revision = "0037"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "ledger_month",
        sa.Column("month_on", sa.Date(), nullable=False),
        sa.Column("journal", sa.String(length=4), nullable=False),
        sa.Column("ledger_code", sa.String(length=12), nullable=False),
        sa.Column("debit_cents", sa.BigInteger(), nullable=False),
        sa.Column("credit_cents", sa.BigInteger(), nullable=False),
        sa.Column("id", ID, nullable=False),
        sa.Column("platform_id", ID, nullable=False),
        sa.ForeignKeyConstraint(["platform_id"], ["platform.id"], name=op.f("fk_ledger_month_platform_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ledger_month")),
        sa.UniqueConstraint("platform_id", "id", name=op.f("uq_ledger_month_platform_id_id")),
        sa.UniqueConstraint(
            "platform_id",
            "month_on",
            "journal",
            "ledger_code",
            name=op.f("uq_ledger_month_platform_id_month_on_journal_ledger_code"),
        ),
    )
    _add_up()


def _add_up() -> None:
    month_on = "date(e.\"on\", 'start of month')"
    if op.get_bind().dialect.name == "postgresql":  # the owner reads every platform's rows; the guards force it again after the upgrade
        month_on = "date_trunc('month', e.\"on\")::date"
        for table in ("journal_entry", "ledger_line"):
            op.execute(f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY")
    op.execute(
        "INSERT INTO ledger_month (platform_id, month_on, journal, ledger_code, debit_cents, credit_cents)"
        f" SELECT e.platform_id, {month_on}, e.journal, l.ledger_code, sum(l.debit_cents), sum(l.credit_cents) FROM journal_entry e"
        " JOIN ledger_line l ON l.platform_id = e.platform_id AND l.entry_number = e.number GROUP BY 1, 2, 3, 4"
    )


def downgrade() -> None:
    on_its_table = " ON journal_entry" if op.get_bind().dialect.name == "postgresql" else ""
    op.execute(f"DROP TRIGGER IF EXISTS journal_entry_adds_to_month{on_its_table}")
    op.drop_table("ledger_month")
