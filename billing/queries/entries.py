"""A year of the ledger for the accountant: its lines in the layout, and what they come to by journal."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain
from typing import Any

from sqlalchemy import Select, select

from billing.fec import OPENED, Carried, LedgerRow, Row, carried_over, file_name, in_layout
from billing.ledger import JOURNALS
from billing.models import BillingAccount, JournalEntry, LedgerLine, LedgerMonth
from billing.queries.analytic import line_codes
from billing.queries.chart import account_names
from billing.queries.closings import closed_days
from billing.queries.figures import DEBIT_LESS_CREDIT, in_year
from billing.queries.letters import Letter, letters_of, letters_over
from mobility import practice
from mobility.db import db, total_of
from mobility.errors import Conflict
from mobility.periods import paris_day
from mobility.queries.letterhead import platform_here

CHUNK = 500  # lines in memory at a time
IMPORTED, COMPLETE = "Écritures à importer", "Fichier des écritures comptables (FEC)"
_OFF_BALANCE = "8%"


@dataclass(frozen=True, kw_only=True)
class JournalSum:
    """What a year's entries of one journal come to: debit and credit are one amount, or the books are broken."""

    journal: str
    label: str
    debit_cents: int
    credit_cents: int


@dataclass(frozen=True, kw_only=True)
class EntriesOfYear:
    """A year's file before it is made: what it may be called, its name (None until the SIREN is known), its sums."""

    year: int
    title: str
    file_name: str | None
    journals: list[JournalSum]

    @property
    def total_cents(self) -> int:
        """What all its lines come to, on either side."""
        return sum(journal.debit_cents for journal in self.journals)


def entries_of(year: int) -> EntriesOfYear:
    """What the file of a year will hold."""
    siren = platform_here().siren
    sums = {journal: (debit, credit) for journal, debit, credit in db.session.execute(_by_journal(year))}
    for row in _carried(year, letters_over(year)[1]) if _is_complete(year) else ():
        debit, credit = sums.get(OPENED, (0, 0))
        sums[OPENED] = (debit + row.debit_cents, credit + row.credit_cents)
    return EntriesOfYear(
        year=year,
        title=COMPLETE if _is_complete(year) else IMPORTED,
        file_name=file_name(siren, year) if siren else None,
        journals=[JournalSum(journal=code, label=JOURNALS[code], debit_cents=d, credit_cents=c) for code, (d, c) in sorted(sums.items())],
    )


def name_of_file(year: int, named: Callable[[str, int], str] = file_name) -> str:
    """The name the law gives the year's file. Raises Conflict while nobody has noted the SIREN that it begins with."""
    siren = platform_here().siren
    if siren is None:
        raise Conflict(
            "Le nom du fichier commence par le SIREN de l’association : la personne responsable le note dans « Qui nous sommes »."
        )
    return named(siren, year)


def rows_of(year: int) -> Iterator[Row]:
    """The lines of a year in the layout, in the order of their days; a few hundred in memory at a time."""
    if not _is_complete(year):
        return in_layout(_read(year, letters_of(year)), account_names(), line_codes())
    letters, settled = letters_over(year)
    return in_layout(chain(_carried(year, settled), _read(year, letters)), account_names(), line_codes())


def _is_complete(year: int) -> bool:
    """Whether the association keeps all its books here, at the year's end."""
    return bool(practice.value_on("billing.keeps_all_books", date(year, 12, 31)))


def _by_journal(year: int) -> Select[str, int, int]:
    sums = select(LedgerMonth.journal, total_of(LedgerMonth.debit_cents), total_of(LedgerMonth.credit_cents))
    of_the_year = LedgerMonth.month_on.between(date(year, 1, 1), date(year, 12, 31))
    return sums.filter(of_the_year, LedgerMonth.ledger_code.not_like(_OFF_BALANCE)).group_by(LedgerMonth.journal)


def _lines(year: int) -> Select[*tuple[Any, ...]]:
    entry = (JournalEntry.number, JournalEntry.on, JournalEntry.at, JournalEntry.journal, JournalEntry.label, JournalEntry.reference)
    sides = (LedgerLine.debit_cents, LedgerLine.credit_cents)
    line = (LedgerLine.position, BillingAccount.programme, LedgerLine.ledger_code, LedgerLine.subject_number, *sides)
    lines = select(*entry, *line).join(LedgerLine, LedgerLine.entry_number == JournalEntry.number)
    lines = lines.outerjoin(BillingAccount, BillingAccount.id == LedgerLine.account_id)
    wanted = in_year(lines, year).filter(LedgerLine.ledger_code.not_like(_OFF_BALANCE))
    return wanted.order_by(JournalEntry.on, JournalEntry.number, LedgerLine.position).execution_options(yield_per=CHUNK)


def _read(year: int, letters: Mapping[tuple[int, int], Letter]) -> Iterator[LedgerRow]:
    closed_on = closed_days()
    for number, on, at, journal, label, reference, position, programme, *rest in db.session.execute(_lines(year)):
        valid_on = closed_on(on) or paris_day(at)
        row = LedgerRow(number, on, valid_on, journal, label, reference, *rest, *letters.get((number, position), ()))
        yield row._replace(programme=programme)


def _carried(year: int, settled: Mapping[tuple[str, str | None], Sequence[Carried]]) -> Iterator[LedgerRow]:
    """What the accounts stood at when the year began: only where all the books are here; an accountant has it already elsewhere."""
    stood = (
        select(LedgerLine.ledger_code, LedgerLine.subject_number, total_of(DEBIT_LESS_CREDIT))
        .join(JournalEntry, JournalEntry.number == LedgerLine.entry_number)
        .filter(JournalEntry.on < date(year, 1, 1), LedgerLine.ledger_code.not_like(_OFF_BALANCE))
        .group_by(LedgerLine.ledger_code, LedgerLine.subject_number)
        .order_by(LedgerLine.ledger_code, LedgerLine.subject_number)
    )
    return carried_over(((code, party, cents) for code, party, cents in db.session.execute(stood)), year, settled)
