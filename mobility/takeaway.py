"""Everything held about a person as one archive: JSON that machines read, the files, the papers as PDF, and a page that says what is there.

Written piece by piece into a file: neither a table nor two files are ever in memory together (promises.md "People").
"""

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import IO, Any
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

from mobility.gathered import Paper
from mobility.held import Row

DATA = "donnees.json"
INDEX = "LISEZ-MOI.html"
ENDINGS = {"image/jpeg": "jpg", "application/pdf": "pdf"}


@dataclass(kw_only=True)
class Contents:
    """What the archive holds: each table by its title with its number of rows, and each file by its name."""

    tables: dict[str, int] = field(default_factory=dict)
    files: list[str] = field(default_factory=list)
    papers: list[str] = field(default_factory=list)


def write_archive(
    out: IO[bytes],
    *,
    about: Row,
    tables: Iterable[tuple[str, str, Iterable[Row]]],
    files: Iterable[tuple[int, str, str]],
    read: Callable[[int], bytes],
    papers: Iterable[Paper],
    index: Callable[[Contents], str],
) -> Contents:
    """Fill `out`. `tables` are name, title and rows; `files` number, kind and type, whose bytes `read` gives; `index` writes the page."""
    held = Contents()
    with ZipFile(out, "w", ZIP_DEFLATED) as archive:
        _write_tables(archive, about, tables, held)
        for id_, kind, media_type in files:
            held.files.append(f"photos-et-pieces/{kind}-{id_}.{ENDINGS[media_type]}")
            archive.writestr(held.files[-1], read(id_), ZIP_STORED)
        for paper in papers:
            held.papers.append(f"documents/{paper.name}.pdf")
            archive.writestr(held.papers[-1], paper.draw(paper.read()))
        archive.writestr(INDEX, index(held))
    return held


def _write_tables(archive: ZipFile, about: Row, tables: Iterable[tuple[str, str, Iterable[Row]]], held: Contents) -> None:
    """One JSON object: about what it is, then by table its title and its rows."""
    with archive.open(DATA, "w", force_zip64=True) as out:
        out.write(f'{{"about": {_json(about)},\n"tables": {{'.encode())
        for place, (name, title, rows) in enumerate(tables):
            out.write(f'{"," if place else ""}\n{_json(name)}: {{"title": {_json(title)}, "rows": ['.encode())
            count = -1
            for count, row in enumerate(rows):
                out.write(f"{',' if count else ''}\n{_json(row)}".encode())
            out.write(b"]}")
            held.tables[title] = count + 1
        out.write(b"}}\n")


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, default=_say)


def _say(value: object) -> str:
    if isinstance(value, date | datetime):
        return value.isoformat()
    raise TypeError(f"the archive does not write {type(value).__name__}")
