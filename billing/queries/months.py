"""The sums of each month, asked of the entries themselves."""

from collections import defaultdict
from datetime import date

from sqlalchemy import select

from billing.models import JournalEntry, LedgerLine, LedgerMonth
from mobility.db import db, total_of

Sums = dict[tuple[date, str, str], list[int]]


def find_wrong_month() -> date | None:
    """The first month whose sums are not to the cent those of its entries' lines; None when all are."""
    kept, found = _kept(), _recomputed()
    return min((key[0] for key in kept.keys() | found.keys() if kept.get(key) != found.get(key)), default=None)


def _kept() -> Sums:
    columns = (LedgerMonth.month_on, LedgerMonth.journal, LedgerMonth.ledger_code, LedgerMonth.debit_cents, LedgerMonth.credit_cents)
    return {(month_on, journal, code): sums for month_on, journal, code, *sums in db.session.execute(select(*columns))}


def _recomputed() -> Sums:
    asked = (
        select(JournalEntry.on, JournalEntry.journal, LedgerLine.ledger_code)
        .add_columns(total_of(LedgerLine.debit_cents), total_of(LedgerLine.credit_cents))
        .join(LedgerLine, LedgerLine.entry_number == JournalEntry.number)
        .group_by(JournalEntry.on, JournalEntry.journal, LedgerLine.ledger_code)
    )
    found: Sums = defaultdict(lambda: [0, 0])
    for on, journal, code, debit, credit in db.session.execute(asked):
        sums = found[on.replace(day=1), journal, code]
        sums[0] += debit
        sums[1] += credit
    return found
