"""A list as a file that a French spreadsheet opens: semicolons, comma decimals, and no text that it would take for a formula."""

import csv
import io
from collections.abc import Iterable, Sequence

from flask import Response

FORMULA = ("=", "+", "-", "@", "\t", "\r")


def euros_typed(cents: int) -> str:
    """-1750 → "-17,50"."""
    whole, rest = divmod(abs(cents), 100)
    return f"{'-' if cents < 0 else ''}{whole},{rest:02d}"


def as_csv(name: str, head: Sequence[str], rows: Iterable[Sequence[str | int]]) -> Response:
    """The answer that downloads these rows; an amount is given as an integer of cents."""
    file = io.StringIO()
    writer = csv.writer(file, delimiter=";", lineterminator="\r\n")
    writer.writerow(head)
    writer.writerows([euros_typed(cell) if isinstance(cell, int) else _harmless(cell) for cell in row] for row in rows)
    headers = {"Content-Disposition": f"attachment; filename={name}.csv"}
    return Response("\ufeff" + file.getvalue(), mimetype="text/csv", headers=headers)


def _harmless(text: str) -> str:
    return f"'{text}" if text.startswith(FORMULA) else text
