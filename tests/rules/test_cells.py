"""Typed values as spreadsheets are given them."""

import csv
import re
from datetime import UTC, date, datetime
from decimal import Decimal
from io import BytesIO, StringIO

import pytest
from openpyxl import load_workbook

from mobility.cells import Euros, Said, Value, in_words, safe, typed
from mobility.spreadsheets import NARROWEST, WIDEST, write_csv, write_xlsx

SUMMER = datetime(2026, 7, 1, 22, 30, tzinfo=UTC)  # already the 2nd in Paris
ON_PAPER = datetime(2026, 7, 2, 0, 30, tzinfo=UTC).replace(tzinfo=None)  # a sheet knows no zones


@pytest.mark.parametrize(
    ("text", "kept", "why"),
    [
        ("Nadia", "Nadia", "a text is left alone"),
        ("=1+1", "'=1+1", "a formula"),
        ("+33700000000", "'+33700000000", "a plus begins one too"),
        ("-2+3", "'-2+3", "so does a minus"),
        ("@SUM(A1)", "'@SUM(A1)", "and an at sign, in old sheets"),
        ("\t=1", "'\t=1", "what is trimmed before it is read"),
        ("\x00=1", "'=1", "what stood before it is no shelter"),
        ("– tiret", "– tiret", "a dash is no minus"),
        ("a=1", "a=1", "a sign inside is only a sign"),
    ],
)
def test_no_text_is_ever_a_formula(text: str, kept: str, why: str) -> None:
    assert safe(text) == kept, why
    assert typed(Said(text)) == kept, "a state’s word is a text"


@pytest.mark.parametrize(
    ("value", "cell", "words"),
    [
        (Euros(1750), Decimal("17.5"), "17,50"),
        (Euros(-5), Decimal("-0.05"), "-0,05"),
        (12, 12, "12"),
        (date(2026, 3, 2), date(2026, 3, 2), "02/03/2026"),
        (SUMMER, ON_PAPER, "02/07/2026 00:30"),
        (Said("en retard", "over"), "en retard", "en retard"),
        (Said("depuis 9 jours", "near", since=date(2026, 3, 2)), date(2026, 3, 2), "02/03/2026"),
        (None, None, ""),
    ],
)
def test_each_value_has_its_type_and_its_words(value: Value, cell: object, words: str) -> None:
    assert (typed(value), in_words(value)) == (cell, words)


ROWS: list[list[Value]] = [["Éloïse; dite « É »", Euros(1750), SUMMER], ["=cmd", None, None]]
HEADINGS = ["Nom", "Dû", "Quand"]


def test_a_csv_opens_by_a_double_click_in_french() -> None:
    out = BytesIO()
    write_csv(out, "Essai", HEADINGS, ROWS)
    raw = out.getvalue()
    assert raw.startswith(b"\xef\xbb\xbf")
    lines = list(csv.reader(StringIO(raw.decode("utf-8-sig"), newline=""), delimiter=";"))
    assert lines == [HEADINGS, ["Éloïse; dite « É »", "17,50", "02/07/2026 00:30"], ["'=cmd", "", ""]]


def test_an_xlsx_has_typed_cells_and_no_formula() -> None:
    out = BytesIO()
    write_xlsx(out, "Essai: [2026]", HEADINGS, ROWS)
    sheet = load_workbook(BytesIO(out.getvalue())).worksheets[0]
    assert [[cell.value for cell in row] for row in sheet.iter_rows()] == [
        HEADINGS,
        ["Éloïse; dite « É »", 17.5, ON_PAPER],
        ["'=cmd", None, None],
    ]
    assert {cell.data_type for row in sheet.iter_rows() for cell in row} <= {"s", "n", "d"}, "no formula"
    assert not re.search(r"[\\/*?:\[\]]", sheet.title)
    assert (sheet.print_title_rows, sheet.oddHeader.center.text, sheet.sheet_properties.pageSetUpPr.fitToPage) == (
        "$1:$1",
        "Essai: [2026]",
        True,
    )


def test_a_column_is_as_wide_as_what_it_holds_and_a_long_text_goes_on_below() -> None:
    out = BytesIO()
    write_xlsx(out, "Essai", HEADINGS, [["Un véhicule au nom un peu long", Euros(1), None], ["mot " * 30, None, None]])
    sheet = load_workbook(BytesIO(out.getvalue())).worksheets[0]
    assert [sheet.column_dimensions[column].width for column in "ABC"] == [WIDEST, NARROWEST, NARROWEST]
    assert [sheet.cell(row, 1).alignment.wrap_text for row in (2, 3)] == [None, True]
