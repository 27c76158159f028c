"""Tables as files that a spreadsheet opens: CSV as French Excel reads it, XLSX with typed cells."""

import csv
import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from io import TextIOWrapper
from itertools import chain, islice
from typing import IO, TYPE_CHECKING, Any

from mobility.cells import Value, in_words, safe, typed
from mobility.later import later

if TYPE_CHECKING:
    import openpyxl
else:
    openpyxl = later("openpyxl")

CSV = "text/csv; charset=utf-8"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_FORMATS = {datetime: "DD/MM/YYYY HH:MM", date: "DD/MM/YYYY", Decimal: '#,##0.00\\ "€"'}
NARROWEST, WIDEST = 16, 60  # characters: a date and its hour; what is longer goes on below
_MEASURED = 200  # lines that say how wide a column is
_A4 = 9
_UPRIGHT = 5  # columns that a page bears without lying down


def write_csv(out: IO[bytes], title: str, headings: Sequence[str], rows: Iterable[Sequence[Value]]) -> None:
    """UTF-8 with its mark, semicolons: French Excel opens it by a double click."""
    text = TextIOWrapper(out, encoding="utf-8-sig", newline="")
    sheet = csv.writer(text, delimiter=";")
    sheet.writerow(map(safe, headings))
    sheet.writerows(map(in_words, row) for row in rows)
    text.detach()


def write_xlsx(out: IO[bytes], title: str, headings: Sequence[str], rows: Iterable[Sequence[Value]]) -> None:
    """One sheet, its heading bold and kept in sight, its columns as wide as their first lines; they go to disk as they come."""
    coming = iter(rows)
    first = list(islice(coming, _MEASURED))
    book = openpyxl.Workbook(write_only=True)
    sheet: Any = book.create_sheet(re.sub(r"[\\/*?:\[\]]", " ", title)[:31])
    sheet.freeze_panes = "A2"
    for place, heading in enumerate(headings):
        widest = max([len(heading) + 4, NARROWEST, *(len(in_words(row[place])) + 2 for row in first)])
        sheet.column_dimensions[openpyxl.utils.get_column_letter(place + 1)].width = min(widest, WIDEST)
    _set_paper(sheet, title, lying=len(headings) > _UPRIGHT)
    sheet.append([_cell(sheet, safe(heading), openpyxl.styles.Font(bold=True)) for heading in headings])
    for row in chain(first, coming):
        sheet.append([_cell(sheet, typed(value)) for value in row])
    book.save(out)


def _set_paper(sheet: Any, title: str, *, lying: bool) -> None:
    """A4, all columns across one page, the headings again and the title on each, its number below."""
    sheet.print_title_rows = "1:1"
    sheet.page_setup.paperSize, sheet.page_setup.orientation = _A4, "landscape" if lying else "portrait"
    sheet.sheet_properties.pageSetUpPr = openpyxl.worksheet.properties.PageSetupProperties(fitToPage=True)
    sheet.page_setup.fitToHeight = 0
    sheet.oddHeader.center.text, sheet.oddFooter.center.text = title.replace("&", "&&"), "&P / &N"


def _cell(sheet: Any, value: Any, font: Any = None) -> Any:
    cell = openpyxl.cell.WriteOnlyCell(sheet, value=value)
    if type(value) in _FORMATS:
        cell.number_format = _FORMATS[type(value)]
    if isinstance(value, str) and len(value) > WIDEST:
        cell.alignment = openpyxl.styles.Alignment(wrap_text=True, vertical="top")
    if font is not None:
        cell.font = font
    return cell
