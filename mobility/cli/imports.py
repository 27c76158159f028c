"""`flask --app wsgi import folder FOLDER --platform SLUG`."""

from pathlib import Path

import click
from flask.cli import AppGroup

from mobility.actions.imports import open_folder, take_lines
from mobility.cli.scope import on_platform
from mobility.clock import now
from mobility.geo.gtfs import load_timetable
from mobility.imports.sheets import MOST_BYTES
from mobility.periods import say_day
from mobility.queries.imports import get_run, list_doubts
from mobility.queries.timetables import timetable_file
from mobility.rights import house

group = AppGroup("import", help="Take a platform's own spreadsheets in.")


@group.command("folder")
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--platform", "slug", required=True, help="Its slug.")
def folder(folder: Path, slug: str) -> None:
    """A year of liaison forms: structures.csv, communes.csv, fiches_de_liaison.csv, actions.csv."""
    files = read_files(folder)
    with on_platform(slug) as platform_id:
        opened = open_folder(files, source=folder.resolve().name, by=house(platform_id), now=now())
        take_lines(opened, by=house(platform_id), now=now(), tell=tell)
        say_run(opened.run_id)


@group.command("timetable")
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--platform", "slug", required=True, help="Its slug.")
def timetable(folder: Path, slug: str) -> None:
    """The buses and trains around: a GTFS folder, unpacked, as transport.data.gouv.fr publishes them. Loaded anew, it replaces the last."""
    with on_platform(slug):
        loaded = load_timetable(folder, timetable_file(slug))
    days = f"du {say_day(loaded.first_on)} au {say_day(loaded.last_on)}"
    click.echo(f"Horaires chargés : {loaded.stops} arrêts, {loaded.trips} courses, {days}.")


def read_files(folder: Path) -> dict[str, bytes]:
    """The tables of a folder by name, each no longer than what is refused."""
    return {path.name: path.read_bytes()[: MOST_BYTES + 1] for path in sorted(folder.glob("*.csv"))}


def tell(done: int, total: int) -> None:
    """How far it is, beside what is said on the way out."""
    click.echo(f"{done} / {total} lignes", err=True)


def say_run(run_id: int) -> None:
    """What an import took, and its lines in doubt."""
    counts = get_run(run_id).counts
    words = {"structures": "structures", "forms": "fiches", "actions": "actions", "files": "dossiers"}
    taken = ", ".join(f"{counts[key]} {word}" for key, word in words.items() if key in counts)
    click.echo(f"Repris : {taken}.")
    doubts = list_doubts(run_id)
    click.echo(f"Lignes à vérifier : {len(doubts)}, dont {sum(not d.taken for d in doubts)} laissées de côté.")
    for doubt in doubts:
        click.echo(f"  {doubt.file}, ligne {doubt.line} ({'reprise' if doubt.taken else 'laissée de côté'}) : {doubt.reason}")
