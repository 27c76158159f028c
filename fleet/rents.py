"""The rents of the programme as a table for other programs: a line a month of each file (domain.md §10.3)."""

import csv
import io
from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from mobility.cells import safe


class RentLine(NamedTuple):
    """A month of a file: both days included, its rent in cents, zero too."""

    file: str
    month: int
    first_day: date
    last_day: date
    cents: int


def rents_csv(lines: Iterable[RentLine]) -> str:
    """Semicolons, ISO dates, a heading, no byte-order mark."""
    text = io.StringIO(newline="")
    sheet = csv.writer(text, delimiter=";", lineterminator="\n")
    sheet.writerow(RentLine._fields)
    sheet.writerows((safe(line.file), *line[1:]) for line in lines)
    return text.getvalue()
