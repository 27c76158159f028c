"""A table sent as it is: CSV or XLSX, its separator and encoding found out, every cell as the text a French spreadsheet shows. Pure."""

import csv
import io
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from mobility.cells import FORMULA, in_words
from mobility.imports.sheets import MOST_BYTES, Row, SheetRefused
from mobility.later import later

if TYPE_CHECKING:
    import openpyxl
else:
    openpyxl = later("openpyxl")

MOST_COLUMNS = 100
LONGEST_CELL = 500  # characters
MOST_UNPACKED = 5 * MOST_BYTES
MOST_SHEETS = 12
MOST_TITLES = 12  # lines above and of the headings
SEPARATORS = {";": "points-virgules", "\t": "tabulations", ",": "virgules"}
_ZIP, _OLD_EXCEL = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"


@dataclass(frozen=True)
class Table:
    """A table's headings and its lines; a line is numbered as the spreadsheet numbers it."""

    headings: tuple[str, ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Book:
    """A whole file: its sheets by name, and in words how it was read, for whoever sent it to see."""

    sheets: tuple[tuple[str, Table], ...]
    manner: str


def read_table(name: str, raw: bytes, *, most_lines: int) -> Table:
    """The first sheet of a CSV or XLSX file, empty lines left out. Raises SheetRefused with a French sentence."""
    sheets, _ = _open(name, raw, most_lines, most_sheets=1)
    filled = _filled(sheets[0][1])
    if not filled:
        raise SheetRefused(f"{name} : ce fichier est vide.")
    (_, headings), *rest = filled
    _check_count(name, len(rest), most_lines)
    if twice := {heading for heading in headings if heading and headings.count(heading) > 1}:
        raise SheetRefused(f"{name} : la colonne « {min(twice)} » s’y trouve deux fois.")
    return _table(name, headings, rest)


def read_lines(name: str, raw: bytes, *, most_lines: int) -> list[tuple[int, list[str]]]:
    """The numbered lines of the first sheet, whatever stands above its headings, empty ones left out. Raises SheetRefused."""
    sheets, _ = _open(name, raw, most_lines, most_sheets=1)
    filled = _filled(sheets[0][1])
    _check_count(name, len(filled), most_lines)
    return filled


def read_book(name: str, raw: bytes, *, most_lines: int) -> Book:
    """Every sheet of a file that no program made: titles above the headings are passed over, headings without a name get one.

    Raises SheetRefused with a French sentence.
    """
    sheets, manner = _open(name, raw, most_lines, most_sheets=MOST_SHEETS)
    tables = []
    for title, lines in sheets:
        filled = _filled(lines)
        first = next((place for place, (_, cells) in enumerate(filled) if sum(map(bool, cells)) > 1), len(filled))
        if filled[first + 1 :]:
            tables.append((title, _table(name, _named(filled[first][1]), filled[first + 1 :])))
    if not tables:
        raise SheetRefused(f"{name} : ce fichier est vide, ou n’a qu’une ligne.")
    _check_count(name, sum(len(table.rows) for _, table in tables), most_lines)
    return Book(sheets=tuple(tables), manner=manner)


def _named(headings: list[str]) -> list[str]:
    """Each heading once: one that comes again, or that is empty, is told by its place."""
    named: list[str] = []
    for place, heading in enumerate(headings, 1):
        named.append(heading if heading and heading not in named else f"{heading or 'Colonne'} ({place})")
    return named


def _filled(lines: Iterable[tuple[int, list[str]]]) -> list[tuple[int, list[str]]]:
    return [(number, cells) for number, cells in lines if any(cells)]


def _table(name: str, headings: list[str], lines: list[tuple[int, list[str]]]) -> Table:
    for number, cells in lines:
        if any(len(cell) > LONGEST_CELL for cell in cells):
            raise SheetRefused(f"{name}, ligne {number} : une case dépasse {LONGEST_CELL} caractères.")
    return Table(headings=tuple(headings), rows=tuple(Row(number, dict(zip(headings, cells, strict=False))) for number, cells in lines))


def _check_count(name: str, lines: int, most_lines: int) -> None:
    if lines > most_lines:
        raise SheetRefused(
            f"{name} : au plus {most_lines} lignes à la fois, et ce fichier en a davantage. Découpez-le, par exemple par pôle."
        )


Sheets = list[tuple[str, list[tuple[int, list[str]]]]]


def _open(name: str, raw: bytes, most_lines: int, *, most_sheets: int) -> tuple[Sheets, str]:
    """The file's sheets, each a title and its numbered lines, and how they were read."""
    if len(raw) > MOST_BYTES:
        raise SheetRefused(f"{name} : ce fichier dépasse 20 Mo. Découpez-le.")
    if raw.startswith(_OLD_EXCEL):
        raise SheetRefused(f"{name} : ce classeur est d’un ancien format (.xls). Enregistrez-le en .xlsx ou en CSV, puis recommencez.")
    if raw.startswith(_ZIP):
        sheets = _xlsx(name, raw, most_lines, most_sheets)
        return sheets, "classeur Excel"
    return _csv(name, raw)


def _csv(name: str, raw: bytes) -> tuple[Sheets, str]:
    text, encoding = _decoded(name, raw)
    first = next((line for line in text.split("\n") if line.strip()), "")
    separator = max(SEPARATORS, key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    try:
        lines = [(reader.line_num, [_plain(cell) for cell in cells[:MOST_COLUMNS]]) for cells in reader]
    except csv.Error:
        raise SheetRefused(f"{name} : ce fichier n’est pas un tableau CSV.") from None
    return [("", lines)], f"fichier CSV, séparé par des {SEPARATORS[separator]}, {encoding}"


def _decoded(name: str, raw: bytes) -> tuple[str, str]:
    """UTF-8, else the Windows encoding of French Excel, with its name; what holds a NUL or too odd characters is no text."""
    try:
        text, encoding = raw.decode("utf-8-sig"), "en UTF-8"
    except UnicodeDecodeError:
        text, encoding = raw.decode("cp1252", errors="replace"), "dans l’encodage d’Excel pour Windows"
    if "\0" in text or "\ufffd" in text:
        raise SheetRefused(f"{name} : ce fichier n’est pas un tableau. Envoyez un classeur .xlsx ou un fichier CSV.")
    return text, encoding


def _xlsx(name: str, raw: bytes, most_lines: int, most_sheets: int) -> Sheets:
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as packed:
            if sum(part.file_size for part in packed.infolist()) > MOST_UNPACKED:
                raise SheetRefused(f"{name} : ce classeur est trop gros une fois ouvert.")
        book = openpyxl.load_workbook(io.BytesIO(raw), read_only=True, data_only=True)
        sheets = [(str(sheet.title), _lines_of(sheet, most_lines)) for sheet in book.worksheets[:most_sheets]]
        book.close()
    except SheetRefused:
        raise
    except Exception:  # whatever openpyxl stumbles over in a file made to harm, or torn, the answer is one sentence
        raise SheetRefused(f"{name} : ce classeur ne s’ouvre pas. Enregistrez-le de nouveau en .xlsx, ou en CSV.") from None
    return sheets


def _lines_of(sheet: Any, most_lines: int) -> list[tuple[int, list[str]]]:
    rows = sheet.iter_rows(max_row=most_lines + MOST_TITLES, max_col=MOST_COLUMNS, values_only=True)
    return [(number, [_shown(value) for value in row]) for number, row in enumerate(rows, 1)]


def _shown(value: Any) -> str:
    """A cell's value as a French spreadsheet shows it."""
    if isinstance(value, bool):
        return "oui" if value else "non"
    if isinstance(value, float):
        return f"{value:.10g}".replace(".", ",")
    if isinstance(value, datetime):
        return f"{value:%d/%m/%Y}" if (value.hour, value.minute) == (0, 0) else f"{value:%d/%m/%Y %H:%M}"
    return in_words(value) if isinstance(value, date | int) else _plain("" if value is None else str(value))


def _plain(cell: str) -> str:
    """Without the apostrophe that keeps a spreadsheet from running a text as a formula (mobility/cells.py)."""
    text = cell.strip()
    return text[1:] if text.startswith("'") and text[1:].startswith(FORMULA) else text
