"""The sums of each month: kept by the database itself, whatever writes an entry, and equal to the lines to the cent."""

from datetime import date

import pytest
from sqlalchemy import create_engine, select, text

from billing.actions import ledger
from billing.entries import charge_credited, charge_posted, payment_received
from billing.guards import LINES_OF_ENTRY
from billing.models import LedgerMonth
from billing.queries.figures import moved_in, sum_ledger_lines
from billing.queries.months import find_wrong_month
from mobility.db import db
from mobility.db.schema import downgrade, upgrade
from tests.actions.test_billing_accounts import make_account
from tests.actions.test_books import ENTRY, by_hand, line, write_three
from tests.actions.test_migrations import own  # noqa: F401 — a database that may be taken apart
from tests.databases import TestDatabase
from tests.house import House, make_house

WHO = "P-00001"
DECEMBER, JANUARY, MARCH = date(2025, 12, 31), date(2026, 1, 1), date(2026, 3, 2)
WRITTEN = [
    (charge_posted(WHO, "rental", 3500, on=MARCH, label="Location"), "the month that runs"),
    (payment_received(WHO, "cash", 3500, on=MARCH, label="Espèces"), "another journal"),
    (charge_posted(WHO, "rental", 700, on=JANUARY, label="Location"), "the first day of a year"),
    (charge_posted(WHO, "rental", 900, on=DECEMBER, label="Location"), "the last day of the year before"),
    (charge_credited(WHO, "rental", 250, on=DECEMBER, label="Justificatif antidaté"), "a late correction of a month long over"),
]


def test_a_late_correction_reaches_its_month_at_once(house: House) -> None:
    with house.writing():
        account_id = make_account(house)
        for entry, reason in WRITTEN:
            ledger.post(entry, now=house.clock(), account_id=account_id)
            assert find_wrong_month() is None, reason
    with house.reading():
        charged = "SELECT month_on, debit_cents, credit_cents FROM ledger_month WHERE journal = 'VE' AND ledger_code = '411' ORDER BY 1"
        found = [(str(month_on), debit, credit) for month_on, debit, credit in db.session.execute(text(charged))]
        assert found == [("2025-12-01", 900, 250), ("2026-01-01", 700, 0), ("2026-03-01", 3500, 0)]
        for year, charged_cents, paid_cents in ((2025, 650, 0), (2026, 4200, 3500)):
            assert moved_in(year) == (charged_cents, paid_cents)
            assert moved_in(year) == tuple(sum_ledger_lines("411", side=side, year=year) for side in ("charged", "paid"))


def test_an_entry_by_raw_sql_is_added_too_and_a_sum_changed_by_hand_is_found(house: House) -> None:
    with house.writing():
        write_three(house)
    by_hand(house, [line("512", 100, 0), line("706", 0, 100, position=2), ENTRY])
    with house.reading():
        assert find_wrong_month() is None
    by_hand(house, ["UPDATE ledger_month SET credit_cents = credit_cents + 1 WHERE ledger_code = '706'"])
    with house.reading():
        assert find_wrong_month() == date(2026, 3, 1)


def test_an_entry_reads_its_own_lines_and_not_the_whole_ledger(house: House) -> None:
    """SQLite has no plan of its own for what a trigger asks: its question is read as it stands there, an entry's keys bound."""
    asked = LINES_OF_ENTRY.replace("NEW.platform_id", "1").replace("NEW.number", "1")
    with house.reading():
        if db.engine.dialect.name != "sqlite":
            pytest.skip("PostgreSQL plans by the size of its tables, and these are empty")
        plan = db.session.execute(text(f"EXPLAIN QUERY PLAN SELECT code, sum(debit_cents) FROM ({asked}) AS line GROUP BY code"))
        assert "platform_id=? AND entry_number=?" in " ".join(str(row) for row in plan)


def test_an_entry_undone_leaves_no_sum(house: House) -> None:
    with house.writing():
        account_id = make_account(house)
    with pytest.raises(ZeroDivisionError), house.writing():
        ledger.post(WRITTEN[0][0], now=house.clock(), account_id=account_id)
        raise ZeroDivisionError
    with house.reading():
        assert db.session.scalars(select(LedgerMonth)).all() == [] and find_wrong_month() is None


def test_the_entries_of_before_are_added_up_by_the_upgrade(own: TestDatabase) -> None:  # noqa: F811
    houses = [make_house(own.app, own.clock, slug) for slug in ("essai", "autre")]
    for house in houses:
        with house.writing():
            write_three(house)
    with own.app.app_context():
        downgrade(own.owner_url, to="0033")
        upgrade(own.app, own.owner_url)
    engine = create_engine(own.owner_url)
    with engine.connect() as connection:
        assert connection.scalar(text("SELECT count(*) FROM ledger_month")) == 2 * 6
    engine.dispose()
    for house in houses:
        with house.reading():
            assert find_wrong_month() is None
