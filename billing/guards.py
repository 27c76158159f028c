"""What the database itself refuses about money: an entry that does not balance, a line added later, any rewriting of books or receipts."""

from mobility.db import Base
from mobility.db.guards import Door, Guard, append_only

# Class 8 holds commitments, off the balance sheet: the two halves of an entry balance each by itself.
_OFF_BALANCE = "substr(ledger_code, 1, 1) = '8'"
_FAULTY = f"""coalesce((
        SELECT sum(debit_cents) = 0
            OR sum(CASE WHEN {_OFF_BALANCE} THEN debit_cents - credit_cents ELSE 0 END) <> 0
            OR sum(CASE WHEN {_OFF_BALANCE} THEN 0 ELSE debit_cents - credit_cents END) <> 0
        FROM ledger_line WHERE platform_id = NEW.platform_id AND entry_number = NEW.number
    ), 1 = 1)"""
_STANDS = "(SELECT count(*) FROM journal_entry WHERE platform_id = NEW.platform_id AND number = NEW.entry_number) > 0"


def _on_insert(table: str, rule: str, faulty: str, said: str, *, postgresql: tuple[str, str]) -> Guard:
    """Refuse rows of `table` for which `faulty` holds, on SQLite row by row; `postgresql` is the body of its function, and when it runs."""
    trigger, (body, when) = f"{table}_{rule}", postgresql
    return Guard(
        name=f"{table}: {said}",
        sqlite=(
            f"DROP TRIGGER IF EXISTS {trigger}",
            f"CREATE TRIGGER {trigger} BEFORE INSERT ON {table} WHEN {faulty} BEGIN SELECT RAISE(ABORT, '{said}'); END",
        ),
        postgresql=(
            f"CREATE OR REPLACE FUNCTION {trigger}() RETURNS trigger LANGUAGE plpgsql AS $$ {body} $$",
            f"CREATE OR REPLACE TRIGGER {trigger} {when} EXECUTE FUNCTION {trigger}()",
        ),
    )


def _before_insert(table: str, rule: str, faulty: str, said: str, *, first: str) -> Guard:
    """Each row before it stands; `first` is what PostgreSQL does before it looks."""
    body = f"BEGIN {first} IF {faulty} THEN {_refuse(said)} END IF; RETURN NEW; END"
    return _on_insert(table, rule, faulty, said, postgresql=(body, f"BEFORE INSERT ON {table} FOR EACH ROW"))


def _with_insert(table: str, rule: str, faulty: str, said: str, *, first: str = "") -> Guard:
    """On PostgreSQL all rows of a statement at once, as they came (`fresh`): a run over many rentals inserts them by the thousand."""
    asked = _planned_anew(f"SELECT EXISTS (SELECT 1 FROM fresh WHERE {_of_fresh(faulty)})")
    body = f"DECLARE wrong boolean; BEGIN {first} {asked} INTO wrong; IF wrong THEN {_refuse(said)} END IF; RETURN NULL; END"
    return _on_insert(table, rule, faulty, said, postgresql=(body, f"AFTER INSERT ON {table} {_EACH_STATEMENT}"))


_EACH_STATEMENT = "REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT"


def _refuse(said: str) -> str:
    return f"RAISE EXCEPTION '{said}' USING ERRCODE = 'check_violation';"


def _planned_anew(statement: str) -> str:
    """A plan made for an empty ledger and kept by the connection would read the whole of it again and again once it has grown."""
    return f"EXECUTE $asked${statement}$asked$"


def _of_fresh(words: str) -> str:
    return words.replace("NEW.", "fresh.")


BALANCED = _with_insert("journal_entry", "balances", _FAULTY, "an entry balances")
COMPLETE = _with_insert(
    "ledger_line",
    "comes_first",
    _STANDS,
    "lines come before their entry",
    # Behind the lock that every entry is written under, so that an entry still uncommitted is waited for and then seen.
    first="PERFORM 1 FROM books WHERE platform_id IN (SELECT platform_id FROM fresh) FOR UPDATE;",
)


def _after_entry(rule: str, said: str, *, sqlite: str, postgresql: str) -> Guard:
    """What the database itself writes once entries stand, in each engine's words."""
    trigger, act = f"journal_entry_{rule}", _planned_anew(postgresql)
    return Guard(
        name=f"journal_entry: {said}",
        sqlite=(f"DROP TRIGGER IF EXISTS {trigger}", f"CREATE TRIGGER {trigger} AFTER INSERT ON journal_entry BEGIN {sqlite}; END"),
        postgresql=(
            f"CREATE OR REPLACE FUNCTION {trigger}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {act}; RETURN NULL; END $$",
            f"CREATE OR REPLACE TRIGGER {trigger} AFTER INSERT ON journal_entry {_EACH_STATEMENT} EXECUTE FUNCTION {trigger}()",
        ),
    )


# The code as an expression: by its bare column SQLite would group along the code's index, and read the whole ledger for each entry.
LINES_OF_ENTRY = """SELECT ledger_code || '' AS code, debit_cents, credit_cents FROM ledger_line
            WHERE platform_id = NEW.platform_id AND entry_number = NEW.number"""


def _add_to_month(entries: str) -> str:
    # Entries of one platform come one after the other, under the lock of its books: no two of them add to one sum at a time.
    return f"""INSERT INTO ledger_month (platform_id, month_on, journal, ledger_code, debit_cents, credit_cents)
        {entries}
        ON CONFLICT (platform_id, month_on, journal, ledger_code) DO UPDATE SET
            debit_cents = ledger_month.debit_cents + excluded.debit_cents,
            credit_cents = ledger_month.credit_cents + excluded.credit_cents"""


SUMMED = _after_entry(
    "adds_to_month",
    "an entry is in the sums of its month",
    sqlite=_add_to_month(
        f"""SELECT NEW.platform_id, date(NEW."on", 'start of month'), NEW.journal, code, sum(debit_cents), sum(credit_cents)
        FROM ({LINES_OF_ENTRY}) AS line GROUP BY code"""
    ),
    # Once a statement: a sum that each entry of thousands moved in one transaction would drag thousands of its dead rows along.
    postgresql=_add_to_month(
        """SELECT fresh.platform_id, date_trunc('month', fresh."on")::date, journal, ledger_code, sum(debit_cents), sum(credit_cents)
        FROM fresh CROSS JOIN LATERAL (
            SELECT * FROM ledger_line WHERE platform_id = fresh.platform_id AND entry_number = fresh.number OFFSET 0
        ) AS line GROUP BY 1, 2, 3, 4"""
    ),
)
# An entry's lines came behind the lock of the books, and a closing takes it too: whichever comes second sees the other.
OPEN = _with_insert(
    "journal_entry",
    "is_open",
    """EXISTS (SELECT 1 FROM closing WHERE platform_id = NEW.platform_id AND last_on >= NEW."on")""",
    "an entry is not dated into a closed period",
)
FOLLOWING = _before_insert(
    "closing",
    "follows",
    "EXISTS (SELECT 1 FROM closing WHERE platform_id = NEW.platform_id AND kind = NEW.kind AND last_on >= NEW.last_on)",
    "closings of a kind follow each other",
    first="PERFORM 1 FROM books WHERE platform_id = NEW.platform_id FOR UPDATE;",
)


def _door(table: str, column: str, *, open_for: str, sqlite: str, postgresql: str) -> Door:
    """While a person is being erased, this column alone of rows about them may change, and only so; every other stays as it was."""
    others = [f'NEW."{one.name}" IS OLD."{one.name}"' for one in Base.metadata.tables[table].columns if one.name != column]
    same = f"(to_jsonb(NEW) - '{column}') = (to_jsonb(OLD) - '{column}')"
    return Door(sqlite=" AND ".join((open_for, *others, sqlite)), postgresql=" AND ".join((open_for, same, postgresql)))


def _emptied(table: str, column: str, account: str) -> Door:
    """The door to words that somebody typed: they may go, never become others."""
    gone = f'NEW."{column}" IS NULL'
    return _door(table, column, open_for=_ERASED.format(account=account), sqlite=gone, postgresql=gone)


_ERASED = """EXISTS (SELECT 1 FROM erasure JOIN billing_account
    ON billing_account.platform_id = erasure.platform_id AND billing_account.beneficiary_id = erasure.beneficiary_id
    WHERE erasure.sealed_at IS NULL AND erasure.platform_id = NEW.platform_id AND billing_account.id = {account})"""
_ORDERED = "(SELECT account_id FROM hire_order WHERE platform_id = NEW.platform_id AND id = NEW.hire_id)"
# The names on an invoice's lines, and nothing else in it: each line without its name, and the rest without its lines, are as before.
_SQLITE_LINES = "(SELECT json_group_array(json(json_remove(value, '$.person'))) FROM json_each({row}.content, '$.lines'))"
_POSTGRESQL_LINES = """(SELECT jsonb_agg(line - 'person' ORDER BY place)
    FROM jsonb_array_elements({row}.content::jsonb -> 'lines') WITH ORDINALITY AS each (line, place))"""
_SQLITE_REST, _POSTGRESQL_REST = "json_remove({row}.content, '$.lines')", "({row}.content::jsonb - 'lines')"
_NAMES = _door(
    "payer_invoice",
    "content",
    open_for="EXISTS (SELECT 1 FROM erasure WHERE sealed_at IS NULL AND platform_id = NEW.platform_id)",
    sqlite=" AND ".join(f"{part.format(row='NEW')} IS {part.format(row='OLD')}" for part in (_SQLITE_LINES, _SQLITE_REST)),
    postgresql=" AND ".join(
        f"{part.format(row='NEW')} IS NOT DISTINCT FROM {part.format(row='OLD')}" for part in (_POSTGRESQL_LINES, _POSTGRESQL_REST)
    ),
)
# Of a transfer, a receipt may say the bank's own words: our reference of the payment may take their place, and nothing else may.
_PAID = "(SELECT {what} FROM payment WHERE payment.platform_id = NEW.platform_id AND payment.id = NEW.payment_id)"
_WORDS = _door(
    "receipt",
    "content",
    open_for=_ERASED.format(account=_PAID.format(what="account_id")),
    sqlite="json_remove(NEW.content, '$.reference') IS json_remove(OLD.content, '$.reference') "
    f"AND json_extract(NEW.content, '$.reference') = {_PAID.format(what='reference')}",
    postgresql="(NEW.content::jsonb - 'reference') = (OLD.content::jsonb - 'reference') "
    f"AND (NEW.content ->> 'reference') = {_PAID.format(what='reference')}",
)
WRITTEN_ONCE = (
    *map(append_only, ("journal_entry", "ledger_line", "closing", "drawer_count", "payer_invoice_step")),
    append_only("receipt", _WORDS),
    append_only("payer_invoice", _NAMES),
    append_only("loss_step", _emptied("loss_step", "reference", "NEW.account_id")),
    append_only("hire_step", _emptied("hire_step", "reason", _ORDERED)),
)
GUARDS = (BALANCED, COMPLETE, OPEN, FOLLOWING, SUMMED, *WRITTEN_ONCE)
