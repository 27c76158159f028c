"""What the database itself refuses about money: an entry that does not balance, a line added later, any rewriting of books or receipts."""

from mobility.db.guards import Guard, append_only

# Class 8 holds commitments, off the balance sheet: the two halves of an entry balance each by itself.
_FAULTY = """coalesce((SELECT sum(debit_cents) FROM ledger_line WHERE platform_id = NEW.platform_id AND entry_number = NEW.number), 0) = 0
    OR EXISTS (
        SELECT 1 FROM ledger_line WHERE platform_id = NEW.platform_id AND entry_number = NEW.number
        GROUP BY substr(ledger_code, 1, 1) = '8' HAVING sum(debit_cents) <> sum(credit_cents)
    )"""
_STANDS = "EXISTS (SELECT 1 FROM journal_entry WHERE platform_id = NEW.platform_id AND number = NEW.entry_number)"


def _before_insert(table: str, rule: str, faulty: str, said: str, *, first: str = "") -> Guard:
    """Refuse rows of `table` for which `faulty` holds; `first` is what PostgreSQL does before it looks."""
    trigger = f"{table}_{rule}"
    body = f"BEGIN {first} IF {faulty} THEN RAISE EXCEPTION '{said}' USING ERRCODE = 'check_violation'; END IF; RETURN NEW; END"
    return Guard(
        name=f"{table}: {said}",
        sqlite=(
            f"DROP TRIGGER IF EXISTS {trigger}",
            f"CREATE TRIGGER {trigger} BEFORE INSERT ON {table} WHEN {faulty} BEGIN SELECT RAISE(ABORT, '{said}'); END",
        ),
        postgresql=(
            f"CREATE OR REPLACE FUNCTION {trigger}() RETURNS trigger LANGUAGE plpgsql AS $$ {body} $$",
            f"CREATE OR REPLACE TRIGGER {trigger} BEFORE INSERT ON {table} FOR EACH ROW EXECUTE FUNCTION {trigger}()",
        ),
    )


BALANCED = _before_insert("journal_entry", "balances", _FAULTY, "an entry balances")
COMPLETE = _before_insert(
    "ledger_line",
    "comes_first",
    _STANDS,
    "lines come before their entry",
    # Behind the lock that every entry is written under, so that an entry still uncommitted is waited for and then seen.
    first="PERFORM 1 FROM books WHERE platform_id = NEW.platform_id FOR UPDATE;",
)


def _after_entry(rule: str, said: str, *, sqlite: str, postgresql: str) -> Guard:
    """What the database itself writes once an entry stands, in each engine's words."""
    trigger = f"journal_entry_{rule}"
    return Guard(
        name=f"journal_entry: {said}",
        sqlite=(f"DROP TRIGGER IF EXISTS {trigger}", f"CREATE TRIGGER {trigger} AFTER INSERT ON journal_entry BEGIN {sqlite}; END"),
        postgresql=(
            f"CREATE OR REPLACE FUNCTION {trigger}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {postgresql}; RETURN NULL; END $$",
            f"CREATE OR REPLACE TRIGGER {trigger} AFTER INSERT ON journal_entry FOR EACH ROW EXECUTE FUNCTION {trigger}()",
        ),
    )


# The code as an expression: by its bare column SQLite would group along the code's index, and read the whole ledger for each entry.
LINES_OF_ENTRY = """SELECT ledger_code || '' AS code, debit_cents, credit_cents FROM ledger_line
            WHERE platform_id = NEW.platform_id AND entry_number = NEW.number"""


def _add_to_month(month_on: str) -> str:
    # Entries of one platform come one after the other, under the lock of its books: no two of them add to one sum at a time.
    return f"""INSERT INTO ledger_month (platform_id, month_on, journal, ledger_code, debit_cents, credit_cents)
        SELECT NEW.platform_id, {month_on}, NEW.journal, code, sum(debit_cents), sum(credit_cents) FROM ({LINES_OF_ENTRY}) AS line
        GROUP BY code
        ON CONFLICT (platform_id, month_on, journal, ledger_code) DO UPDATE SET
            debit_cents = ledger_month.debit_cents + excluded.debit_cents,
            credit_cents = ledger_month.credit_cents + excluded.credit_cents"""


SUMMED = _after_entry(
    "adds_to_month",
    "an entry is in the sums of its month",
    sqlite=_add_to_month("""date(NEW."on", 'start of month')"""),
    postgresql=_add_to_month("""date_trunc('month', NEW."on")::date"""),
)
GUARDS = (BALANCED, COMPLETE, SUMMED, append_only("journal_entry"), append_only("ledger_line"), append_only("receipt"))
