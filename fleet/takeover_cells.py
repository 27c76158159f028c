"""Cells of a platform's own spreadsheet that their line can do without: what they say, else a doubt on the line. Pure."""

from collections.abc import Callable
from datetime import date
from typing import TypeVar

from fleet.takeover_fields import BY_CODE
from fleet.takeover_lines import Line
from mobility.imports.sheets import DayRead

T = TypeVar("T")


def or_doubt(line: Line, field: str, read: Callable[[str], T]) -> T | None:
    """A cell that the rental can do without: what it says, else a doubt."""
    try:
        return read(line.cells[field]) if line.cells.get(field) else None
    except ValueError as refused:
        line.doubts.append(f"{BY_CODE[field].name} : {refused}, laissé vide")
        return None


def day_or_doubt(line: Line, field: str, read: Callable[[str], DayRead]) -> date | None:
    """A day that the rental can do without."""
    found = or_doubt(line, field, read)
    return noted(line, BY_CODE[field].name, found) if found is not None else None


def noted(line: Line, heading: str, read: DayRead) -> date:
    """The day, and the doubt it was read with on its line."""
    if read.doubt:
        line.doubts.append(f"{heading} : {read.doubt}")
    return read.day
