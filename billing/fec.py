"""The 18 fields of the tax administration's file of entries (FEC), and our ledger's lines written in them (domain.md §9, accounting).

Ours is a sub-ledger: the same layout carries *entries to import*, and is an FEC only where all the books are kept here. Pure.
Commitments (class 8) stay out: the balance sheet does not know them, and each half of an entry balances by itself.
"""

import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import lru_cache
from types import MappingProxyType
from typing import NamedTuple

from billing.hires import PARTY as OF_HIRERS
from billing.ledger import CHART, JOURNALS
from billing.shares import PARTY
from mobility.cells import Euros, Value

FIELDS = (
    "JournalCode", "JournalLib", "EcritureNum", "EcritureDate", "CompteNum", "CompteLib", "CompAuxNum", "CompAuxLib", "PieceRef",
    "PieceDate", "EcritureLib", "Debit", "Credit", "EcritureLet", "DateLet", "ValidDate", "Montantdevise", "Idevise",
)  # fmt: skip
ENCODING = "iso-8859-15"  # what the law names first, and what every accountant's program reads
OPENED = "AN"
SURPLUS, DEFICIT = "120", "129"
_RESULT = {SURPLUS: "Excédent de l’exercice antérieur", DEFICIT: "Déficit de l’exercice antérieur"}
_NEAREST = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "—": "-", "−": "-", "…": "..."})


class LedgerRow(NamedTuple):
    """A line of our ledger with its entry: `number` is the entry's in our books, 0 for the balances carried over.

    `valid_on` is the day its period was closed, or before that the day it was written.
    """

    number: int
    on: date
    valid_on: date
    journal: str
    label: str
    reference: str
    account: str
    party: str | None
    debit_cents: int
    credit_cents: int
    letter: str = ""
    settled_on: date | None = None
    programme: str | None = None


class Row(NamedTuple):
    """A line in the layout: `number` runs 1…N without hole in its journal and year."""

    journal: str
    number: int
    on: date
    account: str
    account_label: str
    party: str | None
    piece: str
    label: str
    debit_cents: int
    credit_cents: int
    valid_on: date
    letter: str = ""
    settled_on: date | None = None
    analytic: str = ""


def file_name(siren: str, year: int) -> str:
    """Its name as the law has it, the year closed on its last day."""
    return f"{siren}FEC{year}1231.txt"


def coded_name(siren: str, year: int) -> str:
    """The name of the same entries with their analytic codes: not the law's."""
    return f"{siren}-ecritures-analytiques-{year}.txt"


def our_name(account: str, on: date) -> tuple[str, str]:
    """An account's number and label, where the accountant has none of their own."""
    return account, _RESULT.get(account) or CHART[account]


def in_layout(
    lines: Iterable[LedgerRow],
    name_of: Callable[[str, date], tuple[str, str]] = our_name,
    analytic_of: Callable[[LedgerRow], str] = lambda _: "",
) -> Iterator[Row]:
    """Lines in the order of their entries, numbered journal by journal, their accounts named as the accountant does on that day."""
    taken: Counter[str] = Counter()
    current = None
    for line in lines:
        if line.number != current:
            current = line.number
            taken[line.journal] += 1
        account, account_label = name_of(line.account, line.on)
        yield Row(
            journal=line.journal,
            number=taken[line.journal],
            on=line.on,
            account=account,
            account_label=account_label,
            party=line.party,
            piece=f"PE{line.number} {line.reference}".rstrip(),
            label=line.label,
            debit_cents=line.debit_cents,
            credit_cents=line.credit_cents,
            valid_on=max(line.on, line.valid_on),
            letter=line.letter,
            settled_on=line.settled_on,
            analytic=analytic_of(line),
        )


class Carried(NamedTuple):
    """A part of what a party stood at when the year began (debit less credit), settled within it under a letter."""

    letter: str
    settled_on: date
    cents: int


def carried_over(
    balances: Iterable[tuple[str, str | None, int]],
    year: int,
    settled: Mapping[tuple[str, str | None], Sequence[Carried]] = MappingProxyType({}),
) -> Iterator[LedgerRow]:
    """The first entry of a year whose books are all kept here: what each account (debit less credit) stood at, income and costs in one.

    What the year settles of it stands on lines of its own, so that a debt of December bears the letter of its payment in January.
    """
    result_cents = 0
    for account, party, cents in balances:
        if account[0] in "67":
            result_cents += cents
            continue
        parts = settled.get((account, party), ())
        for part in parts:
            yield _carried(account, party, part.cents, year)._replace(letter=part.letter, settled_on=part.settled_on)
        if left := cents - sum(part.cents for part in parts):
            yield _carried(account, party, left, year)
    if result_cents:
        yield _carried(DEFICIT if result_cents > 0 else SURPLUS, None, result_cents, year)


def _carried(account: str, party: str | None, cents: int, year: int) -> LedgerRow:
    first = date(year, 1, 1)
    return LedgerRow(0, first, first, OPENED, "Reprise des soldes", str(year - 1), account, party, max(cents, 0), max(-cents, 0))


def written(row: Row) -> bytes:
    """A line of the file: tabs, comma decimals, days as AAAAMMJJ, carriage return and line feed."""
    told = (
        row.journal, JOURNALS[row.journal], str(row.number), f"{row.on:%Y%m%d}", row.account, row.account_label, row.party or "",
        _say_party(row.party), row.piece, f"{row.on:%Y%m%d}", row.label, _comma(row.debit_cents), _comma(row.credit_cents), row.letter,
        f"{row.settled_on:%Y%m%d}" if row.settled_on else "", f"{row.valid_on:%Y%m%d}", "", "",
    )  # fmt: skip
    return b"\t".join(map(_plain, told)) + b"\r\n"


HEADING = "\t".join(FIELDS).encode() + b"\r\n"
CODED_FIELDS = (*FIELDS, "Analytique")
CODED_HEADING = "\t".join(CODED_FIELDS).encode() + b"\r\n"


def written_with_code(row: Row) -> bytes:
    """The same line with its analytic code after the 18 fields: to import, no FEC."""
    return written(row).removesuffix(b"\r\n") + b"\t" + _plain(row.analytic) + b"\r\n"


def cells_with_code(row: Row) -> list[Value]:
    """The same for a spreadsheet."""
    return [*cells(row), row.analytic or None]


def cells(row: Row) -> list[Value]:
    """The same line for a spreadsheet."""
    return [
        row.journal, JOURNALS[row.journal], row.number, row.on, row.account, row.account_label, row.party, _say_party(row.party) or None,
        row.piece, row.on, row.label, Euros(row.debit_cents), Euros(row.credit_cents), row.letter or None, row.settled_on,
        row.valid_on, None, None,
    ]  # fmt: skip


def _say_party(party: str | None) -> str:
    if not party:
        return ""
    who = "Tiers payeur" if party.startswith(PARTY) else "Loueur" if party.startswith(OF_HIRERS) else "Bénéficiaire"
    return f"{who} {party}"


def _comma(cents: int) -> str:
    whole, rest = divmod(cents, 100)
    return f"{whole},{rest:02d}"


@lru_cache(maxsize=4096)  # accounts, journals and persons come again and again
def _plain(text: str) -> bytes:
    """A text in the file's letters, on one line: what they lack becomes its nearest, or nothing."""
    if text.isascii() and text.isprintable():  # nearly every field
        return text.strip().encode()
    seen = "".join(letter for letter in text.translate(_NEAREST) if letter.isspace() or unicodedata.category(letter)[0] != "C")
    line = " ".join(seen.split())
    try:
        return line.encode(ENCODING)
    except UnicodeEncodeError:
        return b"".join(map(_letter, line)).strip()


def _letter(letter: str) -> bytes:
    return letter.encode(ENCODING, "ignore") or unicodedata.normalize("NFKD", letter).encode("ascii", "ignore")
