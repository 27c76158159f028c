"""`flask --app wsgi export entries --platform SLUG --year Y [--folder F] [--xlsx]`, and `flask --app wsgi fec check FILE`."""

import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import click
from flask.cli import AppGroup

from billing.fec import FIELDS, HEADING, cells, written
from billing.fec_check import LONGEST, check
from billing.queries.entries import entries_of, name_of_file, rows_of
from mobility.cli.exports import group
from mobility.cli.scope import on_platform
from mobility.money import euros
from mobility.report import FIRST_YEAR, LAST_YEAR
from mobility.spreadsheets import write_xlsx

MOST_TOLD = 20  # findings of one rule that are said one by one
fec = AppGroup("fec", help="Files of entries in the layout of the tax administration.")


@group.command("entries")
@click.option("--platform", "slug", required=True, help="Its slug.")
@click.option("--year", type=click.IntRange(FIRST_YEAR, LAST_YEAR), required=True, help="The year of the entries.")
@click.option("--folder", type=click.Path(exists=True, file_okay=False, path_type=Path), default=".", help="Where the file is put.")
@click.option("--xlsx", "as_sheet", is_flag=True, help="As a spreadsheet.")
def export_entries(slug: str, year: int, folder: Path, as_sheet: bool) -> None:
    """The accountant's entries of a year, named as the law has it."""
    with on_platform(slug):
        entries, path = entries_of(year), folder.joinpath(name_of_file(year))
        path = path.with_suffix(".xlsx") if as_sheet else path
        with path.open("wb") as out:
            if as_sheet:
                write_xlsx(out, f"{entries.title}, {year}", FIELDS, map(cells, rows_of(year)))
            else:
                out.write(HEADING)
                out.writelines(map(written, rows_of(year)))
    click.echo(f"{entries.title} {year} : {path}, {euros(entries.total_cents)} au débit comme au crédit.")


@fec.command("check")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def check_file(file: Path) -> None:
    """Say what the tax administration's tester would refuse or remark upon in FILE, and more; exit code 1 when it would be refused."""
    told: Counter[str] = Counter()
    blocking = 0
    for found in check(file.name, _lines(file)):
        blocking += found.is_blocking
        told[found.rule] += 1
        if told[found.rule] <= MOST_TOLD:
            where = f"ligne {found.line} : " if found.line else ""
            click.echo(f"{'À corriger' if found.is_blocking else 'À voir'}, {where}{found.sentence}")
    for rule, count in told.items():
        if count > MOST_TOLD:
            click.echo(f"… et {count - MOST_TOLD} autres de même sorte ({rule}).")
    click.echo(f"{file.name} : {blocking} à corriger, {told.total() - blocking} à voir.")
    sys.exit(1 if blocking else 0)


def _lines(file: Path) -> Iterator[bytes]:
    """The lines of a file as they stand, whatever ends them, never more of one than the checker reads."""
    with file.open(encoding="latin-1") as letters:  # one letter a byte; the checker reads them
        while line := letters.readline(LONGEST + 1):
            yield line.encode("latin-1")
