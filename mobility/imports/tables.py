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
_ZIP, _OLD_EXCEL = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"


@dataclass(frozen=True)
class Table:
    """A table's headings and its lines; a line is numbered as the spreadsheet numbers it."""

    headings: tuple[str, ...]
    rows: tuple[Row, ...]


def read_table(name: str, raw: bytes, *, most_lines: int) -> Table:
    """The first sheet of a CSV or XLSX file, empty lines left out. Raises SheetRefused with a French sentence."""
    if len(raw) > MOST_BYTES:
        raise SheetRefused(f"{name} : ce fichier dépasse 20 Mo. Découpez-le.")
    if raw.startswith(_OLD_EXCEL):
        raise SheetRefused(f"{name} : ce classeur est d’un ancien format (.xls). Enregistrez-le en .xlsx ou en CSV, puis recommencez.")
    lines = _xlsx(name, raw, most_lines) if raw.startswith(_ZIP) else _csv(name, raw)
    filled = [(number, cells) for number, cells in lines if any(cells)]
    if not filled:
        raise SheetRefused(f"{name} : ce fichier est vide.")
    (_, headings), *rest = filled
    if len(rest) > most_lines:
        raise SheetRefused(
            f"{name} : au plus {most_lines} lignes à la fois, et ce fichier en a davantage. Découpez-le, par exemple par pôle."
        )
    _check_shape(name, headings, rest)
    return Table(headings=tuple(headings), rows=tuple(Row(number, dict(zip(headings, cells, strict=False))) for number, cells in rest))


def _check_shape(name: str, headings: list[str], lines: Iterable[tuple[int, list[str]]]) -> None:
    named = [heading for heading in headings if heading]
    if twice := {heading for heading in named if named.count(heading) > 1}:
        raise SheetRefused(f"{name} : la colonne « {min(twice)} » s’y trouve deux fois.")
    for number, cells in lines:
        if any(len(cell) > LONGEST_CELL for cell in cells):
            raise SheetRefused(f"{name}, ligne {number} : une case dépasse {LONGEST_CELL} caractères.")


def _csv(name: str, raw: bytes) -> Iterable[tuple[int, list[str]]]:
    text = _decoded(name, raw)
    first = text.split("\n", 1)[0]
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=max(";\t,", key=first.count))
    try:
        return [(reader.line_num, [_plain(cell) for cell in cells[:MOST_COLUMNS]]) for cells in reader]
    except csv.Error:
        raise SheetRefused(f"{name} : ce fichier n’est pas un tableau CSV.") from None


def _decoded(name: str, raw: bytes) -> str:
    """UTF-8, else the Windows encoding of French Excel; what holds a NUL or too odd characters is no text."""
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = raw.decode("cp1252", errors="replace")
    if "\0" in text or "\ufffd" in text:
        raise SheetRefused(f"{name} : ce fichier n’est pas un tableau. Envoyez un classeur .xlsx ou un fichier CSV.")
    return text


def _xlsx(name: str, raw: bytes, most_lines: int) -> list[tuple[int, list[str]]]:
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as packed:
            if sum(part.file_size for part in packed.infolist()) > MOST_UNPACKED:
                raise SheetRefused(f"{name} : ce classeur est trop gros une fois ouvert.")
        book = openpyxl.load_workbook(io.BytesIO(raw), read_only=True, data_only=True)
        sheet: Any = book.worksheets[0]
        rows = sheet.iter_rows(max_row=most_lines + 2, max_col=MOST_COLUMNS, values_only=True)
        lines = [(number, [_shown(value) for value in row]) for number, row in enumerate(rows, 1)]
        book.close()
    except SheetRefused:
        raise
    except Exception:  # whatever openpyxl stumbles over in a file made to harm, or torn, the answer is one sentence
        raise SheetRefused(f"{name} : ce classeur ne s’ouvre pas. Enregistrez-le de nouveau en .xlsx, ou en CSV.") from None
    return lines


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
