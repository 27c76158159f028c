"""The books: nothing unbalanced, nothing rewritten, nothing cut, on either engine, by raw SQL or by us."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

import pytest
from sqlalchemy import create_engine, select, text
from sqlalchemy.exc import DBAPIError

from billing.actions import ledger
from billing.entries import charge_posted, deposit_received
from billing.guards import GUARDS
from billing.ledger import Entry, Unbalanced, transfer
from billing.models import Books, JournalEntry
from billing.queries import verify_books
from mobility.db import db
from mobility.db.guards import install
from tests.actions.test_billing_accounts import make_account
from tests.databases import TestDatabase
from tests.house import House, make_house
from tests.money_trials import entries_at_once

ON = date(2026, 3, 2)


def banked(cents: int) -> Entry:
    """An entry about nobody: a cheque's money is at the bank."""
    return Entry(journal="BQ", on=ON, label="Remise", lines=transfer("512", "5112", cents, ""))


def write_three(house: House) -> int:
    """Three entries of one account, the last off the balance sheet; inside `house.writing()`."""
    account_id = make_account(house)
    ledger.post(charge_posted("P-00001", "rental", 3500, on=ON, label="Location"), now=house.clock(), account_id=account_id, reference="w")
    ledger.post(banked(3500), now=house.clock())
    deposit = deposit_received("P-00001", "uncashed_cheque", 30_000, on=ON, label="Caution")
    ledger.post(deposit, now=house.clock(), account_id=account_id)
    return account_id


def test_entries_are_numbered_without_hole_and_verify(house: House) -> None:
    with house.writing():
        assert verify_books() is None  # no books yet
        write_three(house)
        assert list(db.session.scalars(select(JournalEntry.number).order_by(JournalEntry.number))) == [1, 2, 3]
    with house.reading():
        assert verify_books() is None


def test_a_transaction_undone_leaves_no_hole(house: House) -> None:
    with house.writing():
        account_id = write_three(house)
    with pytest.raises(ZeroDivisionError), house.writing():
        write_three_more = charge_posted("P-00001", "rental", 1, on=ON, label="Perdue")
        assert ledger.post(write_three_more, now=house.clock(), account_id=account_id) == 4
        raise ZeroDivisionError
    with house.writing():
        assert ledger.post(banked(1), now=house.clock()) == 4
        assert verify_books() is None


def test_each_platform_has_books_of_its_own(house: House) -> None:
    other = make_house(house.app, house.clock, "autre")
    for each in (house, other):
        with each.writing():
            write_three(each)
            assert db.session.scalars(select(Books)).one().last_entry == 3
            assert verify_books() is None


@pytest.mark.race
def test_entries_written_at_once_balance_on_each_platform(house: House) -> None:
    """Small; tests/proofs writes 20,000."""
    stood = entries_at_once([house, make_house(house.app, house.clock, "autre")], workers=4, each=10)
    assert stood == [(22, 0)] * 2, "twenty each, and the rental's two weeks"


def test_an_entry_about_a_person_names_its_rental(house: House) -> None:
    with house.writing(), pytest.raises(Unbalanced):
        ledger.post(charge_posted("P-00001", "rental", 100, on=ON, label="Location"), now=house.clock())


REWRITINGS = [
    "UPDATE journal_entry SET label = 'x'",
    "DELETE FROM journal_entry",
    "UPDATE ledger_line SET debit_cents = debit_cents + 1 WHERE debit_cents > 0",
    "DELETE FROM ledger_line",
    "UPDATE receipt SET cents = 1",
    "DELETE FROM receipt",
]
LINE = (
    "INSERT INTO ledger_line (platform_id, entry_number, position, ledger_code, debit_cents, credit_cents) "
    "VALUES (:platform_id, {number}, {position}, '{code}', {debit}, {credit})"
)
ENTRY = (
    'INSERT INTO journal_entry (platform_id, number, "on", at, journal, label, reference, previous_hash, hash) '
    "SELECT platform_id, 9, \"on\", at, journal, label, reference, 'p', 'h' FROM journal_entry "
    "WHERE number = 1 AND platform_id = :platform_id"
)


def line(code: str, debit: int, credit: int, *, number: int = 9, position: int = 1) -> str:
    return LINE.format(number=number, position=position, code=code, debit=debit, credit=credit)


INSERTIONS = [
    ([ENTRY], "an entry without lines"),
    ([line("512", 100, 0), ENTRY], "one side only"),
    ([line("512", 100, 0), line("706", 0, 99, position=2), ENTRY], "a cent too little"),
    ([line("512", 100, 0), line("8092", 0, 100, position=2), ENTRY], "a commitment cannot balance money"),
    ([line("512", 100, 0, number=1, position=3)], "a line after its entry"),
    ([line("512", 0, 0)], "a line of nothing"),
    ([line("512", 100, 0), line("706", 0, 100, position=2)], "lines whose entry never comes"),
]


def by_hand(house: House, statements: list[str]) -> None:
    with house.writing():
        for statement in statements:
            db.session.execute(text(statement), {"platform_id": house.platform_id} if ":platform_id" in statement else {})


@pytest.mark.parametrize("statement", REWRITINGS)
def test_raw_sql_rewrites_nothing(house: House, statement: str) -> None:
    with house.writing():
        write_three(house)
        make_receipt(house)
    with pytest.raises(DBAPIError):
        by_hand(house, [statement])


@pytest.mark.parametrize("statements", [case[0] for case in INSERTIONS], ids=[case[1] for case in INSERTIONS])
def test_raw_sql_adds_nothing_that_does_not_balance(house: House, statements: list[str]) -> None:
    with house.writing():
        write_three(house)
    with pytest.raises(DBAPIError):
        by_hand(house, statements)


def test_raw_sql_that_balances_passes_the_guards_and_the_seal_finds_it(house: House) -> None:
    with house.writing():
        write_three(house)
    by_hand(house, [line("512", 100, 0, number=4), line("706", 0, 100, number=4, position=2), ENTRY.replace("9,", "4,", 1)])
    with house.reading():
        assert verify_books() == 4


def test_truncate_is_refused(house: House, database: TestDatabase) -> None:
    if not database.owner_url.startswith("postgresql"):
        pytest.skip("SQLite has no TRUNCATE")
    engine = create_engine(database.owner_url)
    for table in ("journal_entry", "ledger_line", "receipt", "closing"):
        with pytest.raises(DBAPIError, match="append-only"), engine.begin() as owner:
            owner.execute(text(f"TRUNCATE {table} CASCADE"))
    engine.dispose()


TAMPERINGS = [
    ("UPDATE journal_entry SET label = 'Locatiom' WHERE number = 1", 1),
    ("UPDATE journal_entry SET \"on\" = '2026-03-03' WHERE number = 2", 2),
    ("UPDATE journal_entry SET journal = 'OD' WHERE number = 1", 1),
    ("UPDATE journal_entry SET reference = 'x' WHERE number = 1", 1),
    ("UPDATE journal_entry SET reverses = 1 WHERE number = 2", 2),
    ("UPDATE journal_entry SET previous_hash = 'x' WHERE number = 2", 2),
    ("UPDATE journal_entry SET hash = 'x' WHERE number = 3", 3),
    ("UPDATE ledger_line SET subject_number = 'P-00002' WHERE subject_number IS NOT NULL AND entry_number = 1", 1),
    ("UPDATE ledger_line SET account_id = NULL WHERE entry_number = 1", 1),
    ("UPDATE ledger_line SET ledger_code = '530' WHERE ledger_code = '512' AND entry_number = 2", 2),
    ("UPDATE ledger_line SET debit_cents = debit_cents * 2, credit_cents = credit_cents * 2 WHERE entry_number = 2", 2),
    ("UPDATE ledger_line SET position = position + 1 WHERE entry_number = 3 AND position = 2", 3),
    ("DELETE FROM journal_entry WHERE number = 3", 3),
    ("DELETE FROM journal_entry WHERE number = 1", 1),
    ("DELETE FROM journal_entry", 1),
    ("UPDATE books SET last_entry = 2", 2),
    ("DELETE FROM books", 1),
]


@pytest.mark.parametrize(("statement", "found"), TAMPERINGS, ids=[case[0] for case in TAMPERINGS])
def test_with_the_guards_off_the_same_hand_gets_through_and_is_found(
    house: House, unguarded: Callable[[str], None], statement: str, found: int
) -> None:
    with house.writing():
        write_three(house)
    unguarded(statement)
    with house.reading():
        assert verify_books() == found


@pytest.fixture
def unguarded(house: House, database: TestDatabase) -> Iterator[Callable[[str], None]]:
    """Run a statement as the owner, every trigger and foreign key asleep; the guards are laid again after."""

    def run(statement: str) -> None:
        with _asleep(database.owner_url) as owner:
            owner.execute(text(statement))

    yield run
    engine = create_engine(database.owner_url)
    with engine.begin() as owner:
        install(owner, house.app.extensions["guards"])
    engine.dispose()


@contextmanager
def _asleep(url: str) -> Iterator[Any]:
    engine = create_engine(url)
    with engine.begin() as owner:
        if owner.dialect.name == "postgresql":
            owner.execute(text("SET session_replication_role = replica"))
        else:
            for name in owner.scalars(text("SELECT name FROM sqlite_master WHERE type = 'trigger'")).all():
                owner.execute(text(f"DROP TRIGGER {name}"))
        yield owner
    engine.dispose()


def make_receipt(house: House) -> None:
    """A payment with its receipt, written by hand."""
    account_id = db.session.scalar(text("SELECT id FROM billing_account"))
    db.session.execute(
        text(
            "INSERT INTO payment (platform_id, account_id, purpose, means, cents, currency, status, key, reference, refunded_cents,"
            " created_at) SELECT platform_id, :account_id, 'rental', 'cash', 100, 'eur', 'settled', 'k', 'PE-1', 0, opened_at"
            " FROM billing_account"
        ),
        {"account_id": account_id},
    )
    db.session.execute(
        text(
            "INSERT INTO receipt (platform_id, number, payment_id, issued_at, cents, content) "
            "SELECT platform_id, 1, id, created_at, cents, '{}' FROM payment"
        )
    )


def test_every_guard_is_laid(house: House) -> None:
    """By the database's own catalogue: Alembic's batch mode drops SQLite's triggers without a word."""
    with house.reading():
        query = (
            "SELECT name FROM sqlite_master WHERE type = 'trigger'"
            if db.engine.dialect.name == "sqlite"
            else "SELECT tgname FROM pg_trigger"
        )
        laid = set(db.session.scalars(text(query)))
    wanted = {"journal_entry_balances", "ledger_line_comes_first", "journal_entry_no_update", "ledger_line_no_delete", "receipt_no_update"}
    wanted |= {"journal_entry_adds_to_month", "journal_entry_is_open", "closing_follows", "closing_no_update", "drawer_count_no_update"}
    wanted |= {"payer_invoice_no_update", "payer_invoice_step_no_delete", "loss_step_no_update", "hire_step_no_update"}
    assert len(GUARDS) == 14
    assert wanted <= laid
