"""Tables as files that a spreadsheet opens: CSV as French Excel reads it, XLSX with typed cells."""

import csv
import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from io import TextIOWrapper
from typing import IO, TYPE_CHECKING, Any

from mobility.cells import Value, in_words, safe, typed
from mobility.later import later

if TYPE_CHECKING:
    import openpyxl
else:
    openpyxl = later("openpyxl")

CSV = "text/csv; charset=utf-8"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_FORMATS = {datetime: "DD/MM/YYYY HH:MM", date: "DD/MM/YYYY", Decimal: "#,##0.00"}
NARROWEST = 16  # characters: a date and its hour


def write_csv(out: IO[bytes], title: str, headings: Sequence[str], rows: Iterable[Sequence[Value]]) -> None:
    """UTF-8 with its mark, semicolons: French Excel opens it by a double click."""
    text = TextIOWrapper(out, encoding="utf-8-sig", newline="")
    sheet = csv.writer(text, delimiter=";")
    sheet.writerow(map(safe, headings))
    sheet.writerows(map(in_words, row) for row in rows)
    text.detach()


def write_xlsx(out: IO[bytes], title: str, headings: Sequence[str], rows: Iterable[Sequence[Value]]) -> None:
    """One sheet, its heading bold and kept in sight; lines go to disk as they come."""
    book = openpyxl.Workbook(write_only=True)
    sheet: Any = book.create_sheet(re.sub(r"[\\/*?:\[\]]", " ", title)[:31])
    sheet.freeze_panes = "A2"
    for place, heading in enumerate(headings, 1):
        sheet.column_dimensions[openpyxl.utils.get_column_letter(place)].width = max(len(heading) + 4, NARROWEST)
    sheet.append([_cell(sheet, safe(heading), openpyxl.styles.Font(bold=True)) for heading in headings])
    for row in rows:
        sheet.append([_cell(sheet, typed(value)) for value in row])
    book.save(out)


def _cell(sheet: Any, value: Any, font: Any = None) -> Any:
    cell = openpyxl.cell.WriteOnlyCell(sheet, value=value)
    if type(value) in _FORMATS:
        cell.number_format = _FORMATS[type(value)]
    if font is not None:
        cell.font = font
    return cell
