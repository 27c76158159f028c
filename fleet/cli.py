"""`flask --app wsgi import takeover FILE`, `import amie FOLDER` and `export rents --year 2008`, each with `--platform SLUG`."""

import json
from pathlib import Path
from typing import Any

import click

from fleet.actions.past_rentals import open_amie
from fleet.actions.takeovers import keep_file, match_columns
from fleet.actions.takeovers import take as take_all
from fleet.models import Takeover
from fleet.past_rentals import say_conditions
from fleet.queries.past_rentals import list_past_rentals
from fleet.queries.rents import rents_in
from fleet.queries.takeovers import lines_of
from fleet.rents import rents_csv
from fleet.schemas.takeovers import MatchingSchema
from fleet.takeover_lines import count
from mobility.actions.imports import take_lines
from mobility.cli import exports
from mobility.cli.imports import group, read_files, say_run, tell
from mobility.cli.scope import on_platform
from mobility.clock import now
from mobility.db import transaction
from mobility.imports.sheets import MOST_BYTES
from mobility.queries.sites import list_sites
from mobility.report import check_year
from mobility.rights import Viewer, house
from mobility.web.forms import load


@group.command("amie")
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--platform", "slug", required=True, help="Its slug.")
def amie(folder: Path, slug: str) -> None:
    """A year of the AMIE programme: dossiers.csv, a person and a vehicle lent a line."""
    files = read_files(folder)
    with on_platform(slug) as platform_id:
        opened = open_amie(files, source=folder.resolve().name, by=house(platform_id), now=now())
        take_lines(opened, by=house(platform_id), now=now(), tell=tell)
        say_run(opened.run_id)
        for line in list_past_rentals():
            if said := say_conditions(line.conditions):
                click.echo(f"  Dossier {line.past.number} : {said}")


@exports.group.command("rents")
@click.option("--platform", "slug", required=True, help="Its slug.")
@click.option("--year", type=int, required=True, help="The year in which the vehicles were handed over.")
def rents(slug: str, year: int) -> None:
    """The rents of the AMIE programme as CSV: file;month;first_day;last_day;cents."""
    with on_platform(slug):
        check_year(year)
        click.echo(rents_csv(rents_in(year)), nl=False)


@group.command("takeover")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--platform", "slug", required=True, help="Its slug.")
@click.option(
    "--matching", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="What its columns mean, as the API takes it."
)
@click.option("--take", is_flag=True, help="Do it; without it, only what would be done is said.")
def takeover(file: Path, slug: str, matching: Path | None, take: bool) -> None:
    """A platform's own spreadsheet: vehicles, people, running rentals, odometers, deposits, balances."""
    with on_platform(slug) as platform_id:
        by = house(platform_id)
        with transaction():
            kept = keep_file(file.name, file.read_bytes()[: MOST_BYTES + 1], by=by, now=now())
            said = _read(matching) if matching else _guessed(kept)
            match_columns(kept.id, **said, by=by, now=now())
            _say(kept)
            _finish(kept, take, by)


def _finish(kept: Takeover, take: bool, by: Viewer) -> None:
    if take:
        counts = take_all(kept.id, by=by, now=now()).counts
        click.echo(f"Repris : {counts['vehicles']} véhicules, {counts['people']} dossiers, {counts['rentals']} locations.")
    else:
        click.echo("Rien n’est repris : ajoutez --take, ou dites oui sur la page « Partir de votre tableau ».")


def _read(matching: Path) -> dict[str, Any]:
    try:
        return load(MatchingSchema(), json.loads(matching.read_text()))
    except ValueError:
        raise click.ClickException(f"{matching.name} n’est pas du JSON : écrivez-le comme l’API le prend.") from None


def _guessed(kept: Takeover) -> dict[str, Any]:
    """Every column as it was guessed, at the first pole."""
    columns = [
        {"sheet": sheet["title"], "heading": heading, "field": field}
        for sheet, matching in zip(kept.sheets, kept.matching, strict=True)
        for heading, field in matching.items()
    ]
    sites = list_sites()
    return {"columns": columns, "site_id": sites[0].id if sites else 0}


def _say(kept: Takeover) -> None:
    lines = lines_of(kept, now=now())
    click.echo(f"{kept.file_name} : {kept.manner}, {len(lines)} lignes.")
    click.echo(", ".join(f"{number} {name}" for name, number in count(lines).items() if number))
    for line in lines:
        if line.sentence:
            click.echo(f"  {line.sheet} {line.number} ({line.name}) : {line.sentence}")
